// How many tests passed and failed, read from what the test programs write down.
const { existsSync, readFileSync } = require('node:fs');

/**
 * @typedef {{passed: number, failed: number, skipped: number}} ICounts
 */

function text(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** A program that left no results, or failed outside its tests, counts as one failure. */
function atLeastOneFailure(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const nothing = { passed: 0, failed: 0, skipped: 0 };

/**
 * A check that has no tests of its own: it counts as one.
 *
 * @param {number} code the exit code
 * @returns {ICounts}
 */
function countCheck(code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/**
 * @param {string} file what `jest --json --outputFile` wrote
 * @param {number} code the exit code
 * @returns {ICounts}
 */
function countJest(file, code) {
  const json = text(file);
  if (json === null) {
    return atLeastOneFailure(nothing, code || 1);
  }
  const result = JSON.parse(json);
  return atLeastOneFailure(
    {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests
    },
    code
  );
}

/**
 * @param {string} file what `pytest --junitxml` wrote
 * @param {number} code the exit code
 * @returns {ICounts}
 */
function countPytest(file, code) {
  const xml = text(file);
  if (xml === null) {
    return atLeastOneFailure(nothing, code || 1);
  }
  const counts = { ...nothing };
  for (const [suite] of xml.matchAll(/<testsuite\s[^>]*>/g)) {
    const number = name =>
      Number(new RegExp(`\\s${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
    const failed = number('failures') + number('errors');
    counts.failed += failed;
    counts.skipped += number('skipped');
    counts.passed += Math.max(0, number('tests') - failed - number('skipped'));
  }
  return atLeastOneFailure(counts, code);
}

/**
 * @param {string} file what `pytest --junitxml` wrote
 * @returns {string[]} the names of the tests that failed or could not begin
 */
function failedOfPytest(file) {
  const cases = (text(file) ?? '').matchAll(
    /<testcase classname="([^"]*)" name="([^"]*)"[^>]*[^/]>\s*<(?:failure|error)\b/g
  );
  return [...new Set([...cases].map(([, file, name]) => `${file}::${name}`))];
}

/**
 * @param {string} file what Playwright's JSON reporter wrote
 * @param {number} code the exit code
 * @returns {ICounts}
 */
function countPlaywright(file, code) {
  const json = text(file);
  if (json === null) {
    return atLeastOneFailure(nothing, code || 1);
  }
  const { stats, errors } = JSON.parse(json);
  return atLeastOneFailure(
    {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + errors.length,
      skipped: stats.skipped
    },
    code
  );
}

module.exports = {
  countCheck,
  countJest,
  countPlaywright,
  countPytest,
  failedOfPytest
};
