import { Failure } from './failure';
import { Query } from './query';

function failureOf(read: () => unknown): [number, string] {
  try {
    read();
  } catch (error) {
    if (error instanceof Failure) {
      return [error.status, error.message];
    }
  }
  throw new Error('read after all');
}

it('reads quantiles as Java reads numbers between commas', () => {
  const read = (text: string): number[] =>
    new Query(`quantiles=${text}`).quantiles('');
  expect(read('0.5,0.25')).toEqual([0.25, 0.5]);
  expect(read('1e-1, .5d,1.,,')).toEqual([0.1, 0.5, 1]);
  expect(read(',')).toEqual([]);
  expect(failureOf(() => read(''))).toEqual([
    400,
    'Bad value for parameter "quantiles".  Expected a double, got ""'
  ]);
  expect(failureOf(() => read('1,,2'))[0]).toBe(400);
});

it('reads a day, a time, and a time of another zone', () => {
  const read = (text: string): number =>
    new Query(`minDate=${encodeURIComponent(text)}`).time('minDate', '');
  expect(read('2026-11-24')).toBe(Date.UTC(2026, 10, 24));
  expect(read('2026-11-31')).toBe(Date.UTC(2026, 11, 1));
  expect(read('2026-11-24T10:42:36.463GMT')).toBe(
    Date.UTC(2026, 10, 24, 10, 42, 36, 463)
  );
  expect(read('2026-11-24T10:42:36.463+0100')).toBe(
    Date.UTC(2026, 10, 24, 9, 42, 36, 463)
  );
  expect(read('2026-11-24T10:42')).toBe(Date.UTC(2026, 10, 24));
  expect(failureOf(() => read('today'))).toEqual([
    400,
    "Couldn't parse date: today"
  ]);
});

it('takes what is no number, flag or name for a page that does not exist', () => {
  const query = new Query('length=many&details=TRUE&status=Done&offset=');
  expect(failureOf(() => query.int('length', 1))).toEqual([404, 'Not Found']);
  expect(failureOf(() => query.names('status', ['FAILED']))[0]).toBe(404);
  expect(query.int('offset', 7)).toBe(7);
  expect(query.flag('details', false)).toBe(true);
  expect(query.flag('other', true)).toBe(true);
});
