/**
 * The interval at a moment, or the nearest one within reach, among intervals
 * that are in time order and don't overlap.
 *
 * @param reach how far outside an interval still counts, in the unit of time:
 *   a two-pixel task must not need a steady hand.
 * @returns its position, or -1.
 */
export function intervalAt(
  starts: ArrayLike<number>,
  ends: ArrayLike<number>,
  count: number,
  time: number,
  reach: number
): number {
  const after = firstAfter(starts, count, time);
  const before = after - 1;
  if (before >= 0 && time < ends[before]!) {
    return before;
  }
  const behind = before >= 0 ? time - ends[before]! : Infinity;
  const ahead = after < count ? starts[after]! - time : Infinity;
  if (Math.min(behind, ahead) > reach) {
    return -1;
  }
  return behind <= ahead ? before : after;
}

/** How many of the sorted values are not above `limit` (binary search). */
export function firstAfter(
  sorted: ArrayLike<number>,
  count: number,
  limit: number
): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Rows of equal height, one below the other, with a gap after each. */
export interface IRowBands {
  readonly top: number;
  /** Height of a row with its gap. */
  readonly pitch: number;
  readonly count: number;
}

/** The row under a pixel, or -1. A gap belongs to the row above it. */
export function rowAt(bands: IRowBands, y: number): number {
  const row = Math.floor((y - bands.top) / bands.pitch);
  return row >= 0 && row < bands.count ? row : -1;
}
