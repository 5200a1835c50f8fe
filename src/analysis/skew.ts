// Pure statistics (3) of one figure a partition: what is uneven, and how much.

/** How unevenly an amount is spread over partitions. All in the unit of the values; shares and ratios are numbers from 0. */
export interface ISkew {
  /** The values from the smallest to the largest. */
  readonly sorted: Float64Array;
  /** How many partitions. */
  readonly count: number;
  readonly total: number;
  readonly mean: number;
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
  /** Which partition has the most, by its place among the values; the first of equal ones, -1 of none. */
  readonly maxAt: number;
  /** How many have nothing. */
  readonly empty: number;
}

/** The value at a quantile as Spark's stage page picks it: sorted, at `min(floor(q·n), n − 1)` (`AppStatusStore.taskSummary`). */
export function quantile(sorted: Float64Array, q: number): number {
  const n = sorted.length;
  return n === 0 ? 0 : sorted[Math.min(Math.floor(q * n), n - 1)]!;
}

/**
 * The figures of some partitions.
 *
 * @param values - one a partition, none below 0.
 */
export function skewOf(values: Float64Array): ISkew {
  const sorted = Float64Array.from(values).sort();
  const count = values.length;
  let total = 0;
  let max = 0;
  let maxAt = -1;
  let empty = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    total += value;
    empty += value === 0 ? 1 : 0;
    if (maxAt < 0 || value > max) {
      max = value;
      maxAt = i;
    }
  }
  return {
    sorted,
    count,
    total,
    mean: count > 0 ? total / count : 0,
    min: quantile(sorted, 0),
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    max,
    maxAt,
    empty
  };
}

/**
 * How many times the median the largest partition is; 1 when all are alike, 0 when all are empty.
 *
 * @param sorted - from the smallest; the same below.
 *
 * The measure by which adaptive execution finds skewed partitions (`OptimizeSkewedJoin`, from 5 on): its median is that of
 * `org.apache.spark.util.Utils.median`, the mean of the two middle values of an even number, and at least 1.
 */
export function maxOverMedian(sorted: Float64Array): number {
  const n = sorted.length;
  if (n === 0) {
    return 0;
  }
  const middle =
    n % 2 === 1
      ? sorted[(n - 1) / 2]!
      : (sorted[n / 2 - 1]! + sorted[n / 2]!) / 2;
  return sorted[n - 1]! / Math.max(1, middle);
}

/**
 * How many times as large the largest partition is as the others' median (as `quantile` picks it; at least 1).
 *
 * `maxOverMedian` of two partitions can never be above 2, as the largest counts in its own median: left out of it, also two
 * partitions can be judged. (Leaving a suspect out before judging it: Grubbs, "Procedures for Detecting Outlying Observations in
 * Samples", Technometrics 11, 1969.)
 */
export function maxOverOthers(sorted: Float64Array): number {
  const n = sorted.length;
  if (n < 2) {
    return n;
  }
  const others = sorted.subarray(0, n - 1);
  return sorted[n - 1]! / Math.max(1, quantile(others, 0.5));
}

/**
 * Coefficient of variation: standard deviation by mean (of the whole population, not of a sample of it); 0 when all are alike, and
 * √(n − 1) when one of n has everything.
 *
 * Pearson, "Regression, Heredity, and Panmixia", Philosophical Transactions A 187, 1896.
 */
export function variation(values: Float64Array): number {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += values[i]!;
  }
  const mean = sum / n;
  if (!(mean > 0)) {
    return 0;
  }
  let squares = 0;
  for (let i = 0; i < n; i++) {
    squares += (values[i]! - mean) ** 2;
  }
  return Math.sqrt(squares / n) / mean;
}

/**
 * Gini coefficient: 0 when all are alike, 1 − 1/n when one of n has everything. Half of the mean difference of two partitions, by
 * their mean: with x sorted from the smallest, Σ (2i − n − 1) · xᵢ / (n · Σ xᵢ), i from 1.
 *
 * Gini, "Variabilità e mutabilità", 1912; the formula: Damgaard and Weiner, "Describing Inequality in Plant Size or Fecundity",
 * Ecology 81, 2000.
 */
export function gini(sorted: Float64Array): number {
  const n = sorted.length;
  let weighted = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    weighted += (2 * (i + 1) - n - 1) * sorted[i]!;
    sum += sorted[i]!;
  }
  return sum > 0 ? weighted / (n * sum) : 0;
}

/**
 * The part of the whole that the largest partition has, 0–1; 1/n when all are alike: the concentration ratio CR₁ of economics, and
 * what a student sees as "partition 0 holds 71 % of the rows".
 */
export function topShare(skew: ISkew): number {
  return skew.total > 0 ? skew.max / skew.total : 0;
}
