import type { ISparkEvent } from '../events';
import { Session, type Curve } from '../model';
import { LineAxis } from './curve-axes';
import { detectionScore } from './curve-detections';
import { differenceOf, type IPlacedLine } from './curve-difference';
import { LineEstimate, type Measure } from './curve-estimate';
import { freshnessOf, lagAt, sawTooth, seenBy } from './curve-serving';
import { curveVerdict } from './curve-verdict';
import { learning } from './fixtures/read.cjs';

const { events } = learning();

function sessionOf(told: readonly object[]): Session {
  const session = new Session();
  session.apply({
    application: 0,
    backfill: false,
    events: told as ISparkEvent[],
    rows: null
  });
  return session;
}

/** The curve of `learning` when its lines had seen so many examples. */
function faults(examples: number): Curve {
  const end = events.findIndex(
    event =>
      event.Event === 'SparkglassCurvePoints' &&
      event.Curve === 1 &&
      event.At > examples
  );
  return sessionOf(end < 0 ? events : events.slice(0, end)).curves.get(1)!;
}

function placed(
  curve: Curve,
  measure: Measure = 'loss',
  names?: readonly string[]
): IPlacedLine[] {
  return curve.lines
    .filter(
      line => line.name !== 'sums' && (names?.includes(line.name) ?? true)
    )
    .map(line => {
      const estimate = new LineEstimate(line, {
        estimator: { kind: 'fading', alpha: curve.alpha },
        measure
      });
      estimate.update();
      const axis = new LineAxis(line, 'examples');
      axis.update(null);
      return { axis, estimate };
    });
}

/** A curve of two lines of losses of 0 and 1, a point an example. */
function pair(first: readonly number[], second: readonly number[]): Curve {
  return sessionOf(
    [first, second].flatMap((losses, line) => [
      {
        Event: 'SparkglassCurveLine',
        Curve: 1,
        Line: line,
        Kind: 'online',
        Name: line === 0 ? 'a' : 'b',
        Loss: 'zeroOne'
      },
      {
        Event: 'SparkglassCurvePoints',
        Curve: 1,
        Line: line,
        First: 0,
        Points: losses.length,
        At: losses.map((_, i) => i + 1),
        Examples: 1,
        'Loss Sum': losses,
        Losses: losses
      }
    ])
  ).curves.get(1)!;
}

describe('the verdict', () => {
  it('tells of a learner that looks perfect while half of the clean rows are wrong', () => {
    const verdict = curveVerdict(placed(faults(1000)), false);
    expect(verdict.kind).toBe('deceived');
    if (verdict.kind === 'deceived') {
      expect(verdict.line.name).toBe('Perceptron');
      expect(verdict.probe.name).toBe('Perceptron probe');
      expect(verdict.value).toBeLessThan(0.05);
      expect(verdict.probeValue).toBe(103 / 200);
    }
    const accuracy = curveVerdict(placed(faults(1000), 'accuracy'), true);
    expect(accuracy.kind).toBe('deceived');
  });

  it('does not hold a learner to clean rows of a world that is no more', () => {
    const curve = faults(2000);
    const drifts = curve.marks.flatMap(({ kind, start }) =>
      kind === 'drift' ? [start!] : []
    );
    expect(drifts).toEqual([1400]);
    expect(curveVerdict(placed(curve), false).kind).toBe('deceived');
    expect(curveVerdict(placed(curve), false, drifts).kind).toBe('ahead');
    // A flood before it is told of all the same.
    const flooded = placed(faults(1000));
    expect(curveVerdict(flooded, false, drifts).kind).toBe('deceived');
  });

  it('says who is ahead, by how much and since when, after the classes have changed places', () => {
    const verdict = curveVerdict(
      placed(faults(1500), 'loss', ['nightly', 'Perceptron']),
      false
    );
    expect(verdict.kind).toBe('ahead');
    if (verdict.kind === 'ahead') {
      expect([verdict.line.name, verdict.next.name]).toEqual([
        'Perceptron',
        'nightly'
      ]);
      expect(verdict.nextValue - verdict.value).toBeGreaterThan(0.5);
      expect(verdict.since).toBeGreaterThan(1400);
      expect(verdict.since).toBeLessThanOrEqual(1450);
      expect(verdict.isSure).toBe(true);
    }
  });

  it('says so when there is nothing, one line, or no difference', () => {
    expect(curveVerdict([], false).kind).toBe('empty');
    const curve = pair([0, 1, 0], [1, 0, 0]);
    const lines = placed(curve);
    expect(curveVerdict(lines.slice(0, 1), false).kind).toBe('one');
    const same = pair([0, 1, 0], [0, 1, 0]);
    expect(curveVerdict(placed(same), false).kind).toBe('even');
    // Three examples say little.
    const verdict = curveVerdict(placed(pair([0, 0, 0], [1, 1, 0])), false);
    expect(verdict.kind === 'ahead' && verdict.isSure).toBe(false);
    expect(verdict.kind === 'ahead' && verdict.since).toBe(1);
  });

  it('does not let a learner win with rows that it was fitted on', () => {
    const told = sessionOf([
      ...['a', 'b'].map((name, line) => ({
        Event: 'SparkglassCurveLine',
        Curve: 1,
        Line: line,
        Kind: line === 0 ? 'batch' : 'online',
        Name: name,
        Loss: 'zeroOne'
      })),
      ...[0, 1].map(line => ({
        Event: 'SparkglassCurvePoints',
        Curve: 1,
        Line: line,
        First: 0,
        Points: 2,
        At: [10, 20],
        Examples: 10,
        'Loss Sum': line === 0 ? [9, 0] : [5, 4],
        Flags: line === 0 ? [0, 1] : 0
      }))
    ]).curves.get(1)!;
    const verdict = curveVerdict(placed(told), false);
    expect(verdict.kind === 'ahead' && verdict.line.name).toBe('b');
  });
});

describe('the difference', () => {
  it('is taken where both lines are, and has a band that holds 0 for equal ones', () => {
    const lines = placed(pair([0, 1, 0, 1, 1], [0, 1, 0]));
    const { x, value, low, high } = differenceOf(lines[0]!, lines[1]!);
    expect([...x]).toEqual([1, 2, 3]);
    expect([...value]).toEqual([0, 0, 0]);
    for (let i = 0; i < x.length; i++) {
      expect(low[i]! < 0 && high[i]! > 0).toBe(true);
    }
  });
});

describe('detections', () => {
  const mark = (
    ordinal: number,
    kind: string,
    start: number,
    more: object = {}
  ): object => ({
    Event: 'SparkglassCurveMark',
    Curve: 1,
    Mark: ordinal,
    Kind: kind,
    Start: start,
    ...more
  });
  const truth = events.filter(
    ({ Event, Curve, Kind }) =>
      Event === 'SparkglassCurveMark' &&
      Curve === 1 &&
      ['fault', 'drift'].includes(Kind)
  );

  it('are matched to the faults: those of DDM on Adaline find all three, and are late by what they are late', () => {
    // Where DDM fired in the experiment of which these are the faults: 401, 810, 1002, 1414.
    const curve = sessionOf([
      ...truth,
      ...[401, 810, 1002, 1414, 1700].map((at, i) =>
        mark(10 + i, 'detection', at, { Line: 0, Direction: 'worse' })
      ),
      mark(20, 'detection', 1200, { Line: 0, Direction: 'better' }),
      mark(21, 'detection', 100, { Line: 1, Direction: 'worse' })
    ]).curves.get(1)!;
    const { faults: found, falseAlarms } = detectionScore(curve, 0);
    expect(found.map(({ delay }) => delay)).toEqual([1, 10, 14]);
    expect(falseAlarms.map(({ start }) => start)).toEqual([1700]);
    expect(
      detectionScore(curve, null).falseAlarms.map(({ start }) => start)
    ).toEqual([100, 1700]);
    const missed = detectionScore(curve, 1);
    expect(missed.faults.map(({ detection }) => detection)).toEqual([
      null,
      null,
      null
    ]);
  });
});

describe('freshness', () => {
  const serving = (
    version: number,
    trainedOn: number,
    examples: number,
    time: number
  ): object => ({
    Event: 'SparkglassCurveServing',
    Curve: 1,
    Line: 0,
    Version: version,
    'Trained On': trainedOn,
    Examples: examples,
    'Published At': 1000 * version,
    Time: time
  });

  it('is a saw-tooth: examples seen less examples learnt', () => {
    const curve = sessionOf([
      serving(1, 100, 100, 1000),
      serving(1, 100, 300, 1500),
      serving(2, 290, 310, 2000),
      serving(2, 290, 500, 2500)
    ]).curves.get(1)!;
    const [line] = curve.lines;
    const { served } = line!;
    const seen = seenBy(served, curve.lines);
    const { x, lag } = sawTooth(served, seen);
    expect([...x]).toEqual([100, 310, 310, 500]);
    expect([...lag]).toEqual([0, 210, 20, 210]);
    expect(freshnessOf(served, 2600, seen)).toMatchObject({
      ageMs: 600,
      lag: 210
    });
    expect(lagAt(served, 99)).toBeNull();
    expect(lagAt(served, 309)).toEqual({ version: '1', lag: 209 });
    expect(lagAt(served, 310)).toEqual({ version: '2', lag: 20 });
  });

  it('falls at each version that was published between two words of the kernel', () => {
    const curve = sessionOf([
      { ...serving(1, 0, 0, 1000), Published: [[1, 0, 0]] },
      {
        ...serving(4, 300, 350, 2000),
        Published: [
          [2, 100, 100],
          [3, 200, 240],
          [4, 300, 300]
        ]
      }
    ]).curves.get(1)!;
    const { served } = curve.lines[0]!;
    const { x, lag } = sawTooth(served, 350);
    expect([...x]).toEqual([0, 100, 100, 240, 240, 300, 300, 350]);
    expect([...lag]).toEqual([0, 100, 0, 140, 40, 100, 0, 50]);
  });

  it('is kept of a model that is no line, and told when nobody answers any more', () => {
    const curve = sessionOf([
      { ...serving(1, 10, 40, 1000), Line: null, Stopped: true }
    ]).curves.get(1)!;
    expect(freshnessOf(curve.served, 1500, 40)).toMatchObject({
      lag: 30,
      serving: { isStopped: true }
    });
    expect(curve.lines.every(({ served }) => served.now === null)).toBe(true);
  });

  it('is not known of a model that nobody serves', () => {
    const line = pair([0], [0]).lines[0]!;
    expect(freshnessOf(line.served, 0, 0)).toBeNull();
    expect(sawTooth(line.served, 0).x).toHaveLength(0);
  });
});
