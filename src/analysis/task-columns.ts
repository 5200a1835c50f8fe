import { Column, LOCALITIES, REASONS } from '../events';
import {
  TaskFlag,
  TaskState,
  type Application,
  type StageAttempt
} from '../model';
import { elapsedMs } from './phases';

/** What a figure of a task is. `ns` are shown as durations too. */
export type TaskColumnKind =
  'id' | 'text' | 'time' | 'ms' | 'ns' | 'bytes' | 'count';

/** The columns of a task table, in the order in which they are shown. */
export const TASK_COLUMNS = {
  taskId: 'id',
  stage: 'text',
  index: 'id',
  attempt: 'id',
  state: 'text',
  error: 'text',
  executor: 'text',
  host: 'text',
  locality: 'text',
  launchTime: 'time',
  durationMs: 'ms',
  schedulerDelayMs: 'ms',
  deserializeTimeMs: 'ms',
  runTimeMs: 'ms',
  gcTimeMs: 'ms',
  resultSerializationTimeMs: 'ms',
  gettingResultMs: 'ms',
  inputBytes: 'bytes',
  inputRecords: 'count',
  outputBytes: 'bytes',
  outputRecords: 'count',
  shuffleReadBytes: 'bytes',
  shuffleRecordsRead: 'count',
  shuffleFetchWaitTimeMs: 'ms',
  shuffleBytesWritten: 'bytes',
  shuffleRecordsWritten: 'count',
  shuffleWriteTimeNs: 'ns',
  memoryBytesSpilled: 'bytes',
  diskBytesSpilled: 'bytes',
  peakExecutionMemoryBytes: 'bytes'
} as const satisfies Record<string, TaskColumnKind>;

/** The name of a column of a task table. */
export type TaskColumn = keyof typeof TASK_COLUMNS;

/** All columns in their order. */
export const TASK_COLUMN_NAMES = Object.keys(TASK_COLUMNS) as TaskColumn[];

/** Whether a column holds words rather than numbers. */
export function isText(column: TaskColumn): boolean {
  return TASK_COLUMNS[column] === 'text';
}

/** Spark's own words for the states, by `TaskState`. */
export const STATE_NAMES: readonly string[] = (
  Object.keys(TaskState) as (keyof typeof TaskState)[]
).sort((a, b) => TaskState[a] - TaskState[b]);

/** Reads one figure of a row; a whole number in the column's unit. */
export type NumberReader = (row: number) => number;

/**
 * A reader of a column of numbers, valid until the model's next batch.
 *
 * @param now - driver time in ms since 1970, for tasks that run.
 */
export function numberReader(
  { tasks }: Application,
  column: TaskColumn,
  now: number
): NumberReader {
  switch (column) {
    case 'durationMs':
      return row => elapsedMs(tasks, row, now);
    case 'schedulerDelayMs':
      return row => tasks.schedulerDelayMs(row);
    case 'gettingResultMs':
      return row => tasks.gettingResultMs(row);
    case 'shuffleReadBytes': {
      const remote = tasks.shuffleRemoteBytesRead;
      const local = tasks.shuffleLocalBytesRead;
      return row => remote[row]! + local[row]!;
    }
    default: {
      const values = tasks[column];
      return row => values[row]!;
    }
  }
}

/** Reads one text of a row; '' for none. */
export type TextReader = (row: number) => string;

/** A reader of a column of words, valid until the model's next batch. */
export function textReader(
  application: Application,
  column: TaskColumn
): TextReader {
  const { tasks, strings, stageList } = application;
  switch (column) {
    case 'stage':
      return row => stageName(stageList[tasks.stage[row]!]);
    case 'state':
      return row => STATE_NAMES[tasks.state[row]!] ?? '';
    case 'executor':
    case 'host': {
      const values = tasks[column];
      return row => strings[values[row]!] ?? '';
    }
    case 'locality':
      return row => LOCALITIES[tasks.locality[row]!] ?? '';
    case 'error':
      return row => {
        const error = tasks.error[row]!;
        if (error > 0) {
          return strings[error - 1] ?? '';
        }
        const failed = tasks.state[row] === TaskState.failed;
        return failed ? (REASONS[tasks.reason[row]!] ?? '') : '';
      };
    default:
      return row => String(tasks[column as 'index'][row] ?? '');
  }
}

/** A stage as Spark's pages name it: `3`, and `3.1` when it was run again. */
export function stageName(
  stage: { readonly id: number; readonly attempt: number } | undefined
): string {
  return stage
    ? stage.attempt > 0
      ? `${stage.id}.${stage.attempt}`
      : String(stage.id)
    : '';
}

/** Whether a task is a second copy of a slow one. */
export function isSpeculative({ tasks }: Application, row: number): boolean {
  return (tasks.flags[row]! & TaskFlag.speculative) !== 0;
}

/** Columns that always have something to say. */
const ALWAYS: ReadonlySet<TaskColumn> = new Set([
  'taskId',
  'stage',
  'index',
  'state',
  'executor',
  'launchTime',
  'durationMs',
  'runTimeMs'
] as const);

/** Where the model adds a column up for each stage. */
const SUMS: ReadonlyMap<TaskColumn, readonly number[]> = new Map<
  TaskColumn,
  readonly number[]
>([
  ['deserializeTimeMs', [Column.executorDeserializeTimeMs]],
  ['gcTimeMs', [Column.jvmGcTimeMs]],
  ['resultSerializationTimeMs', [Column.resultSerializationTimeMs]],
  ['inputBytes', [Column.inputBytesRead]],
  ['inputRecords', [Column.inputRecordsRead]],
  ['outputBytes', [Column.outputBytesWritten]],
  ['outputRecords', [Column.outputRecordsWritten]],
  [
    'shuffleReadBytes',
    [Column.shuffleRemoteBytesRead, Column.shuffleLocalBytesRead]
  ],
  ['shuffleRecordsRead', [Column.shuffleRecordsRead]],
  ['shuffleFetchWaitTimeMs', [Column.shuffleFetchWaitTimeMs]],
  ['shuffleBytesWritten', [Column.shuffleBytesWritten]],
  ['shuffleRecordsWritten', [Column.shuffleRecordsWritten]],
  ['shuffleWriteTimeNs', [Column.shuffleWriteTimeNs]],
  ['memoryBytesSpilled', [Column.memoryBytesSpilled]],
  ['diskBytesSpilled', [Column.diskBytesSpilled]],
  ['peakExecutionMemoryBytes', [Column.peakExecutionMemoryBytes]]
]);

/**
 * The columns that say something of these rows: those that are not 0 (or '')
 * in each of them. Hosts and localities are left out where they are all the
 * same, as on one machine.
 *
 * @param stages - those of the rows.
 */
export function usedColumns(
  { tasks }: Application,
  rows: Int32Array,
  stages: readonly StageAttempt[]
): TaskColumn[] {
  const some = (values: ArrayLike<number>, other: number): boolean => {
    for (let i = 0; i < rows.length; i++) {
      if (values[rows[i]!] !== other) {
        return true;
      }
    }
    return false;
  };
  const first = rows[0] ?? 0;
  return TASK_COLUMN_NAMES.filter(column => {
    const sums = SUMS.get(column);
    if (sums) {
      return stages.some(stage => sums.some(sum => stage.sums[sum]! > 0));
    }
    switch (column) {
      case 'host':
      case 'locality':
        return some(tasks[column], tasks[column][first] ?? 0);
      case 'error':
        return some(tasks.error, 0);
      case 'attempt':
        return some(tasks.attempt, 0);
      case 'gettingResultMs':
        return some(tasks.gettingResult, 0);
      case 'schedulerDelayMs':
        return rows.some(row => tasks.schedulerDelayMs(row) > 0);
      default:
        return ALWAYS.has(column);
    }
  });
}
