import {
  formatBytes,
  formatClock,
  formatCount,
  formatDuration,
  formatShare,
  formatTimes,
  roundHalfUp,
  setLanguage
} from './format';

afterEach(() => setLanguage('en'));

describe('roundHalfUp', () => {
  it.each([
    [0.15, 1, 0.2],
    [0.25, 1, 0.3],
    [1.005, 2, 1.01],
    [-0.15, 1, -0.2],
    [2.5, 0, 3],
    [1e-9, 1, 0],
    [1e22, 1, 1e22]
  ])('rounds %p to %p digits as Java does: %p', (value, digits, expected) => {
    expect(roundHalfUp(value, digits)).toBe(expected);
  });
});

describe('formatBytes', () => {
  // What `formatBytes` of Spark's utils.js gives for the same numbers.
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1,023 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [220645376, '210.4 MiB'],
    [1395864371, '1.3 GiB'],
    [1024 ** 4 * 3, '3 TiB'],
    [-5, '0 B'],
    [NaN, '–']
  ])('words %p as %p', (bytes, words) => {
    expect(formatBytes(bytes)).toBe(words);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.44, '0.4 ms'],
    [120, '120 ms'],
    [999, '999 ms'],
    [999.6, '1.0 s'],
    [3200, '3.2 s'],
    [59949, '59.9 s'],
    [59950, '1.0 min'],
    [126000, '2.1 min'],
    [3597000, '1.0 h'],
    [4680000, '1.3 h'],
    [2.4 * 86400000, '2.4 d'],
    [-3, '0 ms']
  ])('words %p ms as %p', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});

it('words shares, ratios and counts', () => {
  expect(formatShare(0.8149)).toBe('81 %');
  expect(formatShare(0.021)).toBe('2.1 %');
  expect(formatShare(0)).toBe('0 %');
  expect(formatShare(0.0002)).toBe('< 0.1 %');
  expect(formatTimes(3.44)).toBe('3.4 ×');
  expect(formatTimes(12.4)).toBe('12 ×');
  expect(formatCount(1204)).toBe('1,204');
});

it('uses the decimal sign and groups of the language', () => {
  setLanguage('pl_PL');
  expect(formatDuration(3200)).toBe('3,2 s');
  expect(formatBytes(1395864371)).toBe('1,3 GiB');
  setLanguage('not a language');
  expect(formatDuration(3200)).toBe('3.2 s');
});

it('tells the time of day to the millisecond', () => {
  const time = new Date(2026, 10, 24, 14, 3, 7, 120).getTime();
  expect(formatClock(time)).toBe('14:03:07.120');
  expect(formatClock(0)).toBe('–');
});
