// A range (3) of the estimates: what all lines are at one place, for the pointer and for a comparison.
import type { LineAxis } from './curve-axes';
import { firstFrom } from './curve-drawn';
import type { LineEstimate } from './curve-estimate';

/** What a line is at a place. */
export interface IValueAt {
  /** Row of its point: the newest that is not to the right of the place; -1 before the first. */
  readonly row: number;
  /** Where that point stands. */
  readonly x: number;
  /** NaN in a gap and before the first point. */
  readonly value: number;
  readonly raw: number;
  readonly low: number;
  readonly high: number;
}

/** The row of the newest point at a place or left of it; -1 when there is none. */
export function rowAt(axis: LineAxis, x: number): number {
  return firstFrom(axis.x, axis.length, x, true) - 1;
}

/** The row of the point that is nearest to a place; -1 when there is none. */
export function nearestRow(axis: LineAxis, x: number): number {
  const left = rowAt(axis, x);
  const right = left + 1;
  return right < axis.length &&
    (left < 0 || axis.x[right]! - x < x - axis.x[left]!)
    ? right
    : left;
}

/** What a line is at a row; everything NaN outside. */
export function valueOfRow(
  axis: LineAxis,
  estimate: LineEstimate,
  row: number
): IValueAt {
  const is = row >= 0 && row < Math.min(axis.length, estimate.length);
  return {
    row: is ? row : -1,
    x: is ? axis.x[row]! : NaN,
    value: is ? estimate.value[row]! : NaN,
    raw: is ? estimate.raw[row]! : NaN,
    low: is ? estimate.low[row]! : NaN,
    high: is ? estimate.high[row]! : NaN
  };
}

/** What a line is at a place: what its newest point said. */
export function valueAt(
  axis: LineAxis,
  estimate: LineEstimate,
  x: number
): IValueAt {
  return valueOfRow(axis, estimate, rowAt(axis, x));
}
