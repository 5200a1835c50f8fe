import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import counts from './counts.cjs';

const { countCheck, countJest, countPlaywright, countPytest, failedOfPytest } =
  counts;
const folder = mkdtempSync(join(tmpdir(), 'sparkglass-counts-'));
const missing = join(folder, 'missing');

afterAll(() => rmSync(folder, { recursive: true }));

/** A file with `text` in it. */
function file(text: string): string {
  const path = join(folder, 'results');
  writeFileSync(path, text);
  return path;
}

describe('counting', () => {
  it('takes a check for one test', () => {
    expect(countCheck(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(countCheck(2)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it.each([
    ['Jest', countJest],
    ['pytest', countPytest],
    ['Playwright', countPlaywright]
  ])('takes no results from %s for a failure', (_, count) => {
    expect(count(missing, 0).failed).toBe(1);
    expect(count(missing, 1).failed).toBe(1);
  });

  it('adds the suites that Jest could not load', () => {
    const path = file(
      JSON.stringify({
        numPassedTests: 7,
        numFailedTests: 1,
        numRuntimeErrorTestSuites: 2,
        numPendingTests: 1,
        numTodoTests: 1
      })
    );
    expect(countJest(path, 1)).toEqual({ passed: 7, failed: 3, skipped: 2 });
  });

  it('reads all suites of pytest, errors as failures', () => {
    const path = file(
      '<?xml version="1.0"?><testsuites name="pytest tests">' +
        '<testsuite name="a" errors="1" failures="2" skipped="3" tests="10" time="1"></testsuite>' +
        '<testsuite name="b" errors="0" failures="0" skipped="0" tests="4"></testsuite></testsuites>'
    );
    expect(countPytest(path, 1)).toEqual({ passed: 8, failed: 3, skipped: 3 });
  });

  it('names the tests of pytest that failed or could not begin', () => {
    const path = file(
      '<testsuites><testsuite errors="1" failures="1" skipped="1" tests="4">' +
        '<testcase classname="tests.test_a" name="test_good" time="0.1" />' +
        '<testcase classname="tests.test_a" name="test_bad[newest]" time="0.1"><failure message="no">text</failure></testcase>' +
        '<testcase classname="tests.test_b" name="test_skipped" time="0.1"><skipped>why</skipped></testcase>' +
        '<testcase classname="tests.test_b" name="test_unborn" time="0.1"><error message="no">text</error></testcase>' +
        '</testsuite></testsuites>'
    );
    expect(failedOfPytest(path)).toEqual([
      'tests.test_a::test_bad[newest]',
      'tests.test_b::test_unborn'
    ]);
    expect(failedOfPytest(missing)).toEqual([]);
  });

  it('adds the errors of Playwright outside tests', () => {
    const path = file(
      JSON.stringify({
        stats: { expected: 3, flaky: 1, unexpected: 1, skipped: 2 },
        errors: [{ message: 'no server' }]
      })
    );
    expect(countPlaywright(path, 1)).toEqual({
      passed: 4,
      failed: 2,
      skipped: 2
    });
  });

  it('does not take a failed run without failed tests for a success', () => {
    const path = file('<testsuite errors="0" failures="0" tests="5">');
    expect(countPytest(path, 3)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });
});
