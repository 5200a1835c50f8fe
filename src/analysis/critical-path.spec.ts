import { linesOfRare, rareLogs } from '../api/fixtures/read.cjs';
import { modelOf } from '../model/fixtures/models';
import { logs } from '../model/fixtures/read.cjs';
import { runsOf } from './advice/fixtures/runs';
import { timeSplit, TIME_PARTS } from './critical-path';
import { applicationScope, jobScope, runScope, type IScope } from './scope';
import { timeVerdict } from './time-verdict';
import { whatIf } from './what-if';

/** What holds of every scope; the replay's error where it was trusted. */
function check(scope: IScope): number | null {
  const split = timeSplit(scope);
  if (!split) {
    return null;
  }
  const parts = TIME_PARTS.map(part => split.partsMs[part]);
  expect(parts.every(ms => ms >= 0)).toBe(true);
  expect(parts.reduce((a, b) => a + b, 0)).toBe(split.wallMs);
  const estimate = whatIf(split);
  if (!estimate) {
    return null;
  }
  expect(estimate.balancedMs).toBeLessThanOrEqual(split.wallMs);
  expect(estimate.twiceCoresMs).toBeLessThanOrEqual(split.wallMs);
  expect(estimate.balancedMs).toBeGreaterThan(0);
  return estimate.error;
}

test.each([...logs, ...rareLogs])(
  '%s: the parts of the application and of each job add up to their time',
  log => {
    const app = modelOf(rareLogs.includes(log) ? linesOfRare(log) : log);
    check(applicationScope(app));
    for (const job of app.jobs.values()) {
      check(jobScope(app, job));
    }
  }
);

describe.each(['3.5', '4.3'])('cells on Spark %s', version => {
  const runs = runsOf(version);

  test('the parts add up, and a replay of what happened is close to it', () => {
    const errors = [...runs.values()].map(run => check(runScope(run)));
    expect(errors).not.toContain(null);
    for (const error of errors) {
      expect(Math.abs(error!)).toBeLessThan(0.1);
    }
  });

  test('one partition has most of the time of a skewed cell, and balance would save it', () => {
    const split = timeSplit(runScope(runs.get('skew/fault')!))!;
    expect(timeVerdict(split).kind).toBe('partition');
    const { balancedMs } = whatIf(split)!;
    expect(balancedMs).toBeLessThan(split.wallMs * 0.9);
  });

  test('a loop of small queries spends its time in its own Python', () => {
    const split = timeSplit(runScope(runs.get('driverIdle/fault')!))!;
    expect(timeVerdict(split)).toMatchObject({ kind: 'part', part: 'driver' });
    expect(whatIf(split)!.twiceCoresMs).toBeGreaterThan(split.wallMs * 0.9);
  });

  test('Python workers have most of the time of an RDD of Python functions', () => {
    const split = timeSplit(runScope(runs.get('fewPartitions/fault')!))!;
    expect(timeVerdict(split)).toMatchObject({ kind: 'part', part: 'python' });
  });
});
