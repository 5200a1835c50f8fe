import { Session, type Curve } from '../model';
import { addPoints } from '../model/apply-curve-points';
import { phasesOf, PhaseMeans } from './curve-phases';

function curveOf(events: readonly object[]): Curve {
  const session = new Session();
  session.apply({
    application: 0,
    backfill: false,
    events: [
      { Event: 'SparkglassCurve', Curve: 1, Name: 'c', Time: 0 },
      {
        Event: 'SparkglassCurveLine',
        Curve: 1,
        Line: 0,
        Kind: 'online',
        Loss: 'zeroOne'
      },
      ...events
    ] as never,
    rows: null
  });
  return session.curves.get(1)!;
}

const drift = (mark: number, start: number): object => ({
  Event: 'SparkglassCurveMark',
  Curve: 1,
  Mark: mark,
  Kind: 'drift',
  Name: `drift ${mark}`,
  Start: start
});

/** A point of four rows with their losses, or only their sum. */
const point = (
  first: number,
  at: number,
  losses: number[],
  more: object = {}
): object => ({
  Event: 'SparkglassCurvePoints',
  Curve: 1,
  Line: 0,
  First: first,
  Points: 1,
  At: [at],
  Examples: losses.length,
  Losses: losses,
  ...more
});

describe('the parts of a curve', () => {
  it('are between its drifts, each place once, and there are none without a drift', () => {
    expect(phasesOf(curveOf([]))).toEqual([]);
    const parts = phasesOf(curveOf([drift(1, 9), drift(0, 4), drift(2, 9)]));
    expect(parts).toEqual([
      { from: 0, to: 4, drift: null },
      { from: 4, to: 9, drift: 'drift 0' },
      { from: 9, to: Infinity, drift: 'drift 1' }
    ]);
  });

  it('have plain means, to the row where a batch lies across a drift', () => {
    const curve = curveOf([
      drift(0, 6),
      point(0, 4, [0, 1, 0, 0]),
      // Rows 5 to 8: two of each part.
      point(1, 8, [1, 0, 1, 1])
    ]);
    const means = new PhaseMeans(curve.lines[0]!);
    expect(means.of(phasesOf(curve))).toEqual([
      { mean: 2 / 6, examples: 6, isInSample: false },
      { mean: 1, examples: 2, isInSample: false }
    ]);
  });

  it('count where a batch ends when only its sum is known', () => {
    const curve = curveOf([
      drift(0, 6),
      point(0, 8, [1, 1, 0, 0], { Losses: undefined, 'Loss Sum': 2 })
    ]);
    const [before, after] = new PhaseMeans(curve.lines[0]!).of(phasesOf(curve));
    expect(before!.mean).toBeNaN();
    expect(after).toEqual({ mean: 0.5, examples: 4, isInSample: false });
  });

  it('leave rows that it was fitted on out of a mean of others, and repeats out of all', () => {
    const curve = curveOf([
      drift(0, 4),
      point(0, 4, [0, 0, 0, 1], { Flags: 1 }),
      point(1, 8, [0, 0, 0, 0], { Flags: 1 }),
      point(2, 10, [1, 0]),
      point(3, 10, [1, 1], { Flags: 2 })
    ]);
    expect(new PhaseMeans(curve.lines[0]!).of(phasesOf(curve))).toEqual([
      { mean: 0.25, examples: 4, isInSample: true },
      { mean: 0.5, examples: 2, isInSample: false }
    ]);
  });

  it('go on from point to point, and begin anew with another drift', () => {
    const curve = curveOf([drift(0, 4), point(0, 4, [0, 0, 1, 1])]);
    const line = curve.lines[0]!;
    const means = new PhaseMeans(line);
    expect(means.of(phasesOf(curve))[0]!.mean).toBe(0.5);
    addPoints(line, point(1, 8, [1, 1, 1, 0]) as never);
    expect(means.of(phasesOf(curve))[1]).toMatchObject({
      mean: 0.75,
      examples: 4
    });
    expect(means.of([{ from: 0, to: Infinity, drift: null }])).toEqual([
      { mean: 5 / 8, examples: 8, isInSample: false }
    ]);
  });
});
