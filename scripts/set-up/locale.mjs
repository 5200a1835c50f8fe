// The Polish words for JupyterLab's own translator, as a file of the package.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { say } from './run.mjs';

/** JupyterLab looks for a folder `pl_PL` beside the package's `__init__.py`. */
export const localeFile = join(
  root,
  'sparkglass',
  'locale',
  'pl_PL',
  'LC_MESSAGES',
  'sparkglass.json'
);

/** Writes the file when the words have changed. */
export async function writeLocale() {
  // Reads the sources with TypeScript, which a fresh clone has not got yet when this file is loaded.
  const { default: words } = await import('../checks/words.cjs');
  const text = `${JSON.stringify(words.locale(), null, 1)}\n`;
  if (existsSync(localeFile) && readFileSync(localeFile, 'utf8') === text) {
    return;
  }
  mkdirSync(dirname(localeFile), { recursive: true });
  writeFileSync(localeFile, text);
  say('Wrote the Polish words for JupyterLab.');
}
