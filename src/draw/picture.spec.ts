import { sideOf } from './picture-boxes';
import { isSeen, overlap } from './picture-pen';
import { lastFitting, trimmed } from './picture-text';

const box = { left: 10, top: 20, right: 50, bottom: 40 };

it('says what two boxes share', () => {
  const other = { left: 40, top: 0, right: 90, bottom: 30 };
  expect(overlap(box, other)).toEqual({
    left: 40,
    top: 20,
    right: 50,
    bottom: 30
  });
  expect(isSeen(overlap(box, other))).toBe(true);
  expect(isSeen(overlap(box, { ...other, left: 50 }))).toBe(false);
});

it.each([
  ['top', { ...box, bottom: 23 }],
  ['right', { ...box, left: 47 }],
  ['bottom', { ...box, top: 37 }],
  ['left', { ...box, right: 13 }]
] as const)('a border at the %s is a bar', (side, bar) => {
  expect(sideOf(box, side, 3)).toEqual(bar);
});

it('takes the blanks at the ends of a line away', () => {
  expect(trimmed('ab  cd  ', 2, 8)).toEqual([4, 6]);
  expect(trimmed('abc', 0, 3)).toEqual([0, 3]);
  const [from, to] = trimmed('   ', 0, 3);
  expect(from).toBeGreaterThanOrEqual(to);
});

it.each([0, 1, 7, 10])('finds that %p letters fit', most => {
  expect(lastFitting(0, 10, at => at <= most)).toBe(most);
});
