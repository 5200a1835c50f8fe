// The Chromium that the browser tests drive.
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { homedir } from 'node:os';
import { isWindows } from './paths.mjs';
import { say } from './run.mjs';
import { commandFor, installWithApt } from './system-package.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge'
];

/** Browsers that Playwright itself downloaded, newest first. */
function* downloaded() {
  const folder =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    (isWindows
      ? join(process.env.LOCALAPPDATA ?? '', 'ms-playwright')
      : process.platform === 'darwin'
        ? join(homedir(), 'Library', 'Caches', 'ms-playwright')
        : join(homedir(), '.cache', 'ms-playwright'));
  const below = isWindows
    ? ['chrome-win64/chrome.exe', 'chrome-win/chrome.exe']
    : process.platform === 'darwin'
      ? ['chrome-mac/Chromium.app/Contents/MacOS/Chromium']
      : ['chrome-linux64/chrome', 'chrome-linux/chrome'];
  if (existsSync(folder)) {
    const versions = readdirSync(folder).filter(name =>
      /^chromium-\d+$/.test(name)
    );
    for (const name of versions.sort().reverse()) {
      yield* below.map(path => join(folder, name, path));
    }
  }
}

function* places() {
  if (process.platform === 'darwin') {
    for (const app of ['Chromium', 'Google Chrome', 'Microsoft Edge']) {
      yield `/Applications/${app}.app/Contents/MacOS/${app}`;
    }
  } else if (isWindows) {
    for (const folder of [
      process.env.ProgramFiles,
      process.env['ProgramFiles(x86)'],
      process.env.LOCALAPPDATA
    ]) {
      yield join(folder ?? '', 'Chromium', 'Application', 'chrome.exe');
      yield join(folder ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe');
      yield join(
        folder ?? '',
        'Microsoft',
        'Edge',
        'Application',
        'msedge.exe'
      );
    }
  } else {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      yield* names.map(name => join(folder, name));
    }
    yield '/snap/bin/chromium';
  }
  yield* downloaded();
}

/**
 * Looks for a Chromium: the one `CHROMIUM_PATH` names, else where the system keeps it.
 *
 * @returns {string | null} the path of the program
 */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    return existsSync(named) ? named : null;
  }
  for (const path of places()) {
    if (existsSync(path)) {
      return path;
    }
  }
  return null;
}

/**
 * Makes sure there is a Chromium, installing one where that can be done.
 *
 * @returns {Promise<{path: string} | {missing: string}>} its path, or the sentence with the one command to run
 */
export async function setUpChromium() {
  let path = findChromium();
  if (!path && process.env.CHROMIUM_PATH) {
    return {
      missing: `CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, and there is no such file.`
    };
  }
  if (!path) {
    say('Chromium was not found; the browser tests need it.');
    const command = commandFor({
      apt: 'chromium',
      snap: 'chromium',
      dnf: 'chromium',
      brew: '--cask chromium',
      winget: 'Hibbiki.Chromium'
    });
    // Ubuntu's package of that name only installs a snap, which a container
    // cannot run.
    if (!command.includes('snap')) {
      await installWithApt('Chromium', ['chromium']);
    }
    path = findChromium();
    if (!path) {
      return {
        missing: `The browser tests need Chromium. Get it with this command, then start again:\n\n    ${command}`
      };
    }
  }
  return { path };
}
