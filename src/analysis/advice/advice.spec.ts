import { decodeFrame, encodeFrame } from '../../events';
import { Session, type CellRun } from '../../model';
import { modelOf } from '../../model/fixtures/models';
import { linesOfRare, rareLogs } from '../../api/fixtures/read.cjs';
import { logs } from '../../model/fixtures/read.cjs';
import { recordRun } from '../recording';
import { applicationScope, runScope } from '../scope';
import { adviceOf, countAdvice, RULES, type RuleId } from '.';
import { runsOf } from './fixtures/runs';

/** What other rules say of a cell, and rightly: these programs ran with 512 MiB on a busy machine. */
const ALSO: Readonly<Record<string, readonly RuleId[]>> = {
  '3.5 unusedCache/mended': ['gc'],
  '4.3 unusedCache/fault': ['gc'],
  // Its sort of all sales, which the broadcast spares, did not fit.
  '3.5 broadcast/fault': ['spill'],
  '4.3 broadcast/fault': ['spill']
};

/** What is to be said of ordinary logs: they were made to have failures, caches and single slow tasks. */
const ORDINARY: Readonly<Record<string, readonly RuleId[]>> = {
  'everyday-3.5': ['unusedCache'],
  'everyday-4.3': ['fewPartitions', 'unusedCache'],
  'failures-3.5': ['failedTasks'],
  'failures-4.3': ['failedTasks'],
  'queries-3.5': ['failedTasks', 'pythonUdf'],
  'queries-4.3': ['failedTasks', 'fewPartitions', 'pythonUdf'],
  'rarities-3.5': ['failedTasks', 'unusedCache'],
  'rarities-4.3': ['failedTasks', 'unusedCache'],
  'retries-3.5': ['failedTasks'],
  'retries-4.3': ['failedTasks'],
  'speculation-3.5': ['failedTasks'],
  'speculation-4.3': ['failedTasks'],
  'together-4.3': ['fewPartitions']
};

describe.each(['3.5', '4.3'])('Spark %s', version => {
  const runs = runsOf(version);

  test.each(RULES)(
    '%s: a cell that has the fault, and its repaired twin',
    rule => {
      const said = (part: string) =>
        [...runs.values()]
          .filter(({ id }) => id.startsWith(`${rule}/${part}`))
          .map(run => ({
            id: run.id,
            rules: [
              ...new Set(adviceOf(runScope(run)).advice.map(each => each.rule))
            ].sort()
          }));
      const faults = said('fault');
      const mended = said('mended');
      expect(faults.length).toBeGreaterThan(0);
      expect(mended.length).toBeGreaterThan(0);
      for (const { id, rules } of faults) {
        expect([id, ...rules]).toEqual([
          id,
          ...[rule, ...(ALSO[`${version} ${id}`] ?? [])].sort()
        ]);
      }
      for (const { id, rules } of mended) {
        expect([id, ...rules]).toEqual([
          id,
          ...(ALSO[`${version} ${id}`] ?? [])
        ]);
      }
    }
  );
});

test.each([...logs, ...rareLogs])(
  '%s: nothing is said of what is as it should be',
  log => {
    const app = modelOf(rareLogs.includes(log) ? linesOfRare(log) : log);
    const { advice } = adviceOf(applicationScope(app));
    expect([...new Set(advice.map(({ rule }) => rule))].sort()).toEqual(
      ORDINARY[log] ?? []
    );
  }
);

test('rules that are off are silent, and are not counted', () => {
  const run = runsOf('4.3').get('cartesian/fault')!;
  expect(countAdvice(runScope(run))).toBe(1);
  const off = new Set(['cartesian']);
  expect(countAdvice(runScope(run), off)).toBe(0);
  expect(adviceOf(runScope(run), off).checked).not.toContain('cartesian');
});

test('asking again while nothing has ended is no work', () => {
  const scope = runScope(runsOf('4.3').get('skew/fault')!);
  expect(adviceOf(scope)).toBe(adviceOf(scope));
});

test('sums of metrics, as the listener tells them, are evidence as a log is', async () => {
  const run = runsOf('4.3').get('cartesian/fault')!;
  const session = new Session();
  // A recording holds the sums that the listener sends, and nothing of single tasks.
  const all = { rows: 1000, jobs: 100, text: 300, plans: 10, lineage: true };
  for (const batch of recordRun(run, all).batches) {
    session.apply(await decodeFrame(await encodeFrame(batch)));
  }
  const pairsOf = (one: CellRun) =>
    adviceOf(runScope(one)).advice.flatMap(each =>
      each.rule === 'cartesian' ? [each.pairs] : []
    );
  expect(pairsOf(run)).toEqual([expect.any(Number)]);
  expect(pairsOf(session.runs.get(run.id)!)).toEqual(pairsOf(run));
});
