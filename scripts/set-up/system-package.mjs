// Packages of the operating system: installed where that can be done without asking, else named.
import { existsSync, readFileSync } from 'node:fs';
import { isWindows } from './paths.mjs';
import { SetUpError, ask, say, work } from './run.mjs';

let refreshed = false;

/** @returns {string} the `ID` of /etc/os-release, or nothing */
function distribution() {
  const file = '/etc/os-release';
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return /^ID="?([\w-]+)/m.exec(text)?.[1] ?? '';
}

/**
 * How apt-get may be run here: directly as root, through sudo where it asks for no password, or not at all.
 *
 * @returns {string[] | null}
 */
function aptGet() {
  if (isWindows || ask('apt-get', ['--version']) === null) {
    return null;
  }
  if (process.getuid() === 0) {
    return ['apt-get'];
  }
  return ask('sudo', ['-n', 'true']) === null
    ? null
    : ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
}

/**
 * The one command that installs something on this system.
 *
 * @param {{apt: string, snap?: string, dnf: string, brew: string, winget: string}} commands package names by installer
 * @returns {string}
 */
export function commandFor({ apt, snap, dnf, brew, winget }) {
  if (isWindows) {
    return `winget install --id ${winget}`;
  }
  if (process.platform === 'darwin') {
    return `brew install ${brew}`;
  }
  const sudo = process.getuid() === 0 ? '' : 'sudo ';
  if (snap && distribution() === 'ubuntu') {
    return `${sudo}snap install ${snap}`;
  }
  if (ask('apt-get', ['--version']) !== null) {
    return `${sudo}apt-get install -y ${apt}`;
  }
  return `${sudo}dnf install -y ${dnf}`;
}

/**
 * Installs the first of several packages this system's apt knows.
 *
 * @param {string} what for the messages, as in "Java 17"
 * @param {string[]} names in order of preference
 * @returns {Promise<boolean>} whether one was installed; `false` where apt may not be used
 */
export async function installWithApt(what, names) {
  const apt = aptGet();
  if (!apt) {
    return false;
  }
  const [program, ...args] = apt;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    if (!refreshed) {
      await work('Refreshing the list of system packages', program, [
        ...args,
        'update'
      ]);
      refreshed = true;
    }
    for (const name of names) {
      const policy = ask('apt-cache', ['policy', name]) ?? '';
      if (/Candidate: (?!\(none\))\S/.test(policy)) {
        await work(
          `Installing ${what} (${name})`,
          program,
          [...args, 'install', '-y', '--no-install-recommends', name],
          { env }
        );
        return true;
      }
    }
  } catch (error) {
    if (!(error instanceof SetUpError)) {
      throw error;
    }
    say(error.message);
  }
  return false;
}
