// Java, which Spark runs on.
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { isWindows } from './paths.mjs';
import { SetUpError, ask, say } from './run.mjs';
import { commandFor, installWithApt } from './system-package.mjs';

const program = isWindows ? 'java.exe' : 'java';

// Spark 3.5 and 4 are built and tested on 17 and 21. Later ones are used only
// where there is no other.
const tested = version => version >= 17 && version <= 21;

/** The feature version of a `java`, or `null` when it does not run. */
function versionOf(java) {
  // Prints on standard error.
  const { stderr, status } = spawnSync(java, ['-version'], {
    encoding: 'utf8',
    timeout: 30000,
    windowsHide: true
  });
  const found = status === 0 ? /version "(\d+)(?:\.(\d+))?/.exec(stderr) : null;
  if (!found) {
    return null;
  }
  const first = Number(found[1]);
  return first === 1 ? Number(found[2]) : first;
}

function* folders(parent, below = '') {
  if (existsSync(parent)) {
    for (const name of readdirSync(parent).sort()) {
      yield join(parent, name, below);
    }
  }
}

/** Java homes in the order of preference; `null` stands for the `java` on the path. */
function* homes() {
  if (process.env.JAVA_HOME) {
    yield process.env.JAVA_HOME;
  }
  yield null;
  if (process.platform === 'darwin') {
    yield ask('/usr/libexec/java_home', ['-v', '17']) ?? '';
    yield* folders('/Library/Java/JavaVirtualMachines', 'Contents/Home');
    for (const name of ['openjdk@17', 'openjdk@21']) {
      yield `/opt/homebrew/opt/${name}`;
      yield `/usr/local/opt/${name}`;
    }
  } else if (isWindows) {
    const files = process.env.ProgramFiles ?? 'C:\\Program Files';
    for (const vendor of ['Eclipse Adoptium', 'Microsoft', 'Java', 'Zulu']) {
      yield* folders(join(files, vendor));
    }
  } else {
    yield* folders('/usr/lib/jvm');
  }
}

/**
 * Looks for a Java of version 17 or later.
 *
 * @returns {{version: number, home: string | null} | null} `home` is null when the `java` on the path can be used as it is
 */
export function findJava() {
  let later = null;
  for (const home of homes()) {
    const java = home === null ? program : join(home, 'bin', program);
    if (home === '' || (home !== null && !existsSync(java))) {
      continue;
    }
    const version = versionOf(java);
    if (version !== null && tested(version)) {
      return { version, home: home && realpathSync(home) };
    }
    if (version !== null && version > 21) {
      later ??= { version, home };
    }
  }
  return later;
}

/**
 * Makes sure there is a Java that Spark runs on, installing one where that can be done.
 *
 * @param {NodeJS.ProcessEnv} env gets `JAVA_HOME` and the path when Java is not where Spark looks
 * @throws SetUpError with the one command to run
 */
export async function setUpJava(env) {
  let java = findJava();
  if (!java) {
    say('Java 17 or later was not found; Spark needs it.');
    await installWithApt('Java', [
      'openjdk-17-jre-headless',
      'openjdk-21-jre-headless',
      'default-jre-headless'
    ]);
    java = findJava();
  }
  if (!java) {
    const command = commandFor({
      apt: 'openjdk-17-jre-headless',
      dnf: 'java-17-openjdk-headless',
      brew: 'openjdk@17',
      winget: 'EclipseAdoptium.Temurin.17.JRE'
    });
    throw new SetUpError(
      `Spark needs Java 17 or later. Get it with this command, then start again:\n\n    ${command}`
    );
  }
  if (java.home !== null) {
    const path = Object.keys(env).find(key => /^path$/i.test(key)) ?? 'PATH';
    env.JAVA_HOME = java.home;
    env[path] =
      join(java.home, 'bin') + (isWindows ? ';' : ':') + (env[path] ?? '');
  } else {
    // PySpark believes JAVA_HOME before the path, also when it is wrong.
    delete env.JAVA_HOME;
  }
}
