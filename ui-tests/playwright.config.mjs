// Playwright with Galata's page objects, the system's Chromium and, for each worker, a JupyterLab of its own.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import galata from '@jupyterlab/galata/lib/playwright-config.js';
import { findChromium } from '../scripts/set-up/browser.mjs';
import { driverOptions, fastJvm } from '../scripts/set-up/class-archive.mjs';
import {
  environment,
  interpreter,
  programs,
  results,
  root
} from '../scripts/set-up/paths.mjs';

// Much of a test waits for a driver to start or a page to load, so two share the machine; with three, what is measured of a page is late too often.
// A server each: its settings, its kernels and its log belong to one test at a time.
const WORKERS = 2;

// The workers read this file too: what is chosen once is handed on by the environment.
process.env.UI_TEST_FIRST_PORT ??= String(20000 + (process.pid % 20000));
if (!process.env.UI_TEST_RUN) {
  mkdirSync(results, { recursive: true });
  process.env.UI_TEST_RUN = mkdtempSync(join(results, 'servers-'));
}
process.env.SPARK_SUBMIT_OPTS ??= driverOptions(environment);
process.env.SPARK_LAUNCHER_OPTS ??= fastJvm;
// For fixtures that start servers of their own.
process.env.SPARKGLASS_PYTHON ??= interpreter(environment);

const portOf = worker => Number(process.env.UI_TEST_FIRST_PORT) + worker;
// A server's settings, files and log (server.log).
const homeOf = worker => join(process.env.UI_TEST_RUN, String(worker));
const urlOf = worker => `http://127.0.0.1:${portOf(worker)}`;

// Playwright's own number of the worker that reads this; none in the process that starts them.
const worker = Number(process.env.TEST_PARALLEL_INDEX ?? 0);
process.env.UI_TEST_HOME = homeOf(worker);

const chromium = findChromium();

export default {
  ...galata,
  testDir: './tests',
  outputDir: join(results, 'browser'),
  workers: WORKERS,
  // A page, a server and a driver share two cores: what fails is tried once more, and the report names it as flaky.
  retries: 1,
  timeout: 120000,
  reporter: [['list'], ['json', { outputFile: join(results, 'browser.json') }]],
  use: {
    ...galata.use,
    baseURL: urlOf(worker),
    viewport: { width: 1280, height: 800 },
    // A video needs the ffmpeg that only Playwright's own download brings.
    video: 'off',
    // A trace of every test would cost as much as many a test does.
    trace: 'on-first-retry',
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
  webServer: Array.from({ length: WORKERS }, (_, i) => ({
    command: `"${process.env.SPARKGLASS_PYTHON}" -m jupyterlab --config "${join(root, 'ui-tests', 'jupyter_server_test_config.py')}"`,
    url: `${urlOf(i)}/api`,
    timeout: 120000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20000 },
    stdout: 'ignore',
    stderr: 'pipe',
    env: {
      UI_TEST_PORT: String(portOf(i)),
      UI_TEST_HOME: homeOf(i),
      PATH: `${programs(environment)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`
    }
  }))
};
