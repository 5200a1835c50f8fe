// npm test: sets up, then runs every check and every test. The last line says how many passed and failed.
//   --quick              types, lint, Jest and the Python tests that start no Spark
//   --only=jest,pytest   some steps; with one test step, further arguments are its own
import { mkdirSync, rmSync } from 'node:fs';
import { stepsOf } from './checks/steps.mjs';
import { setUpExtension, setUpTools } from './set-up/index.mjs';
import { results } from './set-up/paths.mjs';
import { SetUpError, say, show } from './set-up/run.mjs';

function wordsOf(error) {
  return error instanceof SetUpError ? error.message : error.stack;
}

/** The steps that were asked for, with their arguments. */
function chosen(argv) {
  const quick = argv.includes('--quick');
  const only = argv.find(word => word.startsWith('--only='))?.slice(7);
  const rest = argv.filter(
    word => word !== '--quick' && !/^--only=/.test(word)
  );
  const all = stepsOf(quick);
  const names = only?.split(',');
  const unknown = names?.filter(name => !all.some(step => step.name === name));
  if (unknown?.length) {
    throw new SetUpError(
      `There is no step ${unknown.join(', ')}. The steps: ${all.map(step => step.name).join(', ')}.`
    );
  }
  const steps = all.filter(step =>
    names ? names.includes(step.name) : !(quick && step.slow)
  );
  if (rest.length > 0 && (steps.length !== 1 || !steps[0].takesArguments)) {
    throw new SetUpError(
      `Not understood: ${rest.join(' ')}. Name one test step with --only= to hand arguments to it.`
    );
  }
  return steps.map(step => ({ ...step, args: [...step.args, ...rest] }));
}

/** What can be tested without the extension is tested also when it does not build. */
async function build() {
  const started = Date.now();
  let failed = 0;
  try {
    await setUpExtension();
  } catch (error) {
    say(wordsOf(error));
    failed = 1;
  }
  const ms = Date.now() - started;
  return { name: 'build', passed: 1 - failed, failed, skipped: 0, ms };
}

/** More failures than these have a reason that is there the second time, too. */
const MOST_AGAIN = 10;

/** Runs what has failed once more: where it passes it counts as passed, and is named. */
async function tryAgain(step, env, counts) {
  const { args, file, failed } = step.again;
  const names = failed(step.file);
  if (names.length === 0 || names.length > MOST_AGAIN) {
    return counts;
  }
  say(`── ${step.name}: what failed once more, on its own ──`);
  const { minutes } = step;
  const all = [...step.args, ...args];
  const code = await show(step.program, all, { env, minutes });
  const { failed: still } = step.count(file, code);
  const flaky = names.filter(name => !failed(file).includes(name));
  const passed = counts.passed + Math.max(0, counts.failed - still);
  return { ...counts, passed, failed: still, flaky };
}

async function runStep(step, env) {
  const started = Date.now();
  say(`── ${step.name} ──`);
  if (step.file) {
    rmSync(step.file, { force: true });
  }
  let code = 1;
  try {
    const why = (await step.prepare?.(env)) ?? null;
    if (why === null) {
      const { minutes } = step;
      code = await show(step.program, step.args, { env, minutes });
    } else {
      say(why);
    }
  } catch (error) {
    say(wordsOf(error));
  }
  let counts = step.count(step.file, code);
  if (step.again && counts.failed > 0) {
    counts = await tryAgain(step, env, counts);
  }
  return { name: step.name, ms: Date.now() - started, ...counts };
}

function print(rows) {
  const cell = value => String(value).padStart(9);
  process.stdout.write(
    `\n${'step'.padEnd(14)}${['passed', 'failed', 'skipped', 'seconds'].map(cell).join('')}\n`
  );
  for (const { name, passed, failed, skipped, ms } of rows) {
    const cells = [passed, failed, skipped, (ms / 1000).toFixed(1)];
    process.stdout.write(
      `${failed > 0 ? '✗' : '✓'} ${name.padEnd(12)}${cells.map(cell).join('')}\n`
    );
  }
  for (const { name, flaky } of rows) {
    if (flaky?.length) {
      process.stdout.write(
        `\n${name}: failed, and passed on the second try: ${flaky.join(', ')}\n`
      );
    }
  }
}

const rows = [];
try {
  const steps = chosen(process.argv.slice(2));
  const env = await setUpTools();
  rows.push(await build());
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  // What the long steps need is fetched and made while the short ones run. If it fails, the step says so.
  for (const step of steps) {
    step.prepare?.(env).catch(() => undefined);
  }
  for (const step of steps) {
    rows.push(await runStep(step, env));
  }
} catch (error) {
  process.stdout.write(`\n${wordsOf(error)}\n`);
  rows.push({ name: 'set-up', passed: 0, failed: 1, skipped: 0, ms: 0 });
}
print(rows);
const total = key => rows.reduce((sum, row) => sum + row[key], 0);
process.stdout.write(
  `\n${total('passed')} passed, ${total('failed')} failed\n`
);
process.exitCode = total('failed') > 0 ? 1 : 0;
