// The packages of package-lock.json.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { SetUpError, npm, work } from './run.mjs';

function packagesOf(path) {
  return existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')).packages ?? null)
    : null;
}

/**
 * Whether node_modules holds what the lock names: npm keeps a list of what it installed.
 *
 * @returns {boolean}
 */
function isInstalled() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const got = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !got) {
    return false;
  }
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' ||
      (got[path] ? got[path].version === version : Boolean(optional))
  );
}

/**
 * Makes sure node_modules is what package-lock.json says.
 *
 * @throws SetUpError
 */
export async function setUpNodePackages() {
  const [major] = process.versions.node.split('.');
  if (Number(major) < 20) {
    throw new SetUpError(
      `This is Node ${process.versions.node}; Sparkglass is built with Node 20 or later.`
    );
  }
  if (isInstalled()) {
    return;
  }
  const { program, args, options } = npm();
  await work(
    'Installing the Node packages of package-lock.json',
    program,
    [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    {
      ...options,
      env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' }
    }
  );
}
