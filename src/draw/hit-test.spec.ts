import { firstAfter, intervalAt, rowAt } from './hit-test';

const starts = [10, 20, 50];
const ends = [20, 30, 51];

it.each([
  [15, 0, 0],
  [20, 0, 1],
  [29.9, 0, 1],
  [30, 0, 1],
  [30.1, 0, -1],
  [33, 5, 1],
  [46, 5, 2],
  [40, 5, -1],
  [40, 10, 1],
  [9, 0, -1],
  [9, 1, 0],
  [60, 5, -1]
])('at %p with reach %p finds %p', (time, reach, expected) => {
  expect(intervalAt(starts, ends, 3, time, reach)).toBe(expected);
});

it('finds nothing among nothing, and ignores what lies beyond the count', () => {
  expect(intervalAt([], [], 0, 5, 100)).toBe(-1);
  expect(intervalAt(starts, ends, 2, 50, 1)).toBe(-1);
});

it('counts what is not above a limit', () => {
  expect(
    [5, 10, 49, 50, 99].map(limit => firstAfter(starts, 3, limit))
  ).toEqual([0, 1, 2, 3, 3]);
});

it('finds the row under a pixel', () => {
  const bands = { top: 20, pitch: 14, count: 3 };
  expect([19, 20, 33, 34, 61, 62].map(y => rowAt(bands, y))).toEqual([
    -1, 0, 0, 1, 2, -1
  ]);
});
