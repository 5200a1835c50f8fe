// An archive of the classes that Spark loads at its start: a JVM that maps them needs half the processor time of one that reads and checks them.
// Only for tests, which start drivers by the dozen; Java ignores an archive that does not fit it.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { classArchives, interpreter, root } from './paths.mjs';
import { ask, say, work } from './run.mjs';
import { digest, isStamped, stamp } from './stamp.mjs';

/** What a driver of a test is started with: it lives for seconds, and is twice as fast without the second compiler. */
export const fastJvm = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';

/**
 * The archive for the Spark of an environment; it need not be there.
 *
 * @param {string} folder the virtual environment
 * @returns {string} its path
 */
export function classArchive(folder) {
  return join(classArchives, `${folder.slice(root.length + 1)}.jsa`);
}

/**
 * The options of a test's driver.
 *
 * @param {string} folder the virtual environment
 * @returns {string}
 */
export function driverOptions(folder) {
  const archive = classArchive(folder);
  return existsSync(archive)
    ? `${fastJvm} -XX:SharedArchiveFile=${archive}`
    : fastJvm;
}

/**
 * Makes the archive, unless it is there. Without it tests are slower, that is all.
 *
 * @param {string} folder the virtual environment
 * @param {NodeJS.ProcessEnv} env
 */
export async function setUpClassArchive(folder, env) {
  const archive = classArchive(folder);
  const script = join('scripts', 'set-up', 'class_archive.py');
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java';
  // `java --version` prints on standard output.
  const also = `${ask(java, ['--version'])} ${ask(interpreter(folder), ['-c', 'import pyspark; print(pyspark.__version__, pyspark.__file__)'])}`;
  const value = digest([script], { also });
  if (isStamped(`${archive}.stamp`, value)) {
    return;
  }
  mkdirSync(classArchives, { recursive: true });
  rmSync(archive, { force: true });
  try {
    await work(
      `Archiving the classes that Spark starts with (${folder.slice(root.length + 1)})`,
      interpreter(folder),
      [join(root, script)],
      {
        env: {
          ...env,
          PYTHONPATH: root,
          SPARK_LOCAL_IP: '127.0.0.1',
          SPARK_SUBMIT_OPTS: `${fastJvm} -XX:ArchiveClassesAtExit=${archive}`
        }
      }
    );
    stamp(`${archive}.stamp`, value);
  } catch (error) {
    say(`No archive of classes, so drivers start slower: ${error.message}`);
  }
}
