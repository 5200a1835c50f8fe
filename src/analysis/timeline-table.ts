import type { Application } from '../model';
import type { LaneColumns } from './lane-columns';
import { laneBusyMs, timelineEnd } from './timeline-verdict';
import type { TimelineLanes } from './timeline-lanes';

/** A lane in figures. */
export interface ILaneRow {
  readonly executor: string;
  readonly core: number;
  readonly tasks: number;
  /** Part of the timeline's span in which it had a task, 0–1. */
  readonly busyShare: number;
}

/** The lanes of a timeline in figures, for who cannot see them. */
export function laneTable(lanes: TimelineLanes, now: number): ILaneRow[] {
  const span = timelineEnd(lanes, now) - lanes.from;
  return lanes.lanes.map(lane => ({
    executor: lane.executor,
    core: lane.core,
    tasks: lane.count,
    busyShare: span > 0 ? laneBusyMs(lane, now) / span : 0
  }));
}

/**
 * Rows of the tasks that took longest, longest first. O(n) for n tasks.
 *
 * @param most - how many at most.
 */
export function longestTasks(
  application: Application,
  lanes: readonly LaneColumns[],
  now: number,
  most = 10
): number[] {
  const { tasks } = application;
  const best: { row: number; ms: number }[] = [];
  let least = -1;
  for (const lane of lanes) {
    for (let i = 0; i < lane.count; i++) {
      const row = lane.rows[i]!;
      const runs = lane.ends[i] === Infinity;
      const ms = runs ? now - lane.starts[i]! : tasks.durationMs[row]!;
      if (best.length === most && ms <= least) {
        continue;
      }
      best.push({ row, ms });
      best.sort((a, b) => b.ms - a.ms);
      best.length = Math.min(best.length, most);
      least = best[best.length - 1]!.ms;
    }
  }
  return best.map(task => task.row);
}
