// Python, and the virtual environments made with it.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { interpreter, isWindows, root } from './paths.mjs';
import { SetUpError, ask, work } from './run.mjs';
import { digest, isStamped, stamp } from './stamp.mjs';
import { commandFor, installWithApt } from './system-package.mjs';

const probe =
  'import sys; print(*sys.version_info[:2], sys.executable, sep="|")';

function describe(program, args = []) {
  const answer = ask(program, [...args, '-c', probe]);
  const [major, minor, executable] = (answer ?? '').split('|');
  return executable && Number(major) === 3
    ? { minor: Number(minor), executable }
    : null;
}

/**
 * Looks for a Python of version 3.11 or later. `PYTHON` in the environment is asked first.
 *
 * @param {number[]} [preferred] minor versions to take before any other
 * @returns {{minor: number, executable: string} | null}
 */
export function findPython(preferred = []) {
  const versions = [...preferred, 13, 12, 11, 14];
  const candidates = [
    ...(process.env.PYTHON ? [[process.env.PYTHON]] : []),
    ...(preferred.length > 0 ? [] : [['python3'], ['python']]),
    ...versions.flatMap(minor =>
      isWindows
        ? [['py', `-3.${minor}`], [`python3.${minor}`]]
        : [[`python3.${minor}`]]
    ),
    ['python3'],
    ['python']
  ];
  for (const [program, ...args] of candidates) {
    const python = describe(program, args);
    if (python && python.minor >= 11) {
      return python;
    }
  }
  return null;
}

async function create(folder, python) {
  const args = ['-m', 'venv', '--clear', folder];
  // Debian's Python comes without what a virtual environment needs.
  if (ask(python.executable, ['-c', 'import ensurepip']) === null) {
    const names = [`python3.${python.minor}-venv`, 'python3-venv'];
    if (!(await installWithApt('the venv module', names))) {
      const command = commandFor({
        apt: 'python3-venv',
        dnf: 'python3',
        brew: 'python@3.13',
        winget: 'Python.Python.3.13'
      });
      throw new SetUpError(
        `This Python cannot create virtual environments. Get what is missing with this command, then start again:\n\n    ${command}`
      );
    }
  }
  await work(
    `Creating ${folder.slice(root.length + 1)} (Python 3.${python.minor})`,
    python.executable,
    args
  );
}

function pip(folder) {
  return [
    interpreter(folder),
    [
      '-m',
      'pip',
      'install',
      '--disable-pip-version-check',
      '--no-input',
      '--quiet'
    ]
  ];
}

/**
 * Makes sure a virtual environment has exactly what a lock names.
 *
 * @param {string} folder the environment
 * @param {string} lock the file of pinned packages, from the root of the checkout
 * @param {number[]} [preferred] minor versions of Python to take before any other
 * @throws SetUpError
 */
export async function setUpEnvironment(folder, lock, preferred) {
  const path = join(folder, '.sparkglass-packages');
  const works = ask(interpreter(folder), ['-c', '']) !== null;
  const value = digest([lock]);
  if (works && isStamped(path, value)) {
    return;
  }
  if (!works) {
    const python = findPython(preferred);
    if (!python) {
      const command = commandFor({
        apt: 'python3 python3-venv',
        dnf: 'python3.13',
        brew: 'python@3.13',
        winget: 'Python.Python.3.13'
      });
      throw new SetUpError(
        `Python 3.11 or later was not found. Get it with this command, then start again:\n\n    ${command}`
      );
    }
    await create(folder, python);
  }
  rmSync(path, { force: true });
  const [program, args] = pip(folder);
  await work(`Installing the Python packages of ${lock}`, program, [
    ...args,
    '-r',
    join(root, lock)
  ]);
  stamp(path, value);
}

/**
 * Makes the Python package of this checkout importable in an environment (an editable install).
 *
 * @param {string} folder the environment
 * @throws SetUpError
 */
export async function setUpPackage(folder) {
  const path = join(folder, '.sparkglass-package');
  const value = digest(['pyproject.toml'], { also: root });
  if (isStamped(path, value)) {
    return;
  }
  const [program, args] = pip(folder);
  await work('Linking the Python package', program, [
    ...args,
    '--no-deps',
    '--no-build-isolation',
    '--editable',
    root
  ]);
  stamp(path, value);
}
