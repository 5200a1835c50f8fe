// The set-up, in its order.
import { delimiter } from 'node:path';
import { setUpBuild, linkExtension } from './build.mjs';
import { setUpJava } from './java.mjs';
import { setUpNodePackages } from './node-packages.mjs';
import { environment, interpreter, programs } from './paths.mjs';
import { setUpEnvironment, setUpPackage } from './python.mjs';
import { say } from './run.mjs';

/**
 * Installs what the project stands on: Java, Python and Node packages. What is there already is left alone.
 *
 * @returns {Promise<NodeJS.ProcessEnv>} the environment to start Python programs with
 * @throws SetUpError
 */
export async function setUpTools() {
  const env = { ...process.env };
  say('Setting up Sparkglass');
  await setUpJava(env);
  // Side by side: both wait for the network most of the time. Neither is left half done when the other fails.
  const parts = await Promise.allSettled([
    setUpEnvironment(environment, 'requirements/dev.txt'),
    setUpNodePackages()
  ]);
  const failed = parts.find(part => part.status === 'rejected');
  if (failed) {
    throw failed.reason;
  }
  await setUpPackage(environment);
  // Spark starts its workers with `python3` from the path, unless told.
  const path = Object.keys(env).find(key => /^path$/i.test(key)) ?? 'PATH';
  env[path] = programs(environment) + delimiter + (env[path] ?? '');
  delete env.PYTHONHOME;
  return env;
}

/**
 * Builds the extension and shows it to JupyterLab.
 *
 * @throws SetUpError
 */
export async function setUpExtension() {
  await setUpBuild();
  linkExtension(environment);
}

/**
 * Everything that must be there before JupyterLab can be started.
 *
 * @returns {Promise<NodeJS.ProcessEnv>} the environment to start Python programs with
 * @throws SetUpError
 */
export async function setUp() {
  const env = await setUpTools();
  await setUpExtension();
  say(`Ready: ${interpreter(environment)}`);
  return env;
}
