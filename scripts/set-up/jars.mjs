// Jars from Maven Central, fetched with the Ivy that comes with PySpark: the client that `spark.jars.packages` uses too.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { environment, interpreter, jars as kept } from './paths.mjs';
import { SetUpError, ask, say, work } from './run.mjs';

// A registry that is asked for fifty files at once may well refuse one.
const TRIES = 3;

/**
 * @typedef {object} IJar
 * @property {string} group
 * @property {string} name
 * @property {string} version
 * @property {string} sha256
 */

/**
 * The jars that a lock names, `group:name:version` → SHA-256.
 *
 * @param {Record<string, string>} lock
 * @returns {IJar[]}
 */
export function jarsOf(lock) {
  return Object.entries(lock).map(([coordinates, sha256]) => {
    const [group, name, version] = coordinates.split(':');
    return { group, name, version, sha256 };
  });
}

/**
 * Where a jar is once it was fetched.
 *
 * @param {IJar} jar
 * @returns {string}
 */
export function pathOf({ name, version }) {
  return join(kept, `${name}-${version}.jar`);
}

/** Whether a file is what the lock says, and not the half of it or something else. */
function isWhole(path, { sha256 }) {
  return (
    existsSync(path) &&
    createHash('sha256').update(readFileSync(path)).digest('hex') === sha256
  );
}

/** The Ivy among the jars of the PySpark of this checkout. */
function findIvy() {
  const folder = ask(interpreter(environment), [
    '-c',
    'import os, pyspark; print(os.path.join(os.path.dirname(pyspark.__file__), "jars"))'
  ]);
  const name = folder
    ? readdirSync(folder).find(file => /^ivy-[\d.]+\.jar$/.test(file))
    : undefined;
  if (!name) {
    throw new SetUpError(
      'PySpark, whose Ivy fetches jars, is not installed yet: run `npm run setup` first.'
    );
  }
  return join(folder, name);
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

/** Each jar as it is named, in every version, and nothing that it depends on: the lock names that too. */
function moduleOf(jars) {
  const lines = jars.map(
    ({ group, name, version }) =>
      `    <dependency org="${group}" name="${name}" rev="${version}" transitive="false" />`
  );
  return `<ivy-module version="2.0">
  <info organisation="sparkglass" module="jars" />
  <dependencies>
${lines.join('\n')}
  </dependencies>
  <conflicts><manager name="all" /></conflicts>
</ivy-module>
`;
}

/** Without a root of its own Ivy asks Maven Central. */
function settingsOf(cache) {
  const mirror = process.env.MAVEN_URL;
  const root = mirror ? ` root="${escape(mirror)}"` : '';
  return `<ivysettings>
  <caches defaultCacheDir="${escape(cache)}" />
  <settings defaultResolver="central" />
  <timeout-constraints>
    <timeout-constraint name="patience" connectionTimeout="10000" readTimeout="60000" />
  </timeout-constraints>
  <resolvers>
    <ibiblio name="central" m2compatible="true" usepoms="false" useMavenMetadata="false" timeoutConstraint="patience"${root} />
  </resolvers>
</ivysettings>
`;
}

async function fetchJars(what, jars, folder, env) {
  mkdirSync(folder, { recursive: true });
  const settings = join(folder, 'ivysettings.xml');
  const module = join(folder, 'ivy.xml');
  writeFileSync(settings, settingsOf(join(folder, 'cache')));
  writeFileSync(module, moduleOf(jars));
  const args = [
    '-cp',
    findIvy(),
    'org.apache.ivy.Main',
    '-warn',
    '-settings',
    settings,
    '-ivy',
    module,
    '-confs',
    'default',
    '-retrieve',
    join(folder, '[artifact]-[revision].[ext]')
  ];
  await work(`Fetching ${what} (${jars.length} jars)`, 'java', args, { env });
}

/**
 * Makes sure that jars are in the checkout, each of them the one that the lock names.
 *
 * @param {string} what for the messages
 * @param {IJar[]} jars
 * @param {NodeJS.ProcessEnv} env has Java on its path
 * @returns {Promise<string[]>} their paths
 * @throws SetUpError when they are not all to be had
 */
export async function setUpJars(what, jars, env) {
  let left = jars.filter(jar => !isWhole(pathOf(jar), jar));
  // Of its own, so that two that fetch at the same time do not meet.
  const folder = join(kept, `fetching-${process.pid}`);
  try {
    let before = Infinity;
    for (let n = 0; n < TRIES && left.length > 0 && left.length < before; n++) {
      before = left.length;
      try {
        await fetchJars(what, left, folder, env);
      } catch (error) {
        if (!(error instanceof SetUpError)) {
          throw error;
        }
        say(error.message);
      }
      left = left.filter(jar => {
        const path = join(folder, `${jar.name}-${jar.version}.jar`);
        const is = isWhole(path, jar);
        if (is) {
          renameSync(path, pathOf(jar));
        }
        return !is;
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (left.length > 0) {
    const { name, version } = left[0];
    throw new SetUpError(
      `${what} could not be fetched from Maven Central: is there a network? MAVEN_URL can name a mirror. ` +
        `Missing, or not what the lock names: ${left.length} of ${jars.length} jars, first ${name} ${version}.`
    );
  }
  return jars.map(pathOf);
}
