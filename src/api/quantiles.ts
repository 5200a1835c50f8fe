import { Failure } from './failure';

/** `(q * count).toLong`, at most the last. */
export function indexAt(quantile: number, count: number): number {
  const index = Math.trunc(quantile * count);
  return Math.min(Number.isNaN(index) ? 0 : index, count - 1);
}

/**
 * `AppStatusUtils.getQuantilesValue`: no interpolation; zeros when there are no values.
 *
 * @throws Failure 500 for a quantile so far below 0 that Spark has no answer.
 */
export function quantilesOf(
  values: readonly number[],
  quantiles: readonly number[]
): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return quantiles.map(quantile => {
    const value = sorted[indexAt(quantile, sorted.length)];
    if (value === undefined && sorted.length > 0) {
      throw new Failure(500, 'Server Error');
    }
    return value ?? 0;
  });
}
