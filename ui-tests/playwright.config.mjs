// Playwright with Galata's page objects, the system's Chromium and a JupyterLab of our own.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import galata from '@jupyterlab/galata/lib/playwright-config.js';
import { findChromium } from '../scripts/set-up/browser.mjs';
import {
  environment,
  interpreter,
  programs,
  results,
  root
} from '../scripts/set-up/paths.mjs';

// The workers read this file too: what is chosen once is handed on by the environment.
process.env.UI_TEST_PORT ??= String(20000 + (process.pid % 20000));
// The server's settings, files and log (server.log).
if (!process.env.UI_TEST_HOME) {
  mkdirSync(results, { recursive: true });
  process.env.UI_TEST_HOME = mkdtempSync(join(results, 'server-'));
}
// For fixtures that start servers of their own.
process.env.SPARKGLASS_PYTHON ??= interpreter(environment);

const url = `http://127.0.0.1:${process.env.UI_TEST_PORT}`;
const chromium = findChromium();

export default {
  ...galata,
  testDir: './tests',
  outputDir: join(results, 'browser'),
  // A server, its kernels with Spark, and a browser fill the machine.
  workers: 1,
  retries: 0,
  timeout: 120000,
  reporter: [['list'], ['json', { outputFile: join(results, 'browser.json') }]],
  use: {
    ...galata.use,
    baseURL: url,
    viewport: { width: 1280, height: 800 },
    // A video needs the ffmpeg that only Playwright's own download brings.
    video: 'off',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        // The pages are our own, and root in a container has no sandbox.
        '--no-sandbox',
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--font-render-hinting=none',
        '--force-color-profile=srgb'
      ]
    }
  },
  expect: {
    timeout: 15000,
    toHaveScreenshot: { maxDiffPixelRatio: 0.005, animations: 'disabled' }
  },
  snapshotPathTemplate: '{testDir}/__screenshots__/{testFileName}/{arg}{ext}',
  webServer: {
    command: `"${process.env.SPARKGLASS_PYTHON}" -m jupyterlab --config "${join(root, 'ui-tests', 'jupyter_server_test_config.py')}"`,
    url: `${url}/api`,
    timeout: 120000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20000 },
    stdout: 'ignore',
    stderr: 'pipe',
    env: {
      PATH: `${programs(environment)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`
    }
  }
};
