// Derived (2): one line less another.
import type { LineAxis } from './curve-axes';
import { rowAt } from './curve-at';
import type { LineEstimate } from './curve-estimate';

/** A line with where its points stand. */
export interface IPlacedLine {
  readonly axis: LineAxis;
  readonly estimate: LineEstimate;
}

/** The first line less the second, at each place where either has a point and both have begun and not ended. */
export interface IDifference {
  readonly x: Float64Array;
  /** NaN where either has a gap or is in-sample. */
  readonly value: Float64Array;
  /** 95 %; NaN where the band of either is not known. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * One line less another.
 *
 * The band is that of two independent estimates: d − √((p₁ − l₁)² + (u₂ − p₂)²) to d + √((u₁ − p₁)² + (p₂ − l₂)²) (method 10 of Newcombe,
 * "Interval estimation for the difference between independent proportions", Statistics in Medicine 17, 1998). Learners that get the same
 * examples wrong differ less than that.
 */
export function differenceOf(
  first: IPlacedLine,
  second: IPlacedLine
): IDifference {
  const x = places(first.axis, second.axis);
  const value = new Float64Array(x.length);
  const low = new Float64Array(x.length);
  const high = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const a = rowAt(first.axis, x[i]!);
    const b = rowAt(second.axis, x[i]!);
    const p = honestValue(first.estimate, a);
    const q = honestValue(second.estimate, b);
    value[i] = p - q;
    low[i] =
      p -
      q -
      Math.hypot(p - first.estimate.low[a]!, second.estimate.high[b]! - q);
    high[i] =
      p -
      q +
      Math.hypot(first.estimate.high[a]! - p, q - second.estimate.low[b]!);
  }
  return { x, value, low, high };
}

/** The estimate of a row; NaN in a gap, and of rows that the learner was fitted on. */
export function honestValue(estimate: LineEstimate, row: number): number {
  return row < 0 ||
    row >= estimate.length ||
    estimate.line.points.has(row, 'inSample')
    ? NaN
    : estimate.value[row]!;
}

/** The newest row with a value that counts; -1 when there is none. */
export function lastHonestRow(estimate: LineEstimate): number {
  let row = estimate.length - 1;
  while (row >= 0 && Number.isNaN(honestValue(estimate, row))) {
    row--;
  }
  return row;
}

/** Where either has a point, from where both have begun to where the first of them ends; each place once. */
function places(first: LineAxis, second: LineAxis): Float64Array {
  if (first.length === 0 || second.length === 0) {
    return new Float64Array(0);
  }
  const from = Math.max(first.x[0]!, second.x[0]!);
  const to = Math.min(first.x[first.length - 1]!, second.x[second.length - 1]!);
  const x = new Float64Array(first.length + second.length);
  let [count, a, b] = [0, 0, 0];
  while (a < first.length || b < second.length) {
    const next =
      b >= second.length || (a < first.length && first.x[a]! <= second.x[b]!)
        ? first.x[a++]!
        : second.x[b++]!;
    if (next >= from && next <= to && (count === 0 || x[count - 1] !== next)) {
      x[count++] = next;
    }
  }
  return x.slice(0, count);
}
