import { learning } from '../analysis/fixtures/read.cjs';
import { LineEstimate } from '../analysis/curve-estimate';
import { summarise } from '../analysis/run-summary';
import type { ISparkEvent } from '../events';
import { Session } from '../model';
import { runOf } from '../model/fixtures/models';
import { logs } from '../model/fixtures/read.cjs';
import { readRun, SAVED_VERSION, saveRun } from './saved-runs';

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

describe('a saved run that cannot be read', () => {
  it.each([
    [
      'of another version',
      { version: SAVED_VERSION + 1, frames: [] },
      /version 2/
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
