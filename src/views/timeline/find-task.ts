import { firstEndAfter } from '../../analysis/timeline-columns';
import type { LaneColumns } from '../../analysis/lane-columns';
import { intervalAt } from '../../draw/hit-test';
import type { TimeScale } from '../../draw/time-scale';

/** What is under the pointer: one task of a lane, or several too thin to tell apart. */
export interface ITaskHit {
  readonly lane: LaneColumns;
  /** Tasks `first` … `last - 1` of the lane. */
  readonly first: number;
  readonly last: number;
}

/** Pixels around the pointer that count as under it. */
const REACH = 3;

/** What lies at a pixel of a lane. */
export function findTask(
  lane: LaneColumns,
  scale: TimeScale,
  x: number
): ITaskHit | null {
  const time = scale.time(x);
  const reach = REACH / scale.perMs;
  const { starts, ends, count } = lane;
  const i = intervalAt(starts, ends, count, time, reach);
  if (i < 0) {
    return null;
  }
  if ((ends[i]! - starts[i]!) * scale.perMs >= 2) {
    return { lane, first: i, last: i + 1 };
  }
  // Half a pixel each way is what one column of the picture shows.
  const half = 0.75 / scale.perMs;
  const first = firstEndAfter(ends, 0, count, time - half);
  let last = first;
  while (last < count && starts[last]! < time + half) {
    last++;
  }
  return last - first > 1
    ? { lane, first, last }
    : { lane, first: i, last: i + 1 };
}

/** Where a task of a lane list is: its lane's position and its place in it. */
export function placeOf(
  lanes: readonly LaneColumns[],
  row: number
): { lane: number; i: number } | null {
  for (let lane = 0; lane < lanes.length; lane++) {
    const { rows, count } = lanes[lane]!;
    const i = rows.subarray(0, count).indexOf(row);
    if (i >= 0) {
      return { lane, i };
    }
  }
  return null;
}

/**
 * The task at or after a moment in a lane, else its last one; -1 in an empty
 * lane.
 */
export function nearestTask(lane: LaneColumns, time: number): number {
  return Math.min(
    firstEndAfter(lane.ends, 0, lane.count, time),
    lane.count - 1
  );
}
