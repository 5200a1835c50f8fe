import { LineEstimate } from '../analysis/curve-estimate';
import { dstreams, learning, streams } from '../analysis/fixtures/read.cjs';
import { isRunning, summarise } from '../analysis/run-summary';
import { streamFigures } from '../analysis/stream-figures';
import { batchesOfLog, type ISparkEvent } from '../events';
import { Session } from '../model';
import { runOf } from '../model/fixtures/models';
import { logs } from '../model/fixtures/read.cjs';
import { readRun, SAVED_VERSION, saveRun, upgraded } from './saved-runs';

describe.each(logs)('%s, saved with a notebook', name => {
  const run = runOf(name);

  it('takes at most 24 kB and reads back the same', async () => {
    const saved = await saveRun(run);
    const text = JSON.stringify(saved);
    expect(text.length).toBeLessThanOrEqual(24 * 1024);
    const again = await readRun(JSON.parse(text));
    // The segments are drawn from the frames, not saved beside them.
    expect({ ...summarise(again), segments: [] }).toEqual(saved.summary);
  });
});

describe('a cell that opened training curves, saved with a notebook', () => {
  const runWith = (events: readonly object[]) => {
    const session = new Session();
    session.apply({
      application: 0,
      backfill: false,
      rows: null,
      events: [
        {
          Event: 'SparkglassCellStart',
          'Run ID': 'learning/1',
          'Cell ID': 'learning',
          Number: 1,
          Time: 1
        },
        ...events,
        { Event: 'SparkglassCellEnd', 'Run ID': 'learning/1', Status: 'ok' }
      ] as ISparkEvent[]
    });
    return session.runs.get('learning/1')!;
  };

  it('has its curves again, without a kernel', async () => {
    const run = runWith(learning().events);
    const saved = await saveRun(run);
    const again = await readRun(JSON.parse(JSON.stringify(saved)));
    expect(again.cellId).toBe('learning');
    expect(again.curves.map(({ name }) => name)).toEqual(['faults', 'epochs']);
    const [now, then] = [again, run].map(one => {
      const line = one.curves[0]!.lines.find(
        ({ name }) => name === 'Perceptron'
      )!;
      const estimate = new LineEstimate(line, {
        estimator: { kind: 'fading', alpha: 0.95 }
      });
      estimate.update();
      return estimate.value.slice(0, estimate.length);
    });
    expect(now).toEqual(then);
    expect(JSON.stringify(saved).length).toBeLessThanOrEqual(56 * 1024);
  });

  it('stays below 56 kB with twelve lines of 20,000 points that have no pattern', async () => {
    let seed = 1;
    const random = () =>
      (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
    const count = 20_000;
    const numbers = (value: (i: number) => number) =>
      Array.from({ length: count }, (_, i) => value(i));
    const run = runWith([
      { Event: 'SparkglassCurve', Curve: 1, 'Run ID': 'learning/1', Time: 1 },
      ...Array.from({ length: 12 }, (_, line) => ({
        Event: 'SparkglassCurveLine',
        Curve: 1,
        Line: line,
        Kind: 'online',
        Loss: 'zeroOne'
      })),
      ...Array.from({ length: 12 }, (_, line) => ({
        Event: 'SparkglassCurvePoints',
        Curve: 1,
        Line: line,
        First: 0,
        Points: count,
        At: numbers(i => 8 * (i + 1)),
        Examples: 8,
        'Loss Sum': numbers(() => Math.floor(8 * random())),
        Elapsed: numbers(i => 20 * i + Math.floor(20 * random())),
        Visits: numbers(i => 8 * i),
        'Python CPU': numbers(() => Math.floor(1e6 * random()))
      }))
    ]);
    const saved = await saveRun(run);
    expect(JSON.stringify(saved).length).toBeLessThanOrEqual(56 * 1024);
    const { lines } = (await readRun(saved)).curves[0]!;
    expect(lines).toHaveLength(12);
    for (const { points } of lines) {
      expect(points.at(points.length - 1, 'at')).toBe(8 * count);
      expect(points.length).toBeGreaterThan(10);
    }
  }, 30_000);
});

describe.each(['3.5', '4.3'])('streaming queries of Spark %s', version => {
  it('are saved as they stood, in at most 24 kB', async () => {
    const run = runOf(
      streams(version).lines.map(line =>
        // As a kernel's jobs have it.
        line.replace(
          '"sql.streaming.queryId"',
          '"sparkglass.cell":"c/1","sql.streaming.queryId"'
        )
      )
    );
    expect(run.jobs.length).toBeGreaterThan(10);
    expect(run.queries.length).toBe(5);
    const text = JSON.stringify(await saveRun(run));
    expect(text.length).toBeLessThanOrEqual(24 * 1024);
    const again = await readRun(JSON.parse(text));
    expect(again.queries.map(({ query }) => query.label)).toEqual(
      run.queries.map(({ query }) => query.label)
    );
    for (const [i, { application, query }] of again.queries.entries()) {
      const before = run.queries[i]!.query;
      expect(isRunning({ application, query })).toBe(false);
      expect([query.status, query.startTime, query.endTime]).toEqual([
        before.status,
        before.startTime,
        before.endTime
      ]);
      expect(query.errorClass).toBe(before.errorClass);
      expect(query.sources.map(({ description }) => description)).toEqual(
        before.sources.map(({ description }) => description)
      );
      const { batches, rows, lateRows, stateRows } = streamFigures(query);
      const told = streamFigures(before);
      expect({ batches, rows, lateRows, stateRows }).toEqual({
        batches: told.batches,
        rows: told.rows,
        lateRows: told.lateRows,
        stateRows: told.stateRows
      });
    }
    // A batch still leads to its jobs.
    const linked = again.queries.flatMap(({ query }) => [
      ...query.jobIds.values()
    ]);
    expect(linked.flat().length).toBe(again.jobs.length);
    expect(again.jobs.length).toBe(run.jobs.length);
  });

  it('are saved without jobs, too, and DStreams with theirs', async () => {
    const session = new Session();
    for (const batch of batchesOfLog(dstreams(version).lines)) {
      session.apply(batch);
    }
    const run = session.runs.get('socket/2')!;
    const again = await readRun(await saveRun(run));
    const [before, after] = [run, again].map(one => one.queries[0]!.query);
    expect(after!.isDStreams).toBe(true);
    expect(after!.batches.total).toBe(before!.batches.total);
    expect([...after!.batches.column('durationMs')]).toEqual([
      ...before!.batches.column('durationMs')
    ]);
    expect([...after!.jobIds.values()].flat()).toEqual(
      [...before!.jobIds.values()].flat()
    );
    run.jobs.splice(0);
    const bare = await readRun(await saveRun(run));
    expect(bare.queries[0]!.query.batches.total).toBe(before!.batches.total);
  });
});

it('an hour of ten batches a second fits, with its rows all counted', async () => {
  const run = runOf(streams('4.3').lines);
  const [rates] = run.queries.filter(({ query }) => query.name === 'rates');
  const { batches } = rates!.query;
  const first = batches.total;
  const time = batches.at(batches.length - 1, 'time');
  const rows = streamFigures(rates!.query).rows;
  for (let i = 0; i < 36_000; i++) {
    batches.add({
      batchId: 1000 + i,
      time: time + 100 * i,
      durationMs: 40 + (i % 31),
      inputRows: i % 17,
      inputRate: (i % 17) / 0.1,
      processedRate: (i % 17) / 0.04
    });
  }
  const text = JSON.stringify(await saveRun(run));
  expect(text.length).toBeLessThanOrEqual(24 * 1024);
  const again = await readRun(JSON.parse(text));
  const kept = again.queries.find(({ query }) => query.name === 'rates')!;
  const figures = streamFigures(kept.query);
  expect(figures.batches).toBe(first + 36_000);
  const added = Array.from({ length: 36_000 }, (_, i) => i % 17);
  expect(figures.rows).toBe(rows + added.reduce((a, b) => a + b));
});

it('a run that version 1 saved is read', async () => {
  const run = runOf(logs[0]!);
  const saved = { ...(await saveRun(run)), version: 1 };
  expect(upgraded(saved).version).toBe(SAVED_VERSION);
  expect((await readRun(saved)).jobs.length).toBe(run.jobs.length);
});

describe('a saved run that cannot be read', () => {
  it.each([
    [
      'of another version',
      { version: SAVED_VERSION + 1, frames: [] },
      /version 3/
    ],
    ['without frames', { version: SAVED_VERSION }, /version/],
    ['that is no object', 'x', /version/],
    ['that is nothing', null, /version/],
    ['that holds no run', { version: SAVED_VERSION, frames: [] }, /no run/],
    [
      'whose frame is damaged',
      { version: SAVED_VERSION, frames: [btoa('SGL1 and then nothing')] },
      /./
    ],
    [
      'whose frame is no base64',
      { version: SAVED_VERSION, frames: ['***'] },
      /./
    ]
  ])('is refused: %s', async (_, value, message) => {
    await expect(readRun(value)).rejects.toThrow(message);
  });
});
