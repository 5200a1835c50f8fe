import type { Advice } from '../../analysis/advice';
import type { ISelection } from '../selection';
import type { TabName } from '../tab-names';

/** The tab in which what advice is about is best seen. */
export function tabOf(advice: Advice): TabName {
  switch (advice.rule) {
    case 'skew':
    case 'tinyTasks':
    case 'fewPartitions':
    case 'driverIdle':
      return 'timeline';
    case 'spill':
    case 'gc':
    case 'rereadSource':
    case 'bigCollect':
      return 'stages';
    case 'failedTasks':
      return 'tasks';
    case 'unusedCache':
      return 'lineage';
    case 'cartesian':
    case 'pythonUdf':
    case 'broadcast':
    case 'smallFiles':
      return 'plan';
    case 'fallingBehind':
    case 'tinyBatches':
    case 'noWatermark':
    case 'growingState':
    case 'statePartitions':
    case 'notStopped':
    case 'sharedCheckpoint':
      return 'streams';
  }
}

/** What lights up there. */
export function selectionOf({ about }: Advice): ISelection {
  const { application, stage, taskRow, executionId, query } = about;
  if (query) {
    return { application: application.ordinal, queryRunId: query.runId };
  }
  if (stage) {
    return {
      application: application.ordinal,
      stageKey: stage.key,
      ...(taskRow === null ? {} : { taskRow })
    };
  }
  // Of several jobs of a query the last is the one that brings its result.
  const jobIds = application.sql.get(executionId ?? -1)?.jobIds ?? [];
  const jobId = jobIds[jobIds.length - 1];
  return {
    application: application.ordinal,
    ...(jobId === undefined ? {} : { jobId })
  };
}
