// Derived (2): one line less another, over the examples.
import type { LineAxis } from './curve-axes';
import type { LineEstimate } from './curve-estimate';

/** How much more the first line loses than the second, at each place where either has a point and both have a value. */
export interface IDifference {
  readonly x: Float64Array;
  /** First less second. */
  readonly value: Float64Array;
  /** 95 %; NaN where the band of either is not known. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** A line with where its points stand. */
export interface IPlacedLine {
  readonly axis: LineAxis;
  readonly estimate: LineEstimate;
}

export function differenceOf(
  first: IPlacedLine,
  second: IPlacedLine
): IDifference {
  throw new Error('to come');
}
