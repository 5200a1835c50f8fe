import { nthSmallest } from './nth';

/** A generator of numbers that are the same each time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

it('finds what sorting would find', () => {
  const next = numbers(7);
  for (let round = 0; round < 300; round++) {
    const count = 1 + Math.floor(next() * 40);
    const span = round % 3 === 0 ? 3 : 1000;
    const values = Float64Array.from({ length: count }, () =>
      Math.floor(next() * span)
    );
    const sorted = values.slice().sort();
    const place = Math.floor(next() * count);
    expect(nthSmallest(values, place)).toBe(sorted[place]);
  }
});

it('is not slow on equal and on sorted values', () => {
  const equal = new Float64Array(200_000);
  const rising = Float64Array.from(equal, (_, i) => i);
  const began = performance.now();
  expect(nthSmallest(equal, 100_000)).toBe(0);
  expect(nthSmallest(rising, 100_000)).toBe(100_000);
  expect(performance.now() - began).toBeLessThan(2000);
});
