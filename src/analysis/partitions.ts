// Derived (2) from the rows of a stage attempt: which task did a partition's work.
import { Column } from '../events';
import {
  TaskState,
  type Application,
  type StageAttempt,
  type TaskTable
} from '../model';
import { elapsedMs } from './phases';

/** More partitions than this are not believed; what a task has told of is shown all the same. */
const MOST_PARTITIONS = 5_000_000;

/** The partitions of a stage attempt, by the index of their tasks. */
export interface IPartitions {
  readonly count: number;
  /**
   * Row of the attempt that counts: the last that succeeded, else the one that runs, else the last; -1 of a partition that no task has
   * been started for, or whose tasks were dropped.
   */
  readonly rows: Int32Array;
  /** How many attempts failed or were killed, 255 at most. */
  readonly failures: Uint8Array;
}

/** The partitions of a stage attempt; valid until the model's next batch. */
export function partitionsOf(
  { tasks }: Application,
  stage: StageAttempt
): IPartitions {
  const list = stage.rows.view();
  let most = -1;
  for (let i = 0; i < list.length; i++) {
    const index = tasks.index[list[i]!]!;
    most = index > most ? index : most;
  }
  const count = Math.min(
    MOST_PARTITIONS,
    Math.max(most + 1, stage.numTasks <= MOST_PARTITIONS ? stage.numTasks : 0)
  );
  const rows = new Int32Array(count).fill(-1);
  const failures = new Uint8Array(count);
  for (let i = 0; i < list.length; i++) {
    const row = list[i]!;
    const index = tasks.index[row]!;
    if (index < 0 || index >= count) {
      continue;
    }
    const state = tasks.state[row]!;
    if (state >= TaskState.failed && failures[index]! < 255) {
      failures[index]!++;
    }
    const known = rows[index]!;
    if (known < 0 || RANK[state]! >= RANK[tasks.state[known]!]!) {
      rows[index] = row;
    }
  }
  return { count, rows, failures };
}

/** By `TaskState`: which attempt says most of its partition. */
const RANK: readonly number[] = [1, 2, 0, 0];

/** What a partition is called: Spark's number of it, which a stage that runs again for some partitions keeps. */
export function partitionNumber(
  tasks: TaskTable,
  partitions: IPartitions,
  index: number
): number {
  const row = partitions.rows[index] ?? -1;
  const id = row < 0 ? -1 : tasks.partitionId[row]!;
  return id < 0 ? index : id;
}

/** What is measured of a partition, in the order in which it is offered. Rows are counts, `…Bytes` bytes, `timeMs` milliseconds. */
export const PARTITION_METRICS = [
  'rowsIn',
  'timeMs',
  'inputBytes',
  'shuffleReadBytes',
  'rowsOut',
  'shuffleWriteBytes',
  'outputBytes',
  'spillBytes'
] as const;

/** The name of a measure. */
export type PartitionMetric = (typeof PARTITION_METRICS)[number];

/** The columns that add up to a measure. */
const COLUMNS: Readonly<
  Record<Exclude<PartitionMetric, 'timeMs'>, readonly number[]>
> = {
  rowsIn: [Column.inputRecordsRead, Column.shuffleRecordsRead],
  inputBytes: [Column.inputBytesRead],
  shuffleReadBytes: [
    Column.shuffleRemoteBytesRead,
    Column.shuffleLocalBytesRead
  ],
  rowsOut: [Column.shuffleRecordsWritten, Column.outputRecordsWritten],
  shuffleWriteBytes: [Column.shuffleBytesWritten],
  outputBytes: [Column.outputBytesWritten],
  spillBytes: [Column.diskBytesSpilled]
};

/** The measures of which a stage has anything; its time always. */
export function usedMetrics(stage: StageAttempt): PartitionMetric[] {
  return PARTITION_METRICS.filter(
    metric =>
      metric === 'timeMs' ||
      COLUMNS[metric].some(column => stage.sums[column]! > 0)
  );
}

/**
 * One measure of each partition; 0 where nothing is known.
 *
 * @param now - driver time in ms since 1970, for tasks that run.
 */
export function valuesOf(
  { tasks }: Application,
  { rows, count }: IPartitions,
  metric: PartitionMetric,
  now: number
): Float64Array {
  const values = new Float64Array(count);
  if (metric === 'timeMs') {
    for (let i = 0; i < count; i++) {
      values[i] = rows[i]! < 0 ? 0 : elapsedMs(tasks, rows[i]!, now);
    }
    return values;
  }
  for (const column of COLUMNS[metric]) {
    const { values: numbers } = tasks.column(column);
    for (let i = 0; i < count; i++) {
      values[i]! += rows[i]! < 0 ? 0 : numbers[rows[i]!]!;
    }
  }
  return values;
}

/**
 * Whether what Spark counts as rows are batches of them: an RDD of Python objects goes through a shuffle pickled, many objects to a
 * record (`PairwiseRDD` writes them, `PythonRDD` over `ShuffledRDD` reads them).
 */
export function countsBatches(stage: StageAttempt): boolean {
  const names = new Set(stage.rddInfos.map(rdd => rdd.Name ?? ''));
  return (
    names.has('PairwiseRDD') ||
    (names.has('PythonRDD') && names.has('ShuffledRDD'))
  );
}
