import { priceWords } from './settings';

const HOUR_NS = 3.6e12;

describe('what processor time comes to', () => {
  it.each([
    [HOUR_NS, 0.12, '0.12'],
    [2.5 * HOUR_NS, 4, '10'],
    [HOUR_NS / 3600, 0.12, '0.0000333'],
    [0, 0.12, '0'],
    [HOUR_NS, 0, '0'],
    [HOUR_NS, 1234.5, '1,234.5']
  ])('%d ns at %d an hour: %s', (cpuNs, price, words) => {
    expect(priceWords(cpuNs, price)).toBe(words);
  });
});
