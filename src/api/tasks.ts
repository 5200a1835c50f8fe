import { LOCALITIES } from '../events';
import {
  TaskFlag,
  TaskState,
  type StageAttempt,
  type TaskTable
} from '../model';
import { accumulableInfo } from './accumulables';
import { Failure } from './failure';
import { writeTime, type Json } from './json';
import { readInt, type Query } from './query';
import type { IServed } from './served';

/** `TaskStatus` */
export const TASK_STATUSES = [
  'RUNNING',
  'KILLED',
  'FAILED',
  'SUCCESS',
  'UNKNOWN'
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

const STATUS_OF = ['RUNNING', 'SUCCESS', 'FAILED', 'KILLED'] as const;

/** The names of `TaskSorting`, with what else it answers to. */
const SORTINGS = [
  'ID',
  'INCREASING_RUNTIME',
  'RUNTIME',
  'DECREASING_RUNTIME',
  '-RUNTIME'
] as const;

/**
 * `stages/{stage}/{attempt}/taskList`
 *
 * @param stage - undefined when there is none, which Spark does not mind here.
 * @throws Failure 404 when Spark cannot read a parameter, 500 when a page of all tasks has no length.
 */
export function taskList(
  served: IServed,
  stage: StageAttempt | undefined,
  query: Query
): Json {
  const offset = query.int('offset', 0);
  const length = query.int('length', 20);
  const [sortBy = 'ID'] = query.names('sortBy', SORTINGS);
  const statuses = query.names('status', TASK_STATUSES);
  if (length <= 0 && statuses.length === 0) {
    throw new Failure(500, 'Server Error');
  }
  const { tasks } = served.application;
  const rows = [...(stage?.rows.view() ?? [])].sort(
    (a, b) => tasks.taskId[a]! - tasks.taskId[b]!
  );
  if (sortBy !== 'ID') {
    // Both ways Spark goes by run time and then by id.
    rows.sort((a, b) => indexedRunTime(tasks, a) - indexedRunTime(tasks, b));
    if (sortBy === 'DECREASING_RUNTIME' || sortBy === '-RUNTIME') {
      rows.reverse();
    }
  }
  return withStatus(served, rows, statuses)
    .slice(...pageOf(offset, length, statuses.length > 0))
    .map(row => taskData(served, row));
}

/** From where to where: Spark takes what lies before the first away from a page only when it filters. */
function pageOf(
  offset: number,
  length: number,
  filtered: boolean
): [number, number] {
  const from = Math.max(0, offset);
  return [from, Math.max(0, (filtered ? offset : from) + length)];
}

/**
 * The tasks of a stage by id (`StageData.tasks`).
 *
 * @param statuses - only those; all when it is empty.
 */
export function tasksById(
  served: IServed,
  stage: StageAttempt,
  statuses: readonly TaskStatus[]
): Json {
  const { taskId } = served.application.tasks;
  const rows = withStatus(served, [...stage.rows.view()], statuses);
  return Object.fromEntries(
    rows.map(row => [String(taskId[row]), taskData(served, row)])
  );
}

function withStatus(
  served: IServed,
  rows: number[],
  statuses: readonly string[]
): number[] {
  return statuses.length === 0
    ? rows
    : rows.filter(row => statuses.includes(statusOf(served, row)));
}

function statusOf(served: IServed, row: number): string {
  const { tasks } = served.application;
  const state = tasks.state[row]!;
  return state === TaskState.running && tasks.gettingResult[row]! > 0
    ? 'GET RESULT'
    : STATUS_OF[state]!;
}

/**
 * Whether Spark holds metrics of a task. It reads those that an end in a log does not have as zeros.
 */
export function hasMetrics(tasks: TaskTable, row: number): boolean {
  return (
    tasks.state[row] !== TaskState.running ||
    (tasks.flags[row]! & TaskFlag.metrics) !== 0
  );
}

/** What Spark's index holds of a task: metrics of one that has not succeeded are kept below zero (SPARK-26260). */
export function indexed(tasks: TaskTable, row: number, value: number): number {
  if (!hasMetrics(tasks, row)) {
    return -1;
  }
  return tasks.state[row] === TaskState.succeeded ? value : -value - 1;
}

function indexedRunTime(tasks: TaskTable, row: number): number {
  return indexed(tasks, row, tasks.runTimeMs[row]!);
}

/** How long a task took, or has been running, ms. */
export function durationMs(served: IServed, row: number): number {
  const { tasks } = served.application;
  return tasks.state[row] === TaskState.running
    ? served.log.modifiedTime - tasks.launchTime[row]!
    : tasks.durationMs[row]!;
}

/** `AppStatusUtils.gettingResultTime` */
export function gettingResultMs(served: IServed, row: number): number {
  const { tasks } = served.application;
  const since = tasks.gettingResult[row]! - 1;
  if (since < 0) {
    return 0;
  }
  const duration = durationMs(served, row);
  return duration > 0
    ? duration - since
    : served.now - tasks.launchTime[row]! - since;
}

/** `AppStatusUtils.schedulerDelay` */
export function schedulerDelayMs(served: IServed, row: number): number {
  const { tasks } = served.application;
  return Math.max(
    0,
    durationMs(served, row) -
      tasks.runTimeMs[row]! -
      tasks.deserializeTimeMs[row]! -
      tasks.resultSerializationTimeMs[row]! -
      gettingResultMs(served, row)
  );
}

/** `TaskData` */
function taskData(served: IServed, row: number): Json {
  const { tasks, strings, executors, taskAccumulables } = served.application;
  const launchTime = tasks.launchTime[row]!;
  const since = tasks.gettingResult[row]! - 1;
  const duration = durationMs(served, row);
  const executorId = strings[tasks.executor[row]!] ?? '';
  const ended = tasks.state[row] !== TaskState.running;
  return {
    taskId: tasks.taskId[row],
    index: tasks.index[row],
    attempt: tasks.attempt[row],
    partitionId: tasks.partitionId[row],
    launchTime: writeTime(launchTime),
    resultFetchStart: since >= 0 ? writeTime(launchTime + since) : undefined,
    duration: duration > 0 ? duration : undefined,
    executorId,
    host: strings[tasks.host[row]!] ?? '',
    status: statusOf(served, row),
    taskLocality: LOCALITIES[tasks.locality[row]!],
    speculative: (tasks.flags[row]! & TaskFlag.speculative) !== 0,
    accumulatorUpdates: (taskAccumulables.get(row) ?? []).map(accumulableInfo),
    errorMessage: strings[tasks.error[row]! - 1],
    taskMetrics: hasMetrics(tasks, row) ? taskMetrics(tasks, row) : undefined,
    executorLogs: Object.fromEntries(executors.get(executorId)?.logs ?? []),
    schedulerDelay: ended && duration > 0 ? schedulerDelayMs(served, row) : 0,
    gettingResultTime: gettingResultMs(served, row)
  };
}

/** `ShufflePushReadMetrics`: what push-based shuffle alone can make more than 0, and events do not bring here. */
const NO_PUSH = {
  corruptMergedBlockChunks: 0,
  mergedFetchFallbackCount: 0,
  remoteMergedBlocksFetched: 0,
  localMergedBlocksFetched: 0,
  remoteMergedChunksFetched: 0,
  localMergedChunksFetched: 0,
  remoteMergedBytesRead: 0,
  localMergedBytesRead: 0,
  remoteMergedReqsDuration: 0
};

/** `TaskMetrics` */
function taskMetrics(tasks: TaskTable, row: number): Json {
  return {
    executorDeserializeTime: tasks.deserializeTimeMs[row],
    executorDeserializeCpuTime: tasks.deserializeCpuTimeNs[row],
    executorRunTime: tasks.runTimeMs[row],
    executorCpuTime: tasks.cpuTimeNs[row],
    resultSize: tasks.resultSizeBytes[row],
    jvmGcTime: tasks.gcTimeMs[row],
    resultSerializationTime: tasks.resultSerializationTimeMs[row],
    memoryBytesSpilled: tasks.memoryBytesSpilled[row],
    diskBytesSpilled: tasks.diskBytesSpilled[row],
    peakExecutionMemory: tasks.peakExecutionMemoryBytes[row],
    inputMetrics: {
      bytesRead: tasks.inputBytes[row],
      recordsRead: tasks.inputRecords[row]
    },
    outputMetrics: {
      bytesWritten: tasks.outputBytes[row],
      recordsWritten: tasks.outputRecords[row]
    },
    shuffleReadMetrics: {
      remoteBlocksFetched: tasks.shuffleRemoteBlocksFetched[row],
      localBlocksFetched: tasks.shuffleLocalBlocksFetched[row],
      fetchWaitTime: tasks.shuffleFetchWaitTimeMs[row],
      remoteBytesRead: tasks.shuffleRemoteBytesRead[row],
      remoteBytesReadToDisk: tasks.shuffleRemoteBytesReadToDisk[row],
      localBytesRead: tasks.shuffleLocalBytesRead[row],
      recordsRead: tasks.shuffleRecordsRead[row],
      remoteReqsDuration: tasks.shuffleRemoteReqsDurationMs[row],
      shufflePushReadMetrics: NO_PUSH
    },
    shuffleWriteMetrics: {
      bytesWritten: tasks.shuffleBytesWritten[row],
      writeTime: tasks.shuffleWriteTimeNs[row],
      recordsWritten: tasks.shuffleRecordsWritten[row]
    }
  };
}

/**
 * The stage attempt that a path names.
 *
 * @throws Failure 404 when an id is no Java `int`.
 */
export function attemptAt(
  served: IServed,
  stageId: string,
  attemptId: string
): StageAttempt | undefined {
  const key = `${readInt(stageId)}.${readInt(attemptId)}`;
  return served.application.stages.get(key);
}
