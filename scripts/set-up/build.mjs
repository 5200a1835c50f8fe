// From TypeScript to what JupyterLab loads.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  realpathSync,
  rmSync,
  symlinkSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { work } from './run.mjs';
import { digest, isStamped, stamp } from './stamp.mjs';
import { carryKernel } from './carried-kernel.mjs';
import { carryLabs } from './labs.mjs';
import { localeFile, writeLocale } from './locale.mjs';

const extension = join(root, 'sparkglass', 'labextension');

/** The programs of the build: name for the messages, arguments for Node. */
export const steps = [
  [
    'Compiling the TypeScript',
    [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json']
  ],
  [
    // What `jupyter-builder build` starts, without its look for a JupyterLab
    // on the network.
    'Packing the extension',
    [
      join(
        'node_modules',
        '@jupyter',
        'builder',
        'lib',
        'build-labextension.js'
      ),
      '--core-package-file',
      join('node_modules', '@jupyterlab', 'core-meta', 'core.package.json'),
      root
    ]
  ],
  ['Packing the command', [join('scripts', 'build-api.mjs')]]
];

/**
 * Builds the extension when something it is made of has changed.
 *
 * @throws SetUpError
 */
export async function setUpBuild() {
  carryKernel();
  carryLabs();
  const path = join(root, 'lib', '.built-from');
  const value = digest([
    'src',
    'style',
    'schema',
    'package.json',
    'package-lock.json',
    'rspack.config.cjs',
    'scripts/build-api.mjs',
    'tsconfig.json'
  ]);
  if (
    isStamped(path, value) &&
    existsSync(join(extension, 'package.json')) &&
    existsSync(localeFile)
  ) {
    return;
  }
  // File names carry a digest, so an older build would stay beside the new one.
  rmSync(join(extension, 'static'), { recursive: true, force: true });
  for (const [what, args] of steps) {
    await work(what, process.execPath, args);
  }
  await writeLocale();
  stamp(path, value);
}

function isLinkTo(link, target) {
  try {
    lstatSync(link);
    return realpathSync(link) === realpathSync(target);
  } catch {
    return false;
  }
}

/**
 * Links the built extension into an environment, where its JupyterLab looks for extensions.
 *
 * @param {string} folder the environment
 */
export function linkExtension(folder) {
  const link = join(folder, 'share', 'jupyter', 'labextensions', 'sparkglass');
  if (isLinkTo(link, extension)) {
    return;
  }
  rmSync(link, { recursive: true, force: true });
  mkdirSync(dirname(link), { recursive: true });
  // A junction needs no rights on Windows; elsewhere the word is ignored.
  symlinkSync(extension, link, 'junction');
}
