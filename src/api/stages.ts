import { Column, type ColumnName } from '../events';
import type { StageAttempt } from '../model';
import { accumulableInfo } from './accumulables';
import { peakMetrics } from './executor-metrics';
import { notFound } from './failure';
import { writeTime, type Json } from './json';
import { readInt, type Query } from './query';
import type { IServed } from './served';
import { executorDistributions, executorSummary } from './stage-executors';
import { taskSummary } from './task-summary';
import { attemptAt, TASK_STATUSES, tasksById, type TaskStatus } from './tasks';

const STATUSES = [
  'ACTIVE',
  'COMPLETE',
  'FAILED',
  'PENDING',
  'SKIPPED'
] as const;

/** Quantiles of the stages' own answers, where the query names none. */
const QUANTILES = '0.0,0.25,0.5,0.75,1.0';

/** How much of a stage is asked for. */
interface IDetail {
  readonly details: boolean;
  readonly withSummaries: boolean;
  readonly quantiles: readonly number[];
  readonly taskStatus: readonly TaskStatus[];
}

function detailIn(query: Query, details: boolean): IDetail {
  return {
    details: query.flag('details', details),
    withSummaries: query.flag('withSummaries', false),
    taskStatus: query.names('taskStatus', TASK_STATUSES),
    quantiles: query.quantiles(QUANTILES)
  };
}

/**
 * `stages`: the newest first.
 *
 * @param servedBy - asked late, for Spark looks at the quantiles before it looks for the application.
 */
export function stageList(servedBy: () => IServed, query: Query): Json {
  const statuses = query.names('status', STATUSES);
  const detail = detailIn(query, false);
  const served = servedBy();
  return [...served.application.stageList]
    .sort((a, b) => b.id - a.id || b.attempt - a.attempt)
    .filter(stage => {
      const status = statusOf(shown(stage));
      return statuses.length === 0 || statuses.includes(status);
    })
    .filter(stage => !detail.details || hasTasksOf(stage, detail.taskStatus))
    .map(stage => stageData(served, stage, detail));
}

/**
 * `stages/{stage}`: all its attempts.
 *
 * @throws Failure 404
 */
export function stageAttempts(
  served: IServed,
  stageId: string,
  query: Query
): Json {
  const id = readInt(stageId);
  const detail = detailIn(query, true);
  const attempts = served.application.attemptsOf(id);
  if (attempts.length === 0) {
    throw notFound(`unknown stage: ${id}`);
  }
  return attempts.map(stage => stageData(served, stage, detail));
}

/**
 * `stages/{stage}/{attempt}`
 *
 * @throws Failure 404
 */
export function oneStageAttempt(
  served: IServed,
  stageId: string,
  attemptId: string,
  query: Query
): Json {
  const stage = attemptAt(served, stageId, attemptId);
  const detail = detailIn(query, true);
  if (!stage) {
    const id = readInt(stageId);
    const ids = served.application.attemptsOf(id).map(other => other.attempt);
    throw notFound(
      ids.length > 0
        ? `unknown attempt for stage ${id}.  Found attempts: [${ids.join(',')}]`
        : `unknown stage: ${id}`
    );
  }
  return stageData(served, stage, detail);
}

/**
 * `stages/{stage}/{attempt}/taskSummary`
 *
 * @throws Failure 404
 */
export function oneTaskSummary(
  served: IServed,
  stageId: string,
  attemptId: string,
  query: Query
): Json {
  const stage = attemptAt(served, stageId, attemptId);
  const quantiles = query.quantiles('0.05,0.25,0.5,0.75,0.95');
  const summary = stage ? taskSummary(served, stage, quantiles) : null;
  if (summary === null) {
    const ids = `${readInt(stageId)} / ${readInt(attemptId)}`;
    throw notFound(`No tasks reported metrics for ${ids} yet.`);
  }
  return summary;
}

/** What Spark counts of a stage: nothing any more where it has begun it anew. */
function shown(stage: StageAttempt): StageAttempt {
  return stage.relisted ?? stage;
}

function statusOf(stage: StageAttempt): (typeof STATUSES)[number] {
  return stage.status.toUpperCase() as (typeof STATUSES)[number];
}

function hasTasksOf(
  attempt: StageAttempt,
  statuses: readonly TaskStatus[]
): boolean {
  const stage = shown(attempt);
  const counts: Record<TaskStatus, number> = {
    FAILED: stage.numFailedTasks,
    KILLED: stage.numKilledTasks,
    RUNNING: stage.numActiveTasks,
    SUCCESS: stage.numCompleteTasks,
    UNKNOWN:
      stage.numTasks -
      stage.numFailedTasks -
      stage.numKilledTasks -
      stage.numActiveTasks -
      stage.numCompleteTasks
  };
  return statuses.length === 0 || statuses.some(status => counts[status] > 0);
}

/** `StageData` */
function stageData(
  served: IServed,
  attempt: StageAttempt,
  detail: IDetail
): Json {
  const stage = shown(attempt);
  const { details, withSummaries, quantiles, taskStatus } = detail;
  return {
    status: statusOf(stage),
    stageId: stage.id,
    attemptId: stage.attempt,
    numTasks: stage.numTasks,
    numActiveTasks: stage.numActiveTasks,
    numCompleteTasks: stage.numCompleteTasks,
    numFailedTasks: stage.numFailedTasks,
    numKilledTasks: stage.numKilledTasks,
    numCompletedIndices: stage.numCompletedIndices,
    submissionTime: writeTime(stage.submissionTime),
    firstTaskLaunchedTime: writeTime(stage.firstTaskLaunchTime),
    completionTime: writeTime(stage.completionTime),
    failureReason: stage.failureReason,
    ...sums(stage),
    name: stage.name,
    description: stage.description,
    details: stage.details,
    schedulingPool: stage.schedulingPool,
    rddIds: stage.rddInfos.map(info => info['RDD ID']),
    accumulatorUpdates: stage.accumulables.map(accumulableInfo),
    tasks: details ? tasksById(served, attempt, taskStatus) : undefined,
    executorSummary: details ? executorSummary(served, attempt) : undefined,
    speculationSummary:
      details && attempt.speculation.numTasks > 0
        ? { ...attempt.speculation }
        : undefined,
    killedTasksSummary: Object.fromEntries(stage.killedTasksSummary),
    resourceProfileId: stage.resourceProfileId,
    peakExecutorMetrics: peakMetrics(served.application, stage.peak),
    taskMetricsDistributions: withSummaries
      ? taskSummary(served, attempt, quantiles)
      : undefined,
    executorMetricsDistributions: withSummaries
      ? executorDistributions(served, attempt, quantiles)
      : undefined,
    isShufflePushEnabled: stage.isShufflePushEnabled,
    shuffleMergersCount: stage.shuffleMergersCount
  };
}

/** Field of `StageData` → the column whose sum it is, in its order; null for what push-based shuffle alone can make more than 0. */
const SUMS: readonly (readonly [string, ColumnName | null])[] = [
  ['executorDeserializeTime', 'executorDeserializeTimeMs'],
  ['executorDeserializeCpuTime', 'executorDeserializeCpuTimeNs'],
  ['executorRunTime', 'executorRunTimeMs'],
  ['executorCpuTime', 'executorCpuTimeNs'],
  ['resultSize', 'resultSizeBytes'],
  ['jvmGcTime', 'jvmGcTimeMs'],
  ['resultSerializationTime', 'resultSerializationTimeMs'],
  ['memoryBytesSpilled', 'memoryBytesSpilled'],
  ['diskBytesSpilled', 'diskBytesSpilled'],
  ['peakExecutionMemory', 'peakExecutionMemoryBytes'],
  ['inputBytes', 'inputBytesRead'],
  ['inputRecords', 'inputRecordsRead'],
  ['outputBytes', 'outputBytesWritten'],
  ['outputRecords', 'outputRecordsWritten'],
  ['shuffleRemoteBlocksFetched', 'shuffleRemoteBlocksFetched'],
  ['shuffleLocalBlocksFetched', 'shuffleLocalBlocksFetched'],
  ['shuffleFetchWaitTime', 'shuffleFetchWaitTimeMs'],
  ['shuffleRemoteBytesRead', 'shuffleRemoteBytesRead'],
  ['shuffleRemoteBytesReadToDisk', 'shuffleRemoteBytesReadToDisk'],
  ['shuffleLocalBytesRead', 'shuffleLocalBytesRead'],
  ['shuffleReadRecords', 'shuffleRecordsRead'],
  ['shuffleCorruptMergedBlockChunks', null],
  ['shuffleMergedFetchFallbackCount', null],
  ['shuffleMergedRemoteBlocksFetched', null],
  ['shuffleMergedLocalBlocksFetched', null],
  ['shuffleMergedRemoteChunksFetched', null],
  ['shuffleMergedLocalChunksFetched', null],
  ['shuffleMergedRemoteBytesRead', null],
  ['shuffleMergedLocalBytesRead', null],
  ['shuffleRemoteReqsDuration', 'shuffleRemoteReqsDurationMs'],
  ['shuffleMergedRemoteReqsDuration', null],
  ['shuffleWriteBytes', 'shuffleBytesWritten'],
  ['shuffleWriteTime', 'shuffleWriteTimeNs'],
  ['shuffleWriteRecords', 'shuffleRecordsWritten']
];

function sums(stage: StageAttempt): Record<string, number> {
  const fields: Record<string, number> = {};
  for (const [field, column] of SUMS) {
    fields[field] = column === null ? 0 : stage.sums[Column[column]]!;
  }
  fields.shuffleReadBytes =
    fields.shuffleLocalBytesRead! + fields.shuffleRemoteBytesRead!;
  return fields;
}
