import { decodeFrame, encodeFrame } from '../../events';
import { Session, type CellRun } from '../../model';
import { modelOf } from '../../model/fixtures/models';
import { linesOfRare, rareLogs } from '../../api/fixtures/read.cjs';
import { logs } from '../../model/fixtures/read.cjs';
import { streams } from '../fixtures/read.cjs';
import { recordRun } from '../recording';
import { applicationScope, runScope } from '../scope';
import {
  adviceOf,
  countAdvice,
  RULES,
  type RuleId,
  type StreamAdvice
} from '.';
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
  const all = {
    rows: 1000,
    jobs: 100,
    text: 300,
    plans: 10,
    batches: 100,
    lineage: true
  };
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

describe.each(['3.5', '4.3'])('streams of Spark %s', version => {
  const runs = runsOf(version);
  const saidOf = (name: string): readonly StreamAdvice[] =>
    adviceOf(runScope(runs.get(name)!)).advice.filter(
      (each): each is StreamAdvice => each.about.query !== null
    );

  it('are judged as queries: no rule for jobs speaks of their batches', () => {
    const ofStreams = new Set<string>();
    for (const run of runs.values()) {
      if (run.queries.length > 0) {
        for (const { rule, about } of adviceOf(runScope(run)).advice) {
          ofStreams.add(rule);
          expect(run.queries.map(({ query }) => query)).toContain(about.query);
        }
      }
    }
    expect([...ofStreams].sort()).toEqual([
      'fallingBehind',
      'growingState',
      'noWatermark',
      'notStopped',
      'sharedCheckpoint',
      'statePartitions',
      'tinyBatches'
    ]);
  });

  it('say what they keep, and why nothing takes it away', () => {
    const kept = (name: string) =>
      saidOf(`noWatermark/${name}`).map(
        each => each.rule === 'noWatermark' && each.state
      );
    expect(kept('fault')).toEqual(['window']);
    expect(kept('fault of distinct rows')).toEqual(['distinct']);
    expect(kept('fault of keys that keep coming')).toEqual(['keys']);
    expect(kept('fault of a join')).toEqual(['join']);
    const why = (name: string) =>
      saidOf(`growingState/${name}`).map(
        each => each.rule === 'growingState' && [each.why, each.delayMs]
      );
    expect(why('fault of complete')).toEqual([['complete', null]]);
    expect(why('fault of a key without time')).toEqual([['key', null]]);
    expect(why('fault of a long delay')).toEqual([
      ['delay', 30 * 24 * 3600 * 1000]
    ]);
  });

  it('say the numbers of the last batches', () => {
    const [state] = saidOf('statePartitions/fault');
    expect(state).toMatchObject({
      partitions: 200,
      enough: 4,
      tryThis: { key: 'spark.sql.shuffle.partitions', value: '4', now: '200' }
    });
    const [tiny] = saidOf('tinyBatches/fault');
    expect(tiny).toMatchObject({ medianRows: 10 });
    const [behind] = saidOf('fallingBehind/fault');
    if (behind?.rule !== 'fallingBehind') {
      throw new Error('nothing is said of the query that falls behind');
    }
    expect(behind.lastMs).toBeGreaterThan(behind.firstMs);
    expect(behind.inputRate).toBeGreaterThan(behind.processedRate);
  });

  it('name the other query with the same checkpoint', () => {
    const others = (name: string) =>
      saidOf(`sharedCheckpoint/${name}`).map(
        each =>
          each.rule === 'sharedCheckpoint' && [
            each.about.query?.label,
            each.other
          ]
      );
    expect(others('fault')).toEqual([['ours', null]]);
    expect(others('fault of two names')).toEqual([['doubled', 'halved']]);
    // One of two starts raised CONCURRENT_QUERY, which is told to nobody else; the other took the checkpoint.
    expect(others('fault of two at once')).toContainEqual([
      'had it',
      expect.stringMatching(/^(one|other)$/)
    ]);
  });

  it('have nothing to be said of while all is well', () => {
    const app = modelOf(streams(version).lines);
    expect(adviceOf(applicationScope(app)).advice).toEqual([]);
  });
});
