/** @jest-environment jsdom */
import { plainWords } from '../../draw/words';
import { Curve, CurveLine, type IAwaited } from '../../model';
import { Awaited } from './awaited';
import { emptyWords } from './curve-words';
import { textOf } from './fixtures/text-of';

/** The row of a line whose labels come later. */
function rowOf(awaited: IAwaited | null, endTime: number | null): string {
  const curve = new Curve(1);
  curve.endTime = endTime;
  const line = new CurveLine(curve, 0);
  line.name = 'perceptron';
  line.awaited = awaited;
  return textOf(
    <Awaited
      line={line}
      trans={plainWords}
      onExplain={() => undefined}
      onHide={() => undefined}
    />
  );
}

const AWAITED: IAwaited = {
  rows: 3,
  labelled: 1200,
  delays: [2.5, 1004],
  letGo: 0,
  time: 2000
};

describe('labels that come later', () => {
  it('are not spoken of where they come with their rows', () => {
    expect(rowOf(null, null)).toBe('');
  });

  it('are so many still to come, and so late', () => {
    const words = rowOf(AWAITED, null);
    expect(words).toContain('Labels of perceptron come later');
    expect(words).toContain('2.5 rows, at most 1,004');
    expect(words).toContain('3 rows await their labels');
    expect(words).not.toContain('any more');
  });

  it('never came when the curve has ended', () => {
    expect(rowOf(AWAITED, 3000)).toContain('3 rows never got their labels');
    expect(rowOf({ ...AWAITED, rows: 0 }, 3000)).toContain(
      'every row has its label'
    );
  });

  it('are some that nobody waits for, and of the first nothing is known', () => {
    const words = rowOf({ ...AWAITED, delays: [], letGo: 2 }, null);
    expect(words).toContain('2 rows are not awaited any more');
    expect(words).not.toContain('at most');
  });

  it('are why there is no point yet', () => {
    const curve = new Curve(1);
    curve.name = 'late';
    const line = new CurveLine(curve, 0);
    curve.lines.push(line);
    line.awaited = { ...AWAITED, labelled: 0, delays: [] };
    expect(emptyWords(curve, plainWords)).toContain(
      'No point yet on late: 3 rows were predicted and await their labels.'
    );
  });
});
