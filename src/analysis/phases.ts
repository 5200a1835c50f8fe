import { TaskFlag, TaskState, type TaskTable } from '../model';

/**
 * The phases of a task in the order in which Spark's stage page draws them
 * (`StagePage.makeTimeline`).
 */
export const PHASES = [
  'schedulerDelay',
  'deserialize',
  'shuffleRead',
  'compute',
  'shuffleWrite',
  'resultSerialization',
  'gettingResult'
] as const;

/** The name of a phase. */
export type Phase = (typeof PHASES)[number];

/** How many phases there are. */
export const PHASE_COUNT = PHASES.length;

/** The numbers of the phases, as in {@link PHASES}. */
export const PhaseIndex = {
  schedulerDelay: 0,
  deserialize: 1,
  shuffleRead: 2,
  compute: 3,
  shuffleWrite: 4,
  resultSerialization: 5,
  gettingResult: 6
} as const;

/** How long a task has taken: to its end, or to `now` while it runs. */
export function elapsedMs(tasks: TaskTable, row: number, now: number): number {
  return tasks.state[row] === TaskState.running
    ? Math.max(0, now - tasks.launchTime[row]!)
    : tasks.durationMs[row]!;
}

/**
 * Split a task's time into its phases by the rules of Spark's stage page
 * (`StagePage.makeTimeline`, `AppStatusUtils`, Spark 4.2):
 *
 * - getting result: from the moment the driver began to fetch the result;
 * - scheduler delay: what the executor did not account for; 0 while the task
 *   runs and when it brought no metrics;
 * - shuffle read: fetch wait time; shuffle write: write time in whole ms;
 * - compute: whatever the others leave, never below 0.
 *
 * As on Spark's page the phases may add up to more than the task took, when
 * what it measured overlaps; {@link fitPhases} cuts that off.
 *
 * @param now - driver time in ms since 1970, for tasks that run.
 * @param into - gets the {@link PHASE_COUNT} durations in ms.
 * @returns how long the task took, in ms.
 */
export function splitPhases(
  tasks: TaskTable,
  row: number,
  now: number,
  into: Float64Array
): number {
  const total = elapsedMs(tasks, row, now);
  const deserialize = tasks.deserializeTimeMs[row]!;
  const serialize = tasks.resultSerializationTimeMs[row]!;
  const fetchWait = tasks.shuffleFetchWaitTimeMs[row]!;
  const write = Math.trunc(tasks.shuffleWriteTimeNs[row]! / 1e6);
  const fetchStart = tasks.gettingResult[row]!;
  const getting = fetchStart > 0 ? Math.max(0, total - (fetchStart - 1)) : 0;
  const ended = tasks.state[row] !== TaskState.running;
  const measured = (tasks.flags[row]! & TaskFlag.metrics) !== 0;
  const delay =
    ended && measured
      ? Math.max(
          0,
          total - tasks.runTimeMs[row]! - deserialize - serialize - getting
        )
      : 0;
  into[0] = delay;
  into[1] = deserialize;
  into[2] = fetchWait;
  into[3] = Math.max(
    0,
    total - delay - deserialize - fetchWait - write - serialize - getting
  );
  into[4] = write;
  into[5] = serialize;
  into[6] = getting;
  return total;
}

/** Which phase gives way first when a bar is shorter than its phases. */
const GIVES_WAY = [0, 6, 5, 4, 2, 1, 3] as const;

/**
 * Make the phases add up to `total`.
 *
 * Too much is taken first from the time that the driver, not the executor,
 * measured: scheduler delay and getting the result end after the core is
 * free again.
 */
export function fitPhases(phases: Float64Array, total: number): void {
  let sum = 0;
  for (let p = 0; p < PHASE_COUNT; p++) {
    sum += phases[p]!;
  }
  if (sum < total) {
    phases[PhaseIndex.compute]! += total - sum;
    return;
  }
  for (let i = 0; sum > total && i < PHASE_COUNT; i++) {
    const p = GIVES_WAY[i]!;
    const cut = Math.min(phases[p]!, sum - total);
    phases[p]! -= cut;
    sum -= cut;
  }
}
