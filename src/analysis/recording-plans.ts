import type { ISparkEvent } from '../events';
import type {
  Application,
  IShuffle,
  IShuffleRead,
  SqlExecution,
  StageAttempt
} from '../model';

/** A matrix larger than this is left out of a recording: its row and column sums say most of it. */
const MOST_CELLS = 4096;

/**
 * What an execution began with, and what adaptive execution made of it.
 *
 * @param versions - how many versions of its plan are kept, the newest.
 * @param text - characters of a description.
 */
export function planEvents(
  execution: SqlExecution,
  versions: number,
  text: number
): ISparkEvent[] {
  const [first, ...later] = execution.plans.slice(-versions);
  // Versions of the same words would be taken for one.
  const described = (i: number): string => `version ${i}`;
  return [
    {
      Event: 'org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart',
      executionId: execution.id,
      rootExecutionId: execution.rootExecutionId,
      description: execution.description.slice(0, text),
      details: execution.details.slice(0, text),
      physicalPlanDescription: described(0),
      sparkPlanInfo: first!.plan,
      time: execution.submissionTime ?? 0
    },
    ...later.map(({ plan }, i) => ({
      Event:
        'org.apache.spark.sql.execution.ui.SparkListenerSQLAdaptiveExecutionUpdate' as const,
      executionId: execution.id,
      physicalPlanDescription: described(i + 1),
      sparkPlanInfo: plan
    }))
  ] as ISparkEvent[];
}

/** What its metrics came to, and how it ended. */
export function executionEndEvents(
  application: Application,
  execution: SqlExecution,
  text: number
): ISparkEvent[] {
  const metrics = [...application.sqlMetrics.metricsOf(execution)].map(
    ([id, { count, total, min, median, max, maxAt }]) => [
      ...[id, count, total, min, median, max],
      ...(maxAt ? [maxAt.stageId, maxAt.attempt, maxAt.taskId] : [])
    ]
  );
  const events: ISparkEvent[] = [
    {
      Event: 'SparkglassSqlMetrics',
      'Execution ID': execution.id,
      Final: true,
      Metrics: metrics
    }
  ];
  if (execution.completionTime !== null) {
    events.push({
      Event: 'org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd',
      executionId: execution.id,
      time: execution.completionTime,
      errorMessage: execution.errorMessage?.slice(0, text) ?? null
    } as ISparkEvent);
  }
  return events;
}

/** The shuffles that some stages wrote, and how adaptive execution had them read. */
export function shuffleEvents(
  application: Application,
  stages: readonly StageAttempt[]
): ISparkEvent[] {
  const keys = new Set(stages.map(stage => stage.key));
  return [...application.shuffles.values()]
    .filter(({ stageId, stageAttempt }) =>
      keys.has(`${stageId}.${stageAttempt}`)
    )
    .flatMap(shuffle => [
      shuffleEvent(shuffle),
      ...(application.shuffleReads.get(shuffle.id) ?? []).map(readEvent)
    ]);
}

function shuffleEvent(shuffle: IShuffle): ISparkEvent {
  const { matrix } = shuffle;
  const isSmall = matrix !== null && matrix.logSizes.length <= MOST_CELLS;
  return {
    Event: 'SparkglassShuffle',
    'Shuffle ID': shuffle.id,
    'Stage ID': shuffle.stageId,
    'Stage Attempt ID': shuffle.stageAttempt,
    Maps: shuffle.maps,
    Reducers: shuffle.reducers,
    'Map Sizes': [...shuffle.mapSizesBytes],
    'Reduce Sizes': [...shuffle.reduceSizesBytes],
    Matrix: isSmall
      ? {
          Rows: matrix.rows,
          Columns: matrix.columns,
          'Log Sizes': btoa(String.fromCharCode(...matrix.logSizes))
        }
      : null,
    'Sampled Maps': shuffle.sampledMaps
  };
}

function readEvent(read: IShuffleRead): ISparkEvent {
  return {
    Event: 'SparkglassShuffleRead',
    'Execution ID': read.executionId,
    'Shuffle ID': read.shuffleId,
    Read: read.read,
    Partitions: read.partitions,
    Local: read.local,
    Specs: read.specs.map(({ reducerFrom, reducerTo, maps }) =>
      maps
        ? [reducerFrom, reducerTo, maps.from, maps.to]
        : [reducerFrom, reducerTo]
    )
  };
}
