import { TaskFlag, TaskState, type Application } from '../model';
import { nthSmallest } from './nth';

/** Some tasks in figures; views put them into words. */
export interface ITasksVerdict {
  /** Task attempts. */
  readonly tasks: number;
  readonly running: number;
  readonly failed: number;
  readonly killed: number;
  /** Earliest launch, ms since 1970; 0 when there is no task. */
  readonly firstLaunch: number;
  /**
   * Of the successful ones, as Spark's stage page has it: the sorted value at
   * `min(floor(n / 2), n - 1)`; null when none has succeeded.
   */
  readonly medianMs: number | null;
  /** The successful one that took longest. */
  readonly longest: { readonly row: number; readonly ms: number } | null;
}

/** Judge some tasks. O(n). */
export function judgeTasks(
  { tasks }: Application,
  rows: Int32Array
): ITasksVerdict {
  const { state, durationMs, launchTime, flags } = tasks;
  const counts = [0, 0, 0, 0];
  const durations = new Float64Array(rows.length);
  let known = 0;
  let firstLaunch = Infinity;
  let longest: { row: number; ms: number } | null = null;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const launch = launchTime[row]!;
    firstLaunch = launch < firstLaunch ? launch : firstLaunch;
    counts[state[row]!]!++;
    if (
      state[row] === TaskState.succeeded &&
      (flags[row]! & TaskFlag.endUnknown) === 0
    ) {
      const ms = durationMs[row]!;
      durations[known++] = ms;
      if (!longest || ms > longest.ms) {
        longest = { row, ms };
      }
    }
  }
  return {
    tasks: rows.length,
    running: counts[TaskState.running]!,
    failed: counts[TaskState.failed]!,
    killed: counts[TaskState.killed]!,
    firstLaunch: rows.length > 0 ? firstLaunch : 0,
    medianMs:
      known > 0
        ? nthSmallest(
            durations.subarray(0, known),
            Math.min(Math.floor(known / 2), known - 1)
          )
        : null,
    longest
  };
}
