import { Session, type CellRun } from '../model';
import { earlierCurves, MOST_EARLIER } from './curve-runs';

/** A cell that was run so many times, each with a curve of one point. */
function runsOf(count: number, name = 'c', cell = 'a', first = 1): CellRun[] {
  const session = new Session();
  for (let i = first; i < first + count; i++) {
    session.apply({
      application: 0,
      backfill: false,
      rows: null,
      events: [
        {
          Event: 'SparkglassCellStart',
          'Run ID': `${cell}${i}`,
          'Cell ID': cell,
          Number: i
        },
        {
          Event: 'SparkglassCurve',
          Curve: i,
          Name: name,
          'Run ID': `${cell}${i}`
        },
        {
          Event: 'SparkglassCurvePoints',
          Curve: i,
          Line: 0,
          First: 0,
          Points: 1,
          At: 1,
          Examples: 1,
          'Loss Sum': 0
        },
        { Event: 'SparkglassCellEnd', 'Run ID': `${cell}${i}` }
      ] as never
    });
  }
  return [...session.runsOfCell(cell)];
}

describe('earlier runs of a curve', () => {
  it('are those of the same cell and name, the newest of them, counted from the first', () => {
    const runs = runsOf(11);
    const last = runs[10]!;
    const { earlier, number } = earlierCurves(last, last.curves[0]!, []);
    expect(number).toBe(11);
    expect(earlier).toHaveLength(MOST_EARLIER);
    expect(earlier.map(one => one.number)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    expect(earlier[7]!.curve).toBe(runs[9]!.curves[0]);
    // A run that is looked at again has only those before it.
    const second = runs[1]!;
    expect(
      earlierCurves(second, second.curves[0]!, []).earlier.map(({ key }) => key)
    ).toEqual(['a1']);
  });

  it('are none of another name, and none where a curve is of no cell', () => {
    const [one] = runsOf(1, 'other');
    const [, two] = runsOf(2);
    expect(earlierCurves(null, two!.curves[0]!, []).earlier).toEqual([]);
    expect(earlierCurves(two!, one!.curves[0]!, []).earlier).toEqual([]);
  });

  it('have the run of the file among them, unless it is one of those that are there', () => {
    const runs = runsOf(2);
    const two = runs[1]!;
    const [saved] = runsOf(1, 'c', 'b');
    expect(earlierCurves(two, two.curves[0]!, [saved!]).earlier).toMatchObject([
      { key: 'b1', number: null },
      { key: 'a1', number: 1 }
    ]);
    expect(
      earlierCurves(two, two.curves[0]!, [runs[0]!]).earlier.map(
        ({ number }) => number
      )
    ).toEqual([1]);
  });
});
