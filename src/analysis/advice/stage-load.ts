// An aggregate (3) of the tasks of one stage attempt that is over: each task is read once.
import { Column } from '../../events';
import {
  TaskState,
  type Application,
  type Numbers,
  type StageAttempt,
  type TaskTable
} from '../../model';
import { nthSmallest } from '../nth';

/** What the tasks of a stage attempt did. Medians are over its successful tasks, as Spark's quantiles are. */
export interface IStageLoad {
  readonly application: Application;
  readonly stage: StageAttempt;
  /** Successful tasks that have a row. */
  readonly tasks: number;
  /** From the first launch to the last end of any of its tasks. */
  readonly from: number;
  readonly to: number;
  readonly spanMs: number;
  /** Durations of the successful tasks. */
  readonly sumMs: number;
  readonly medianMs: number;
  readonly maxMs: number;
  /** Row of the longest. */
  readonly maxRow: number;
  /** What tasks read from files, the cache and shuffles, bytes: half of them at most this. */
  readonly medianBytes: number;
  /** What the longest read. */
  readonly maxRowBytes: number;
  /** Durations of tasks that failed. */
  readonly failedMs: number;
  /** Row of the last that failed; -1 when none did. */
  readonly failedRow: number;
}

const loads = new WeakMap<StageAttempt, IStageLoad | null>();

/** The load of a stage attempt; null while it runs, and when none of its tasks has a row. */
export function stageLoad(
  application: Application,
  stage: StageAttempt
): IStageLoad | null {
  const isOver = stage.status === 'complete' || stage.status === 'failed';
  if (!isOver || stage.numActiveTasks > 0) {
    return null;
  }
  let load = loads.get(stage);
  if (load === undefined) {
    load = measure(application, stage);
    loads.set(stage, load);
  }
  return load;
}

/** A sum over all tasks of a stage, those without a row too. */
export function total(load: IStageLoad, column: number): number {
  return load.stage.sums[column]!;
}

/** Cores that the executors of a stage's tasks have, by the tasks that each can run at a time. */
export function coresOf(application: Application): number {
  const cpus = Number(application.properties.get('spark.task.cpus') ?? 1);
  return Math.max(1, Math.floor(application.cores / Math.max(1, cpus)));
}

function measure(
  application: Application,
  stage: StageAttempt
): IStageLoad | null {
  const { tasks } = application;
  const rows = stage.rows.view();
  const durations = new Float64Array(rows.length);
  const bytes = new Float64Array(rows.length);
  let count = 0;
  let sumMs = 0;
  let maxRow = -1;
  let failedMs = 0;
  let failedRow = -1;
  let from = Infinity;
  let to = -Infinity;
  for (const row of rows) {
    const ms = tasks.durationMs[row]!;
    from = Math.min(from, tasks.launchTime[row]!);
    to = Math.max(to, tasks.launchTime[row]! + ms);
    if (tasks.state[row] === TaskState.failed) {
      failedMs += ms;
      failedRow = row;
    }
    if (tasks.state[row] !== TaskState.succeeded) {
      continue;
    }
    durations[count] = ms;
    bytes[count++] = bytesRead(tasks, row);
    sumMs += ms;
    if (maxRow < 0 || ms > tasks.durationMs[maxRow]!) {
      maxRow = row;
    }
  }
  if (rows.length === 0) {
    return null;
  }
  const median = (values: Float64Array): number =>
    count > 0 ? nthSmallest(values.subarray(0, count), (count - 1) >> 1) : 0;
  return {
    application,
    stage,
    tasks: count,
    from,
    to,
    spanMs: to - from,
    sumMs,
    medianMs: median(durations),
    maxMs: maxRow < 0 ? 0 : tasks.durationMs[maxRow]!,
    maxRow,
    medianBytes: median(bytes),
    maxRowBytes: maxRow < 0 ? 0 : bytesRead(tasks, maxRow),
    failedMs,
    failedRow
  };
}

const READ = [
  Column.inputBytesRead,
  Column.shuffleLocalBytesRead,
  Column.shuffleRemoteBytesRead
] as const;

function bytesRead(tasks: TaskTable, row: number): number {
  const value = (column: Numbers): number => column[row]!;
  return READ.reduce(
    (sum, column) => sum + value(tasks.column(column).values),
    0
  );
}
