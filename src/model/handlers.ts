import { QUERY_EVENT, type ISparkEvent } from '../events';
import type { Application } from './application';
import * as application from './apply-application';
import * as exclusion from './apply-exclusion';
import * as executors from './apply-executors';
import { onJobEnd } from './apply-jobs';
import * as sql from './apply-sql';
import * as stages from './apply-stages';
import * as storage from './apply-storage';
import * as streams from './apply-streams';

/** Takes one event into an application. */
type Handler = (
  app: Application,
  event: ISparkEvent,
  backfill: boolean
) => void;

/** An event says by its name what it is; its fields are checked where they are read. */
function handler<E>(
  apply: (app: Application, event: E, backfill: boolean) => void
): Handler {
  return apply as unknown as Handler;
}

const SCHEDULER = 'org.apache.spark.scheduler.SparkListener';
const SQL = 'org.apache.spark.sql.execution.ui.SparkListenerSQL';
const DRIVER = 'org.apache.spark.sql.execution.ui.SparkListenerDriver';

/** Event name → what to do; starts of jobs and of streaming queries are the session's, which looks for their cell. */
export const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['SparkListenerLogStart', handler(application.onLogStart)],
  ['SparkListenerApplicationStart', handler(application.onApplicationStart)],
  ['SparkListenerApplicationEnd', handler(application.onApplicationEnd)],
  ['SparkListenerEnvironmentUpdate', handler(application.onEnvironmentUpdate)],
  [
    'SparkListenerResourceProfileAdded',
    handler(executors.onResourceProfileAdded)
  ],
  ['SparkListenerExecutorAdded', handler(executors.onExecutorAdded)],
  ['SparkListenerExecutorRemoved', handler(executors.onExecutorRemoved)],
  ['SparkListenerBlockManagerAdded', handler(executors.onBlockManagerAdded)],
  [
    'SparkListenerStageExecutorMetrics',
    handler(executors.onStageExecutorMetrics)
  ],
  [
    'SparkListenerExecutorMetricsUpdate',
    handler(executors.onExecutorMetricsUpdate)
  ],
  [
    `${SCHEDULER}MiscellaneousProcessAdded`,
    handler(executors.onMiscellaneousProcessAdded)
  ],
  ...['Excluded', 'Blacklisted'].flatMap((word): [string, Handler][] => [
    [`${SCHEDULER}Executor${word}`, handler(exclusion.onExcluded)],
    [`${SCHEDULER}Node${word}`, handler(exclusion.onExcluded)],
    [
      `${SCHEDULER}ExecutorUn${word.toLowerCase()}`,
      handler(exclusion.onUnexcluded)
    ],
    [
      `${SCHEDULER}NodeUn${word.toLowerCase()}`,
      handler(exclusion.onUnexcluded)
    ],
    [
      `${SCHEDULER}Executor${word}ForStage`,
      handler(exclusion.onExcludedForStage)
    ],
    [`${SCHEDULER}Node${word}ForStage`, handler(exclusion.onExcludedForStage)]
  ]),
  ['SparkListenerJobEnd', handler(onJobEnd)],
  ['SparkListenerStageSubmitted', handler(stages.onStageSubmitted)],
  ['SparkListenerStageCompleted', handler(stages.onStageCompleted)],
  ['SparkListenerBlockUpdated', handler(storage.onBlockUpdated)],
  ['SparkListenerUnpersistRDD', handler(storage.onUnpersistRdd)],
  [`${SQL}ExecutionStart`, handler(sql.onSqlStart)],
  [`${SQL}ExecutionEnd`, handler(sql.onSqlEnd)],
  [`${SQL}AdaptiveExecutionUpdate`, handler(sql.onSqlAdaptiveUpdate)],
  [`${SQL}AdaptiveSQLMetricUpdates`, handler(sql.onSqlMetricUpdates)],
  [`${DRIVER}AccumUpdates`, handler(sql.onDriverUpdates)],
  [`${QUERY_EVENT}ProgressEvent`, handler(streams.onQueryProgress)],
  [`${QUERY_EVENT}IdleEvent`, handler(streams.onQueryIdle)],
  [`${QUERY_EVENT}TerminatedEvent`, handler(streams.onQueryTerminated)],
  ['SparkglassApplication', handler(application.onSparkglassApplication)],
  ['SparkglassApplicationEnd', handler(application.onSparkglassApplicationEnd)],
  ['SparkglassStrings', handler(application.onSparkglassStrings)],
  ['SparkglassTasksDropped', handler(stages.onTasksDropped)],
  ['SparkglassShuffle', handler(application.onSparkglassShuffle)],
  ['SparkglassShuffleRead', handler(application.onSparkglassShuffleRead)],
  ['SparkglassSqlMetrics', handler(sql.onSparkglassSqlMetrics)],
  ['SparkglassTaskAccumulables', handler(stages.onTaskAccumulables)],
  ['SparkglassTaskPeaks', handler(executors.onStageExecutorMetrics)],
  ['SparkglassExecutorMetrics', handler(executors.onSparkglassExecutorMetrics)],
  ['SparkglassStreamOutput', handler(streams.onSparkglassStreamOutput)],
  ['SparkglassQueue', handler(application.onSparkglassQueue)]
]);
