// What `npm test` runs, in this order.
import { join } from 'node:path';
import {
  environment,
  interpreter,
  results,
  root,
  spark35Environment
} from '../set-up/paths.mjs';
import { setUpChromium } from '../set-up/browser.mjs';
import { setUpClassArchive } from '../set-up/class-archive.mjs';
import { setUpKafka } from '../set-up/kafka.mjs';
import { setUpEnvironment } from '../set-up/python.mjs';
import { SetUpError, say } from '../set-up/run.mjs';
import counts from './counts.cjs';

/**
 * @typedef {object} IStep
 * @property {string} name as `--only=` takes it
 * @property {string} program
 * @property {string[]} args
 * @property {string} [file] where it writes its results
 * @property {(file: string, code: number) => import('./counts.cjs').ICounts} count
 * @property {boolean} [slow] left out of `--quick`
 * @property {number} [minutes] how long it may take before it is ended; without, as long as it likes
 * @property {{args: string[], file: string, failed: (file: string) => string[]}} [again] what failed is run once more with these
 *   further arguments, on its own
 * @property {boolean} [takesArguments] whether further arguments of `npm test` are for it
 * @property {(env: NodeJS.ProcessEnv) => Promise<string | null>} [prepare] may change the environment; returns the
 *   sentence why it cannot run; asked again it does nothing again
 */

const { countCheck, countJest, countPlaywright, countPytest, failedOfPytest } =
  counts;

const node = process.execPath;
const module = (...path) => join(root, 'node_modules', ...path);
const python = interpreter(environment);
const check = (file, code) => countCheck(code);

/** A function that does its work once, whoever asks first. */
function once(body) {
  let result;
  return env => (result ??= body(env));
}

const prepareSpark35 = once(async env => {
  // PySpark 3.5 was made for Python 3.8 to 3.11.
  await setUpEnvironment(
    spark35Environment,
    'requirements/spark35.txt',
    [11, 12]
  );
  env.SPARKGLASS_SPARK35_PYTHON = interpreter(spark35Environment);
  await setUpClassArchive(environment, env);
  await setUpClassArchive(spark35Environment, env);
  return null;
});

/** Without Kafka its tests fail and say why; there is no reason to keep the others from running. */
const prepareKafka = once(async env => {
  try {
    await setUpKafka(env);
  } catch (error) {
    if (!(error instanceof SetUpError)) {
      throw error;
    }
    say(`${error.message} The tests that need it will fail.`);
  }
});

const preparePytest = once(async env => {
  const why = await prepareSpark35(env);
  await prepareKafka(env);
  return why;
});

const prepareBrowser = once(async env => {
  await prepareSpark35(env);
  await prepareKafka(env);
  const chromium = await setUpChromium();
  if ('missing' in chromium) {
    return chromium.missing;
  }
  say(`Browser: ${chromium.path}`);
  env.CHROMIUM_PATH = chromium.path;
  return null;
});

/**
 * The steps.
 *
 * @param {boolean} quick whether pytest leaves out what starts Spark
 * @returns {IStep[]}
 */
export function stepsOf(quick) {
  const jestResults = join(results, 'jest.json');
  const pytestResults = join(results, 'pytest.xml');
  const pytestAgain = join(results, 'pytest-again.xml');
  return [
    {
      name: 'types',
      program: node,
      args: [module('typescript', 'bin', 'tsc'), '-p', 'tsconfig.test.json'],
      count: check
    },
    {
      name: 'eslint',
      program: node,
      args: [module('eslint', 'bin', 'eslint.js'), '.', '--max-warnings=0'],
      count: check
    },
    {
      name: 'prettier',
      program: node,
      args: [module('prettier', 'bin', 'prettier.cjs'), '--check', '.'],
      count: check
    },
    {
      name: 'stylelint',
      program: node,
      args: [module('stylelint', 'bin', 'stylelint.mjs'), 'style/**/*.css'],
      count: check
    },
    {
      name: 'ruff',
      program: python,
      args: ['-m', 'ruff', 'check'],
      count: check
    },
    {
      name: 'ruff-format',
      program: python,
      args: ['-m', 'ruff', 'format', '--check'],
      count: check
    },
    { name: 'mypy', program: python, args: ['-m', 'mypy'], count: check },
    {
      name: 'jest',
      program: node,
      args: [
        module('jest', 'bin', 'jest.js'),
        '--ci',
        '--json',
        `--outputFile=${jestResults}`
      ],
      file: jestResults,
      count: countJest,
      takesArguments: true
    },
    {
      name: 'pytest',
      program: python,
      args: [
        '-m',
        'pytest',
        `--junitxml=${pytestResults}`,
        // Much of it waits: for drivers to start, for triggers of streams. A file's kernels are shared by its tests, so files stay whole, in
        // the order of tests/conftest.py.
        // A line a test tells where a run stood that did not come to its end.
        ...(quick
          ? []
          : ['-v', '-n', '3', '--dist', 'loadfile', '--no-loadscope-reorder']),
        ...(quick ? ['-m', 'not spark'] : [])
      ],
      file: pytestResults,
      count: countPytest,
      minutes: 40,
      // As the browser's: a kernel, a broker and two drivers beside it share two cores.
      again: {
        args: [
          '--last-failed',
          '--last-failed-no-failures=none',
          `--junitxml=${pytestAgain}`,
          ...(quick ? [] : ['-n', '1'])
        ],
        file: pytestAgain,
        failed: failedOfPytest
      },
      takesArguments: true,
      prepare: quick ? undefined : preparePytest
    },
    {
      name: 'browser',
      program: node,
      args: [
        module('@playwright', 'test', 'cli.js'),
        'test',
        '--config=ui-tests/playwright.config.mjs'
      ],
      file: join(results, 'browser.json'),
      count: countPlaywright,
      minutes: 40,
      slow: true,
      takesArguments: true,
      prepare: prepareBrowser
    }
  ];
}
