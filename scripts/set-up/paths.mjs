// Where things stand in the checkout.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whether this is Windows, where programs in a virtual environment stand elsewhere. */
export const isWindows = process.platform === 'win32';

/** The folder of the checkout. */
export const root = resolve(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  '..'
);

/** The virtual environment everything runs in. */
export const environment = join(root, '.venv');

/** The virtual environment with the oldest supported PySpark, for tests. */
export const spark35Environment = join(root, '.venv-spark35');

/** Jars that were fetched. */
export const jars = join(root, '.cache', 'jars');

/** Archives of the classes that a Spark starts with. */
export const classArchives = join(root, '.cache', 'classes');

/** Where test runs leave their results. */
export const results = join(root, '.test-results');

/**
 * The folder of the programs of a virtual environment.
 *
 * @param {string} folder the environment
 * @returns {string}
 */
export function programs(folder) {
  return join(folder, isWindows ? 'Scripts' : 'bin');
}

/**
 * The interpreter of a virtual environment.
 *
 * @param {string} folder the environment
 * @returns {string}
 */
export function interpreter(folder) {
  return join(programs(folder), isWindows ? 'python.exe' : 'python');
}
