import type { ISparkEvent } from '../events';
import { CurveExamples } from './curve-examples';
import { CurvePoints, type IPoint, type PointColumn } from './curve-points';
import { Session } from './session';

const opened = {
  Event: 'SparkglassCurve',
  Curve: 1,
  Name: 'iris',
  'Run ID': 'r1',
  Classes: ['no', 'yes'],
  Alpha: 0.9,
  Time: 1000
};
const line = {
  Event: 'SparkglassCurveLine',
  Curve: 1,
  Line: 0,
  Name: 'perceptron',
  Kind: 'online',
  Loss: 'zeroOne',
  Learner: 'Perceptron',
  Time: 1001
};

/** Three points of two examples each, from an ordinal on; of each the second is wrong. */
function points(first: number, more: object = {}): ISparkEvent {
  const ordinals = [first, first + 1, first + 2];
  return {
    Event: 'SparkglassCurvePoints',
    Curve: 1,
    Line: 0,
    First: first,
    Points: 3,
    'Run ID': 'r1',
    At: ordinals.map(i => 2 * (i + 1)),
    Examples: 2,
    'Loss Sum': 1,
    Elapsed: ordinals.map(i => 10 * i),
    Labels: [0, 1, 0, 1, 0, 1],
    Predictions: [0, 0, 0, -1, 0, 0],
    ...more
  };
}

function sessionOf(...events: ISparkEvent[]): Session {
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

function column(session: Session, name: PointColumn): number[] {
  const { points } = session.curves.get(1)!.lines[0]!;
  return [...points.column(name).subarray(0, points.length)];
}

describe('curves', () => {
  it('hang on the session and on the run of their cell, and need no Spark', () => {
    const session = sessionOf(opened, line, points(0));
    const curve = session.curves.get(1)!;
    expect([curve.name, curve.alpha, curve.classes, curve.startTime]).toEqual([
      'iris',
      0.9,
      ['no', 'yes'],
      1000
    ]);
    expect(session.applications.size).toBe(0);
    const run = session.runs.get('r1')!;
    expect(run.curves).toEqual([curve]);
    expect(run.usedSpark).toBe(true);
    const [only] = curve.lines;
    expect([only!.kind, only!.loss, only!.learner]).toEqual([
      'online',
      'zeroOne',
      'Perceptron'
    ]);
  });

  it('take further classes when they come, and are not opened twice', () => {
    const session = sessionOf(opened, {
      ...opened,
      Classes: ['no', 'yes', 'both'],
      Name: 'other'
    });
    expect(session.curves.get(1)!.classes).toEqual(['no', 'yes', 'both']);
    expect(session.curves.get(1)!.name).toBe('iris');
    expect(session.runs.get('r1')!.curves).toHaveLength(1);
  });

  it('have points with their sums, their examples and their maker', () => {
    const session = sessionOf(
      opened,
      line,
      points(0, { 'Query Run ID': 'q', 'Batch ID': [4, 5, 6] })
    );
    const only = session.curves.get(1)!.lines[0]!;
    expect(column(session, 'at')).toEqual([2, 4, 6]);
    expect(column(session, 'lossSquares')).toEqual([1, 1, 1]);
    expect(column(session, 'modelBytes')).toEqual([NaN, NaN, NaN]);
    expect([...only.examples.losses.subarray(0, 6)]).toEqual([
      0, 1, 0, 1, 0, 1
    ]);
    expect([...only.examples.predictions.subarray(0, 6)]).toEqual([
      2, 2, 2, 1, 2, 2
    ]);
    expect(only.points.originOf(1)).toEqual({
      cellRunId: 'r1',
      queryRunId: 'q'
    });
    expect(only.points.rowOfBatch('q', 5)).toBe(1);
    expect(only.points.rowOfBatch('other', 5)).toBe(-1);
  });

  it('take what is told twice once, and what comes late in its place', () => {
    const session = sessionOf(
      opened,
      line,
      points(3),
      points(3),
      points(1),
      points(0)
    );
    const only = session.curves.get(1)!.lines[0]!;
    expect(column(session, 'ordinal')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(column(session, 'at')).toEqual([2, 4, 6, 8, 10, 12]);
    expect(only.examples.end).toBe(12);
    expect(only.points.missing).toBe(0);
    // Whoever has computed anything of the rows must do it again.
    expect(only.points.changes).toBeGreaterThan(0);
  });

  it('say how many points are missing', () => {
    const session = sessionOf(opened, line, points(0), points(7));
    expect(session.curves.get(1)!.lines[0]!.points.missing).toBe(4);
  });

  it('keep gaps, and losses that are no numbers, as what they are', () => {
    const session = sessionOf(
      opened,
      line,
      points(0, {
        Examples: [0, 1, 1],
        'Loss Sum': [0, null, 1],
        Labels: undefined,
        Predictions: undefined
      })
    );
    expect(column(session, 'examples')).toEqual([0, 1, 1]);
    expect(column(session, 'lossSum')).toEqual([0, NaN, 1]);
    expect(column(session, 'firstExample')).toEqual([NaN, NaN, NaN]);
  });

  it('read what has no fields at all', () => {
    const names = ['', 'Line', 'Points', 'Mark', 'Serving', 'Boundary', 'End'];
    const bare = names.map(name => ({ Event: `SparkglassCurve${name}` }));
    expect(sessionOf(...bare).curves.size).toBe(0);
    const session = sessionOf(
      ...bare.map(event => ({ ...event, Curve: 1, Line: 0 }))
    );
    expect(session.curves.get(1)!.lines).toHaveLength(1);
    expect(session.curves.get(1)!.endReason).toBe('finished');
  });

  it('have marks in order; the same one again replaces it', () => {
    const mark = {
      Event: 'SparkglassCurveMark',
      Curve: 1,
      Kind: 'fault',
      Name: 'flood'
    };
    const session = sessionOf(
      opened,
      { ...mark, Mark: 1, Start: 800 },
      { ...mark, Mark: 0, Start: 400, End: 500, Detail: { eta: 1 } },
      { ...mark, Mark: 1, Start: 800, End: 1000 }
    );
    expect(
      session.curves
        .get(1)!
        .marks.map(({ ordinal, start, end, detail }) => [
          ordinal,
          start,
          end,
          detail
        ])
    ).toEqual([
      [0, 400, 500, '{"eta":1}'],
      [1, 800, 1000, '']
    ]);
  });

  it('know which line a job is of', () => {
    const session = new Session();
    session.apply({
      application: 1,
      backfill: false,
      rows: null,
      events: ['1:0', 'x', undefined].map((curve, id) => ({
        Event: 'SparkListenerJobStart',
        'Job ID': id,
        'Submission Time': 1,
        Properties: { 'sparkglass.curve': curve }
      }))
    });
    expect([...session.latest!.jobs.values()].map(job => job.curve)).toEqual([
      { curve: 1, line: 0 },
      null,
      null
    ]);
  });

  it('know how many labels are still to come, and how late they are', () => {
    const told = (more: object): ISparkEvent => ({
      Event: 'SparkglassCurveAwaited',
      Curve: 1,
      Line: 0,
      Awaited: 3,
      Labelled: 5,
      Delays: [2.5, 4],
      'Let Go': 1,
      Time: 2000,
      ...more
    });
    const awaited = (...events: ISparkEvent[]): unknown =>
      sessionOf(opened, line, ...events).curves.get(1)!.lines[0]!.awaited;
    expect(awaited()).toBeNull();
    expect(awaited(told({ Delays: null, Labelled: 0 }))).toMatchObject({
      labelled: 0,
      delays: []
    });
    // The newest counts, also when an older one comes again.
    expect(
      awaited(told({ Awaited: 2, Time: 3000 }), told({ Awaited: 9 }))
    ).toEqual({
      rows: 2,
      labelled: 5,
      delays: [2.5, 4],
      letGo: 1,
      time: 3000
    });
  });

  it('keep how a model was served within a bound, each version among it', () => {
    const session = sessionOf(
      opened,
      line,
      ...Array.from({ length: 5000 }, (_, i) => ({
        Event: 'SparkglassCurveServing',
        Curve: 1,
        Line: 0,
        Version: Math.floor(i / 500),
        Examples: i,
        Time: 1000 + i,
        Latencies: [1, 2, 3]
      }))
    );
    const { servings } = session.curves.get(1)!.lines[0]!.served;
    expect(servings.length).toBeLessThanOrEqual(1024);
    expect(servings[servings.length - 1]!.examples).toBe(4999);
    expect(new Set(servings.map(({ version }) => version)).size).toBe(10);
  });
});

describe('CurveExamples', () => {
  it('lets the oldest go, and says which', () => {
    const examples = new CurveExamples(80);
    for (let i = 0; i < 200; i++) {
      examples.push({ loss: i % 7 });
      examples.trim();
    }
    expect(examples.end).toBe(200);
    expect(examples.end - examples.first).toBeLessThanOrEqual(80);
    expect(examples.end - examples.first).toBeGreaterThan(60);
    for (let place = examples.first; place < examples.end; place++) {
      expect(examples.losses[place - examples.first]).toBe(place % 7);
    }
  });

  it('holds three bytes an example of few classes', () => {
    const examples = new CurveExamples();
    for (let i = 0; i < 1 << 16; i++) {
      examples.push({ loss: i & 1, label: 1, prediction: 1 - (i & 1) });
    }
    expect(examples.byteLength).toBe(3 << 16);
  });
});

describe('CurvePoints', () => {
  const point = (i: number, more: object = {}): IPoint => ({
    ordinal: i,
    at: 3 * (i + 1),
    examples: 3,
    lossSum: i % 4,
    lossSquares: i % 4,
    elapsedMs: 10 * i,
    visits: 3 * i,
    pythonCpuNs: 100,
    modelBytes: NaN,
    batchId: NaN,
    flags: 0,
    firstExample: 3 * i,
    origin: 0,
    ...more
  });
  const sum = (points: CurvePoints, name: PointColumn): number => {
    let total = 0;
    for (let row = 0; row < points.length; row++) {
      total += points.at(row, name);
    }
    return total;
  };

  it('lays neighbours together when there are too many, and loses no sum', () => {
    const points = new CurvePoints(100);
    for (let i = 0; i < 1000; i++) {
      points.add(point(i, { flags: i >= 300 && i < 304 ? 1 : 0 }));
    }
    expect(points.length).toBeLessThanOrEqual(100);
    expect(sum(points, 'examples')).toBe(3000);
    expect(sum(points, 'lossSum')).toBe(1500);
    expect(sum(points, 'points')).toBe(1000);
    expect(sum(points, 'pythonCpuNs')).toBe(100_000);
    // The newest as they were, the last of each pair where it was.
    expect(points.at(points.length - 1, 'at')).toBe(3000);
    expect(points.at(points.length - 1, 'points')).toBe(1);
    for (let row = 0; row < points.length; row++) {
      const ordinal = points.at(row, 'ordinal');
      expect(points.at(row, 'at')).toBe(3 * (ordinal + 1));
      expect(points.at(row, 'firstExample') + points.at(row, 'examples')).toBe(
        3 * (ordinal + 1)
      );
    }
    expect(points.missing).toBe(0);
    // What had been told before is not taken again.
    expect(points.knows(0)).toBe(true);
    expect(points.knows(1000)).toBe(false);
  });

  it('never lays an in-sample point together with an honest one', () => {
    const points = new CurvePoints(64);
    for (let i = 0; i < 500; i++) {
      points.add(point(i, { flags: i < 101 ? 1 : 0 }));
    }
    let inSample = 0;
    for (let row = 0; row < points.length; row++) {
      inSample += points.has(row, 'inSample') ? points.at(row, 'points') : 0;
    }
    expect(inSample).toBe(101);
  });
});
