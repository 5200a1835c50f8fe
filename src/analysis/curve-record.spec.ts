import type { ISparkEvent } from '../events';
import {
  Session,
  type Curve,
  type CurveLine,
  type PointColumn
} from '../model';
import { isSmoothed, LineEstimate } from './curve-estimate';
import { recordCurves, type ICurveLimits } from './curve-record';
import { summaryPoints } from './curve-summary';
import { learning } from './fixtures/read.cjs';

function sessionOf(events: readonly ISparkEvent[]): Session {
  const session = new Session();
  session.apply({ application: 0, backfill: false, events, rows: null });
  return session;
}

const live = sessionOf(learning().events);
const run = live.runs.get('learning/1')!;
const ALL: ICurveLimits = {
  points: 2000,
  examples: 4000,
  marks: 1000,
  text: 300
};

/** The same curves, by what is kept of them within limits. */
function again(limits: ICurveLimits): Curve[] {
  const batch = recordCurves(run, limits)!;
  // As it is after a notebook file.
  const events = JSON.parse(JSON.stringify(batch.events)) as ISparkEvent[];
  return [...sessionOf(events).curves.values()];
}

function total(line: CurveLine, name: PointColumn): number {
  let sum = 0;
  for (let row = 0; row < line.points.length; row++) {
    sum += line.points.at(row, name);
  }
  return sum;
}

describe('what is kept of curves', () => {
  it('is all of them where there is room: the same lines, marks and estimates', () => {
    const curves = again(ALL);
    expect(curves.map(({ name }) => name)).toEqual(['faults', 'epochs']);
    curves.forEach((curve, i) => {
      const before = run.curves[i]!;
      expect(curve.marks).toEqual(before.marks);
      expect([curve.endTime, curve.alpha, curve.classes]).toEqual([
        before.endTime,
        before.alpha,
        before.classes
      ]);
      curve.lines.forEach((line, j) => {
        const was = before.lines[j]!;
        expect([line.name, line.kind, line.of, line.loss]).toEqual([
          was.name,
          was.kind,
          was.of,
          was.loss
        ]);
        for (const measure of ['loss', 'kappa'] as const) {
          const options = {
            estimator: { kind: 'fading', alpha: 0.95 } as const,
            measure
          };
          const [now, then] = [line, was].map(one => {
            const estimate = new LineEstimate(one, options);
            estimate.update();
            return estimate.value.slice(0, estimate.length);
          });
          expect(now).toEqual(then);
        }
      });
    });
  });

  it('keeps every sum and both extremes with a tenth of the points', () => {
    for (const [i, curve] of again({ ...ALL, points: 20 }).entries()) {
      for (const line of curve.lines) {
        const was = run.curves[i]!.line(line.id)!;
        expect(line.points.length).toBeLessThanOrEqual(20);
        for (const name of isSmoothed(was)
          ? (['examples', 'lossSum', 'pythonCpuNs'] as const)
          : []) {
          expect(total(line, name)).toBeCloseTo(total(was, name), 6);
        }
        const last = (of: CurveLine, name: PointColumn): number =>
          of.points.at(of.points.length - 1, name);
        for (const name of ['at', 'visits', 'elapsedMs'] as const) {
          expect(last(line, name)).toBe(last(was, name));
        }
        // What an estimate that forgets nothing says at the end does not change.
        const [now, then] = [line, was].map(one => {
          const estimate = new LineEstimate(one, {
            estimator: { kind: 'cumulative' }
          });
          estimate.update();
          return estimate;
        });
        expect(now!.value[now!.length - 1]).toBeCloseTo(
          then!.value[then!.length - 1]!,
          12
        );
        const extremes = (of: LineEstimate): number[] => {
          const raw = [...of.raw.subarray(0, of.length)].filter(
            value => !Number.isNaN(value)
          );
          return [Math.min(...raw), Math.max(...raw)];
        };
        expect(extremes(now!)).toEqual(extremes(then!));
      }
    }
  });

  it('never mixes in-sample points with honest ones, nor gaps with what was scored', () => {
    const session = sessionOf([
      {
        Event: 'SparkglassCurveLine',
        Curve: 1,
        Line: 0,
        Kind: 'online',
        Loss: 'zeroOne'
      },
      {
        Event: 'SparkglassCurvePoints',
        Curve: 1,
        Line: 0,
        First: 0,
        Points: 600,
        At: Array.from({ length: 600 }, (_, i) => i),
        Examples: Array.from({ length: 600 }, (_, i) => (i % 5 ? 1 : 0)),
        'Loss Sum': Array.from({ length: 600 }, (_, i) => (i % 5 ? i % 2 : 0)),
        Flags: Array.from({ length: 600 }, (_, i) => (i % 100 < 50 ? 1 : 0))
      }
    ]);
    const line = session.curves.get(1)!.lines[0]!;
    const kept = summaryPoints(line, 60);
    expect(kept.rows.length).toBeLessThanOrEqual(60);
    let [inSample, honest, gaps] = [0, 0, 0];
    kept.rows.forEach((row, i) => {
      if (line.points.has(row, 'inSample')) {
        inSample += kept.examples[i]!;
      } else {
        honest += kept.examples[i]!;
      }
      gaps += kept.examples[i] === 0 ? 1 : 0;
    });
    expect([inSample, honest]).toEqual([240, 240]);
    expect(gaps).toBeGreaterThan(0);
  });

  it('keeps how late the labels of a line were', () => {
    const [line] = run.curves[0]!.lines;
    expect(line!.awaited).toBeNull();
    expect(again(ALL)[0]!.lines[0]!.awaited).toBeNull();
    line!.awaited = {
      rows: 3,
      labelled: 5,
      delays: [2.5, 4],
      letGo: 0,
      time: 2000
    };
    expect(again(ALL)[0]!.lines[0]!.awaited).toEqual(line!.awaited);
    line!.awaited = null;
  });
});
