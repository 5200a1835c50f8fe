import { fill, plainWords } from './words';

it('puts arguments into their places', () => {
  expect(plainWords.__('%2 of %1', 'a', 'b')).toBe('b of a');
  expect(fill('%1 and %3', ['a'])).toBe('a and %3');
});

it('chooses the plural form by the number', () => {
  expect(plainWords._n('%1 job', '%1 jobs', 1)).toBe('1 job');
  expect(plainWords._n('%1 job of %2', '%1 jobs of %2', 0, 7)).toBe(
    '0 jobs of 7'
  );
});
