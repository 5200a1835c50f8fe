import {
  gini,
  maxOverMedian,
  maxOverOthers,
  quantile,
  skewOf,
  topShare,
  variation
} from './skew';

const of = (...values: number[]): Float64Array =>
  Float64Array.from(values).sort();

/** Numbers that look random and are the same each time (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const samples = Array.from({ length: 60 }, (_, seed) => {
  const next = random(seed);
  const n = 1 + Math.floor(next() * 300);
  return Float64Array.from({ length: n }, () =>
    next() < 0.2 ? 0 : Math.floor(next() ** 4 * 1e6)
  );
});

describe('known values', () => {
  it('of partitions that are all alike', () => {
    const values = of(7, 7, 7, 7);
    const skew = skewOf(values);
    expect(skew).toMatchObject({ count: 4, total: 28, median: 7, max: 7 });
    expect(skew.maxAt).toBe(0);
    expect(topShare(skew)).toBe(0.25);
    expect(maxOverMedian(values)).toBe(1);
    expect(maxOverOthers(values)).toBe(1);
    expect(variation(values)).toBe(0);
    expect(gini(values)).toBe(0);
  });

  it('of one partition that has everything', () => {
    const values = Float64Array.of(0, 0, 0, 0, 100);
    expect(skewOf(values)).toMatchObject({ maxAt: 4, empty: 4, mean: 20 });
    expect(topShare(skewOf(values))).toBe(1);
    expect(variation(values)).toBeCloseTo(2, 12);
    expect(gini(values)).toBeCloseTo(0.8, 12);
    expect(maxOverMedian(values)).toBe(100);
  });

  it('of one to five', () => {
    const values = of(5, 3, 1, 4, 2);
    expect(variation(values)).toBeCloseTo(Math.SQRT2 / 3, 12);
    expect(gini(values)).toBeCloseTo(4 / 15, 12);
    expect(maxOverMedian(values)).toBeCloseTo(5 / 3, 12);
    expect(maxOverOthers(values)).toBeCloseTo(5 / 3, 12);
  });

  it('of two: only without the largest in it does a median say anything', () => {
    const values = of(290, 710);
    expect(maxOverMedian(values)).toBeCloseTo(1.42, 12);
    expect(maxOverOthers(values)).toBeCloseTo(710 / 290, 12);
    expect(topShare(skewOf(values))).toBeCloseTo(0.71, 12);
  });

  it('of none, and of nothing', () => {
    expect(skewOf(of())).toMatchObject({ count: 0, max: 0, maxAt: -1 });
    for (const values of [of(), of(0, 0)]) {
      expect(gini(values)).toBe(0);
      expect(variation(values)).toBe(0);
      expect(maxOverMedian(values)).toBe(0);
      expect(topShare(skewOf(values))).toBe(0);
    }
  });

  it('quantiles are those of Spark’s stage page', () => {
    const sorted = of(1, 2, 3, 4);
    expect([0, 0.25, 0.5, 0.75, 0.95, 1].map(q => quantile(sorted, q))).toEqual(
      [1, 2, 3, 4, 4, 4]
    );
  });
});

describe('properties of all of them', () => {
  it.each(samples)('sample %#: bounds', values => {
    const n = values.length;
    const skew = skewOf(values);
    expect(skew.max).toBe(Math.max(...values));
    expect(values[skew.maxAt]).toBe(skew.max);
    expect(skew.median).toBeLessThanOrEqual(skew.p95);
    expect(skew.p95).toBeLessThanOrEqual(skew.max);
    expect(gini(skew.sorted)).toBeGreaterThanOrEqual(-1e-12);
    expect(gini(skew.sorted)).toBeLessThanOrEqual(1 - 1 / n + 1e-12);
    expect(variation(values)).toBeLessThanOrEqual(Math.sqrt(n - 1) + 1e-9);
    if (skew.total > 0) {
      expect(topShare(skew)).toBeGreaterThanOrEqual(1 / n - 1e-12);
    }
  });

  it.each(samples)('sample %#: neither order nor unit matters', values => {
    const other = values.map(value => value * 1024).reverse();
    const [a, b] = [skewOf(values), skewOf(other)];
    expect(gini(b.sorted)).toBeCloseTo(gini(a.sorted), 9);
    expect(variation(other)).toBeCloseTo(variation(values), 9);
    expect(topShare(b)).toBeCloseTo(topShare(a), 9);
  });

  it.each(samples.filter(values => values.length > 1))(
    'sample %#: moving something from the largest to the smallest makes it more even',
    sample => {
      const values = sample.slice().sort();
      const n = values.length;
      const moved = values.slice();
      const step = (values[n - 1]! - values[0]!) / 3;
      moved[n - 1]! -= step;
      moved[0]! += step;
      expect(gini(moved.slice().sort())).toBeLessThanOrEqual(
        gini(values) + 1e-12
      );
      expect(variation(moved)).toBeLessThanOrEqual(variation(values) + 1e-12);
      expect(topShare(skewOf(moved))).toBeLessThanOrEqual(
        topShare(skewOf(values)) + 1e-12
      );
    }
  );
});
