// A stamp says from what something was made, so it is made again only when that has changed.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './paths.mjs';

function filesUnder(path) {
  if (!existsSync(path)) {
    return [];
  }
  if (statSync(path).isFile()) {
    return [path];
  }
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => filesUnder(join(path, entry.name)));
}

/**
 * A digest of the names and the text of files.
 *
 * @param {string[]} paths files and folders, from the root of the checkout
 * @param {{only?: RegExp, also?: string}} [options] `only` is a pattern for file names, `also` more text to digest
 * @returns {string}
 */
export function digest(paths, { only = /./, also = '' } = {}) {
  const hash = createHash('sha256').update(also);
  for (const path of paths) {
    for (const file of filesUnder(join(root, path))) {
      if (only.test(file)) {
        hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
      }
    }
  }
  return hash.digest('hex');
}

/**
 * Whether the stamp at `path` says `value`.
 *
 * @param {string} path
 * @param {string} value
 * @returns {boolean}
 */
export function isStamped(path, value) {
  return existsSync(path) && readFileSync(path, 'utf8').trim() === value;
}

/**
 * Writes a stamp.
 *
 * @param {string} path
 * @param {string} value
 */
export function stamp(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${value}\n`);
}
