import { Session, type Curve, type CurveLine } from '../model';
import { LineAxis } from './curve-axes';
import { rowAt, valueAt } from './curve-at';
import { drawnLine } from './curve-drawn';
import {
  isSmoothed,
  LineEstimate,
  measuresOf,
  type IEstimateOptions
} from './curve-estimate';
import { tallyOf, type Estimator } from './curve-tally';
import { learning } from './fixtures/read.cjs';

const { events, facts } = learning();

/** All that `learning` told. */
function told(): Session {
  const session = new Session();
  for (const event of events) {
    session.apply({
      application: 0,
      backfill: false,
      events: [event],
      rows: null
    });
  }
  return session;
}

function named(session: Session, name: string, curve = 1): CurveLine {
  return session.curves.get(curve)!.lines.find(line => line.name === name)!;
}

function estimated(line: CurveLine, options: IEstimateOptions): LineEstimate {
  const estimate = new LineEstimate(line, options);
  estimate.update();
  return estimate;
}

/** A line of points of losses, one event. */
function lineOf(
  points: readonly (readonly number[])[],
  more: object = {},
  line: object = {}
): CurveLine {
  const session = new Session();
  let at = 0;
  session.apply({
    application: 0,
    backfill: false,
    rows: null,
    events: [
      { Event: 'SparkglassCurve', Curve: 1, Time: 0 },
      {
        Event: 'SparkglassCurveLine',
        Curve: 1,
        Line: 0,
        Kind: 'online',
        Loss: 'zeroOne',
        ...line
      },
      {
        Event: 'SparkglassCurvePoints',
        Curve: 1,
        Line: 0,
        First: 0,
        Points: points.length,
        At: points.map(losses => (at += losses.length)),
        Examples: points.map(losses => losses.length),
        'Loss Sum': points.map(losses => losses.reduce((a, b) => a + b, 0)),
        Losses: points.flat(),
        ...more
      }
    ]
  });
  return session.curves.get(1)!.lines[0]!;
}

const ESTIMATORS: readonly Estimator[] = [
  { kind: 'fading', alpha: 0.95 },
  { kind: 'window', size: 100 },
  { kind: 'cumulative' }
];

describe('LineEstimate', () => {
  it.each(ESTIMATORS)('is exact for each example, %j', estimator => {
    const line = named(told(), 'Perceptron');
    const { points, examples } = line;
    const { value, raw } = estimated(line, { estimator });
    const tally = tallyOf(estimator);
    let place = 0;
    for (let row = 0; row < points.length; row++) {
      for (let i = points.at(row, 'examples'); i > 0; i--) {
        tally.one(examples.losses[place++]!);
      }
      if (points.at(row, 'examples') === 0) {
        expect([value[row], raw[row]]).toEqual([NaN, NaN]);
      } else {
        expect(value[row]).toBeCloseTo(tally.mean, 12);
        expect(raw[row]).toBe(points.at(row, 'lossSum') / 10);
      }
    }
    expect(place).toBe(facts.Perceptron!.examples);
  });

  it('gets wrong what scikit-learn counts, and agrees with its kappa', () => {
    const line = named(told(), 'Perceptron');
    const last = (options: IEstimateOptions): number => {
      const estimate = estimated(line, options);
      return estimate.value[estimate.length - 1]!;
    };
    const { examples, wrong, kappa, kappaOfLast } = facts.Perceptron!;
    const [cumulative, window] = [ESTIMATORS[2]!, ESTIMATORS[1]!];
    expect(last({ estimator: cumulative })).toBeCloseTo(wrong / examples, 12);
    expect(last({ estimator: cumulative, measure: 'accuracy' })).toBeCloseTo(
      1 - wrong / examples,
      12
    );
    expect(last({ estimator: cumulative, measure: 'kappa' })).toBeCloseTo(
      kappa,
      12
    );
    expect(last({ estimator: window, measure: 'kappa' })).toBeCloseTo(
      kappaOfLast,
      12
    );
    expect(measuresOf(line)).toContain('kappaM');
    expect(measuresOf(named(told(), 'sums'))).toEqual(['loss', 'accuracy']);
  });

  it('measures kappa-temporal and kappa-M by baselines over the same estimator', () => {
    const line = named(told(), 'Perceptron');
    for (const estimator of ESTIMATORS) {
      for (const [measure, baseline] of [
        ['kappaTemporal', 'sameAsLast'],
        ['kappaM', 'majority']
      ] as const) {
        const kappa = estimated(line, { estimator, measure });
        const own = estimated(line, { estimator });
        const rival = estimated(line, { estimator, baseline });
        for (let row = 1; row < kappa.length; row++) {
          const left = rival.value[row]!;
          if (left < 1e-12) {
            expect(kappa.value[row]).toBeNaN();
          } else {
            expect(kappa.value[row]).toBeCloseTo(
              (left - own.value[row]!) / left,
              9
            );
          }
        }
      }
    }
    // In the flood all labels are the same: the last label is never wrong in the window, so there is nothing to be better at.
    const rival = estimated(line, {
      estimator: { kind: 'window', size: 50 },
      measure: 'kappaTemporal'
    });
    expect(rival.value[line.points.rowUpTo(95)]).toBeNaN();
  });

  it('is the same whether points come one by one or all at once', () => {
    const session = new Session();
    const estimates = new Map<string, LineEstimate>();
    for (const event of events) {
      session.apply({
        application: 0,
        backfill: false,
        events: [event],
        rows: null
      });
      for (const line of session.curves.get(1)?.lines ?? []) {
        for (const measure of ['loss', 'kappa', 'kappaM'] as const) {
          const key = `${line.name} ${measure}`;
          const estimate =
            estimates.get(key) ??
            new LineEstimate(line, { estimator: ESTIMATORS[0]!, measure });
          estimates.set(key, estimate);
          const before = estimate.length;
          expect(estimate.update()).toBe(before);
        }
      }
    }
    expect(estimates.size).toBe(15);
    for (const estimate of estimates.values()) {
      const whole = estimated(estimate.line, estimate.options);
      for (const name of ['value', 'raw', 'low', 'high'] as const) {
        expect(estimate[name].subarray(0, estimate.length)).toEqual(
          whole[name].subarray(0, whole.length)
        );
      }
    }
  });

  it('keeps to whole measures of probes and epochs', () => {
    const session = told();
    const probe = named(session, 'Perceptron probe');
    expect(isSmoothed(probe)).toBe(false);
    const { value, low, high } = estimated(probe, {
      estimator: ESTIMATORS[0]!
    });
    expect(value[0]).toBe(97 / 200);
    expect(low[0]!).toBeLessThan(97 / 200);
    expect(high[0]!).toBeGreaterThan(97 / 200);
    // The perceptron on iris, sepal and petal length: the numbers of the book.
    const epochs = estimated(named(session, 'Rosenblatt', 2), {
      estimator: ESTIMATORS[0]!
    });
    expect([...epochs.value.subarray(0, epochs.length)]).toEqual([
      2, 2, 3, 2, 1, 0, 0, 0, 0, 0
    ]);
  });

  it('takes sums for the mean as often, and says that it approximates', () => {
    const line = named(told(), 'sums');
    const estimate = estimated(line, { estimator: ESTIMATORS[0]! });
    expect(estimate.approximate).toBe(200);
    const tally = tallyOf(ESTIMATORS[0]!);
    for (let row = 0; row < 200; row++) {
      for (let i = 0; i < 10; i++) {
        tally.one(line.points.at(row, 'lossSum') / 10);
      }
      expect(estimate.value[row]).toBeCloseTo(tally.mean, 12);
    }
  });

  it('leaves in-sample parts out of what follows', () => {
    const estimate = estimated(
      lineOf([[1], [0, 0], [0], [1], [0]], { Flags: [0, 1, 1, 0, 1] }),
      { estimator: { kind: 'cumulative' } }
    );
    expect([...estimate.value.subarray(0, 5)]).toEqual([1, 0, 0, 1, 0]);
  });

  it('does not count a repeat', () => {
    const estimate = estimated(
      lineOf([[1], [0], [0], [0]], { Flags: [0, 0, 2, 0], At: [1, 2, 2, 3] }),
      { estimator: { kind: 'cumulative' } }
    );
    expect([...estimate.value.subarray(0, 4)]).toEqual([1, 0.5, 0.5, 1 / 3]);
    expect(estimate.raw[2]).toBe(0);
  });

  it('goes on behind a loss that is no number', () => {
    const estimate = estimated(
      lineOf([[1], [1], [0]], {
        'Loss Sum': [1, null, 0],
        Losses: [1, null, 0]
      }),
      { estimator: { kind: 'cumulative' } }
    );
    expect([...estimate.value.subarray(0, 3)]).toEqual([1, NaN, 0.5]);
  });

  it('is computed anew when a late point comes in between', () => {
    const session = new Session();
    const points = (first: number, lost: number): void =>
      session.apply({
        application: 0,
        backfill: false,
        rows: null,
        events: [
          {
            Event: 'SparkglassCurvePoints',
            Curve: 1,
            Line: 0,
            First: first,
            Points: 1,
            At: first + 1,
            Examples: 1,
            Losses: [lost]
          }
        ]
      });
    session.apply({
      application: 0,
      backfill: false,
      rows: null,
      events: [
        {
          Event: 'SparkglassCurveLine',
          Curve: 1,
          Line: 0,
          Kind: 'online',
          Loss: 'zeroOne'
        }
      ]
    });
    points(0, 1);
    points(2, 0);
    const estimate = estimated(session.curves.get(1)!.lines[0]!, {
      estimator: { kind: 'cumulative' }
    });
    points(1, 1);
    expect(estimate.update()).toBe(0);
    expect([...estimate.value.subarray(0, 3)]).toEqual([1, 1, 2 / 3]);
  });
});

describe('what is drawn', () => {
  const count = 1_000_000;
  const x = Float64Array.from({ length: count }, (_, i) => i + 1);
  const y = Float64Array.from({ length: count }, (_, i) => Math.sin(i / 1e5));
  y[777_777] = 5;
  y[222_222] = -5;
  y[500_000] = NaN;

  it('is at most a few points a pixel of 1,000,000, the extremes, the gap and the last among them', () => {
    const kept = y.slice();
    const {
      rows,
      x: xs,
      y: ys
    } = drawnLine(x, y, count, { from: 0, to: count }, 800);
    expect(rows.length).toBeLessThanOrEqual(4 * 802 + 1);
    for (const row of [0, 222_222, 500_000, 777_777, count - 1]) {
      expect(rows).toContain(row);
    }
    expect(Object.is(y, kept) || y.every((v, i) => Object.is(v, kept[i]))).toBe(
      true
    );
    for (let i = 0; i < rows.length; i++) {
      expect(Object.is(ys[i], y[rows[i]!]) && xs[i] === x[rows[i]!]).toBe(true);
      expect(i === 0 || rows[i]! > rows[i - 1]!).toBe(true);
    }
    // No pixel column of the picture shows less than the whole line would.
    for (let column = 0; column < 800; column++) {
      const [from, to] = [column * 1250, (column + 1) * 1250];
      let [least, most] = [Infinity, -Infinity];
      for (let row = from; row < to - 1; row++) {
        if (!Number.isNaN(y[row]!)) {
          [least, most] = [Math.min(least, y[row]!), Math.max(most, y[row]!)];
        }
      }
      const shown = [...rows].filter(row => x[row]! >= from && x[row]! < to);
      const values = shown.map(row => y[row]!).filter(v => !Number.isNaN(v));
      expect(Math.min(...values)).toBeLessThanOrEqual(least);
      expect(Math.max(...values)).toBeGreaterThanOrEqual(most);
    }
  });

  it('is every point where there are few, and one beyond each end', () => {
    const { rows } = drawnLine(x, y, count, { from: 1000.5, to: 1010.5 }, 800);
    expect([...rows]).toEqual(Array.from({ length: 12 }, (_, i) => 999 + i));
  });
});

describe('axes and the pointer', () => {
  it('never run backwards, and find the newest point at a place', () => {
    const line = lineOf([[1], [0], [0], [1]], { At: [1, 5, 4, 9] });
    const axis = new LineAxis(line, 'examples');
    axis.update(null);
    expect([...axis.x.subarray(0, 4)]).toEqual([1, 5, 5, 9]);
    expect([0, 1, 4.9, 5, 8, 100].map(place => rowAt(axis, place))).toEqual([
      -1, 0, 0, 2, 2, 3
    ]);
    const estimate = estimated(line, { estimator: { kind: 'cumulative' } });
    expect(valueAt(axis, estimate, 6).value).toBe(1 / 3);
    expect(valueAt(axis, estimate, 0).value).toBeNaN();
  });

  it('count rows that were touched, and time from the first point', () => {
    const session = told();
    const curve: Curve = session.curves.get(1)!;
    const line = named(session, 'Perceptron');
    const visits = new LineAxis(line, 'visits');
    visits.update(null);
    expect(visits.x[line.points.length - 1]).toBe(2000);
    const cpu = new LineAxis(line, 'cpu');
    cpu.update(null);
    let ns = 0;
    for (let row = 0; row < line.points.length; row++) {
      ns += line.points.at(row, 'pythonCpuNs');
    }
    expect(cpu.x[line.points.length - 1]).toBeCloseTo(ns / 1e6, 6);
    expect(curve.lines.length).toBe(5);
  });
});
