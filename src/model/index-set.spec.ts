import { IndexSet } from './index-set';

const NUMBERS = [0, 31, 32, 1000, 2 ** 24 - 1, 2 ** 24, 2 ** 40, -1];

it('counts every number once', () => {
  const set = new IndexSet();
  for (const number of [...NUMBERS, ...NUMBERS]) {
    set.add(number);
  }
  expect(set.size).toBe(NUMBERS.length);
  expect(set.add(31)).toBe(false);
  expect(set.add(30)).toBe(true);
  NUMBERS.forEach(number => expect(set.has(number)).toBe(true));
  [1, 33, 2 ** 24 + 1, -2, 5000].forEach(number =>
    expect(set.has(number)).toBe(false)
  );
});

it('takes over another set', () => {
  const other = new IndexSet();
  NUMBERS.forEach(number => other.add(number));
  const set = new IndexSet();
  set.add(31);
  set.add(77);
  set.addAll(other);
  expect(set.size).toBe(NUMBERS.length + 1);
  NUMBERS.forEach(number => expect(set.has(number)).toBe(true));
});
