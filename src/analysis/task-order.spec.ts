import { modelOf } from '../model/fixtures/models';
import {
  isText,
  numberReader,
  TASK_COLUMN_NAMES,
  textReader
} from './task-columns';
import { sortByValues, sortRows } from './task-order';

const rowsUpTo = (count: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => i);

describe.each(['retries-4.3', 'failures-3.5', 'everyday-4.3'])(
  'the tasks of %s',
  name => {
    const application = modelOf(name);
    const rows = rowsUpTo(application.tasks.length);

    it.each(TASK_COLUMN_NAMES.filter(column => !isText(column)))(
      'by %s',
      column => {
        const read = numberReader(application, column, application.now);
        for (const sign of [1, -1]) {
          const expected = [...rows].sort(
            (a, b) => sign * (read(a) - read(b)) || a - b
          );
          expect([
            ...sortRows(application, rows, column, sign < 0, application.now)
          ]).toEqual(expected);
        }
      }
    );

    it('by words, with what says nothing last', () => {
      const read = textReader(application, 'error');
      const texts = [
        ...sortRows(application, rows, 'error', false, application.now)
      ].map(read);
      const some = texts.filter(text => text !== '');
      expect(texts.slice(some.length).every(text => text === '')).toBe(true);
      const collator = new Intl.Collator('en', { numeric: true });
      expect(some).toEqual([...some].sort(collator.compare));
    });

    it('by stage as a number, not as a word', () => {
      const read = textReader(application, 'stage');
      const stages = [
        ...sortRows(application, rows, 'stage', false, application.now)
      ].map(row => Number(read(row)));
      expect(stages).toEqual([...stages].sort((a, b) => a - b));
    });
  }
);

describe('sorting by values of any size', () => {
  const rows = rowsUpTo(5000);

  it.each([2, 2047, 2048, 2 ** 22, 2 ** 32, 2 ** 40, 2 ** 52])(
    'up to %d',
    span => {
      let state = 12345;
      const values = Float64Array.from(rows, () => {
        state = (state * 1103515245 + 12345) % 2 ** 31;
        return Math.floor((state / 2 ** 31) * span);
      });
      for (const sign of [1, -1]) {
        const expected = [...rows].sort(
          (a, b) => sign * (values[a]! - values[b]!) || a - b
        );
        expect([...sortByValues(rows, values, sign < 0)]).toEqual(expected);
      }
    }
  );

  it('takes none, one and equal ones as they are', () => {
    expect([...sortByValues(new Int32Array(0), [], false)]).toEqual([]);
    expect([...sortByValues(Int32Array.of(7), [3], true)]).toEqual([7]);
    expect([...sortByValues(Int32Array.of(7, 2, 5), [1, 1, 1], true)]).toEqual([
      7, 2, 5
    ]);
  });
});
