import { modelOf } from '../model/fixtures/models';
import type { StreamingQuery } from '../model';
import { windowKind, windowKindOf, windowsIn } from './event-windows';
import { streams } from './fixtures/read.cjs';
import { doneBatch, openBatch, restartOf } from './stream-runs';

describe.each(['3.5', '4.3'])('streams of Spark %s', version => {
  const app = modelOf(streams(version).lines);
  const named = (name: string): StreamingQuery[] =>
    [...app.streams.values()].filter(query => query.name === name);

  it('group by the windows that their plan says', () => {
    expect(windowKindOf(app, named('late rows')[0]!)).toEqual({
      widthMs: 10_000,
      slideMs: 10_000,
      offsetMs: 0
    });
    expect(windowKindOf(app, named('rates')[0]!)).toBeNull();
  });

  it('have the SQL executions of each batch, those without jobs included', () => {
    const [rates] = named('rates');
    expect(rates!.executionIds.size).toBeGreaterThan(5);
    for (const [batchId, ids] of rates!.executionIds) {
      expect(ids.length).toBeGreaterThanOrEqual(1);
      for (const id of ids) {
        expect(app.sql.get(id)!.description).toContain(`batch = ${batchId}`);
      }
    }
  });

  it('say what a restart goes on with', () => {
    const [first, second] = named('late rows');
    expect(restartOf(app, first!)).toMatchObject({ number: 1, before: null });
    const restart = restartOf(app, second!);
    expect(restart.number).toBe(2);
    expect(restart.before).toBe(first);
    expect(restart.firstBatch).toBe(second!.batches.at(0, 'batchId'));
    expect(restart.isRepeated).toBe(openBatch(first!) === restart.firstBatch);
    expect(restart.firstBatch).toBeGreaterThan(doneBatch(first!));
  });

  it('say which batch one that failed had begun', () => {
    const [broken] = named('broken');
    expect(openBatch(broken!)).toBe(0);
    expect(doneBatch(broken!)).toBe(-1);
    expect(openBatch(named('rates')[0]!)).toBeNull();
  });
});

it('reads windows that slide and begin later, and no others', () => {
  const time = 'precisetimestampconversion(at#1-T1ms, TimestampType, LongType)';
  const start = (µs: number) =>
    `((${time} - CASE WHEN (((${time} - 2000000) % 5000000) < 0) THEN 0 END) - ${µs})`;
  const plan = `named_struct(start, knownnullable(precisetimestampconversion(${start(0)}, LongType, TimestampType)), end, knownnullable(precisetimestampconversion((${start(0)} + 10000000), LongType, TimestampType)))`;
  expect(windowKind(plan)).toEqual({
    widthMs: 10_000,
    slideMs: 5_000,
    offsetMs: 2_000
  });
  expect(windowKind('HashAggregate(keys=[session_window#1])')).toBeNull();
  expect(windowKind('')).toBeNull();
});

it('lists the windows of a span, and which the watermark has closed', () => {
  const kind = { widthMs: 10, slideMs: 5, offsetMs: 0 };
  expect(windowsIn(kind, 12, 16, 15)).toEqual([
    { from: 5, to: 15, isClosed: true },
    { from: 10, to: 20, isClosed: false },
    { from: 15, to: 25, isClosed: false }
  ]);
  expect(windowsIn(kind, 0, 1e9, 0)).toEqual([]);
  expect(windowsIn(kind, NaN, NaN, NaN)).toEqual([]);
});
