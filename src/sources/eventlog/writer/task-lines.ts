import {
  Column,
  Flag,
  Kind,
  LOCALITIES,
  valueAt,
  type ITaskInfo,
  type ITaskMetrics,
  type ITaskRows
} from '../../../events';
import { taskEndReason } from './task-end-reason';

/** What a row needs of the application that it belongs to. */
export interface IRowContext {
  /** A text of the application's string table; empty when it is not known. */
  text(index: number): string;
  /** Whether the stage's tasks write a shuffle. */
  writesShuffle(stageId: number): boolean;
  /** One of them did. */
  sawShuffle(stageId: number): void;
}

/**
 * A row as `SparkListenerTaskStart`, `…TaskGettingResult` or `…TaskEnd` of Spark's event log (`JsonProtocol.taskEndToJson` and its like).
 *
 * What a row does not hold is left out, and Spark's reader takes its default for it: the tasks' accumulators (`Accumulables`, and so the SQL
 * metrics of single tasks), `Task Executor Metrics`, `Updated Blocks`, push-based shuffle, and the two parts of the peak memory of Spark 4.1.
 * `Task Type` is found out: it is wrong for tasks of a stage that adaptive execution asked for, before one of them has written anything.
 * Spark's tools do not read it.
 *
 * @param kind - one of `Kind`: which line; also `started` for a row that ended.
 */
export function taskLine(
  rows: ITaskRows,
  row: number,
  kind: number,
  context: IRowContext
): string {
  const info = taskInfo(rows, row, kind, context);
  if (kind === Kind.gettingResult) {
    return JSON.stringify({
      Event: 'SparkListenerTaskGettingResult',
      'Task Info': info
    });
  }
  const stageId = valueAt(rows, Column.stageId, row);
  const stage = {
    'Stage ID': stageId,
    'Stage Attempt ID': valueAt(rows, Column.stageAttemptId, row)
  };
  if (kind === Kind.started) {
    return JSON.stringify({
      Event: 'SparkListenerTaskStart',
      ...stage,
      'Task Info': info
    });
  }
  const error = valueAt(rows, Column.error, row);
  if (wroteShuffle(rows, row)) {
    context.sawShuffle(stageId);
  }
  const measured = (valueAt(rows, Column.flags, row) & Flag.metrics) !== 0;
  return JSON.stringify({
    Event: 'SparkListenerTaskEnd',
    ...stage,
    'Task Type': context.writesShuffle(stageId)
      ? 'ShuffleMapTask'
      : 'ResultTask',
    'Task End Reason': taskEndReason(
      valueAt(rows, Column.reason, row),
      error > 0 ? context.text(error - 1) : ''
    ),
    'Task Info': info,
    ...(measured && { 'Task Metrics': taskMetrics(rows, row) })
  });
}

function wroteShuffle(rows: ITaskRows, row: number): boolean {
  return (
    valueAt(rows, Column.shuffleBytesWritten, row) > 0 ||
    valueAt(rows, Column.shuffleWriteTimeNs, row) > 0
  );
}

/** The fields in the order of `JsonProtocol.taskInfoToJson`. */
function taskInfo(
  rows: ITaskRows,
  row: number,
  kind: number,
  context: IRowContext
): ITaskInfo {
  const at = (column: number): number => valueAt(rows, column, row);
  const launched = at(Column.launchTime);
  const fetching = kind === Kind.started ? 0 : at(Column.gettingResult);
  const flags = at(Column.flags);
  const ended = kind === Kind.ended;
  return {
    'Task ID': at(Column.taskId),
    Index: at(Column.index),
    Attempt: at(Column.attempt),
    'Partition ID': at(Column.partitionId),
    'Launch Time': launched,
    'Executor ID': context.text(at(Column.executor)),
    Host: context.text(at(Column.host)),
    Locality: LOCALITIES[at(Column.locality)] ?? 'ANY',
    Speculative: (flags & Flag.speculative) !== 0,
    'Getting Result Time': fetching > 0 ? launched + fetching - 1 : 0,
    'Finish Time': ended ? launched + at(Column.durationMs) : 0,
    Failed: ended && (flags & Flag.failed) !== 0,
    Killed: ended && (flags & Flag.killed) !== 0,
    Accumulables: []
  };
}

/** The fields in the order of `JsonProtocol.taskMetricsToJson`. */
function taskMetrics(
  rows: ITaskRows,
  row: number
): ITaskMetrics & Record<string, unknown> {
  const at = (column: number): number => valueAt(rows, column, row);
  return {
    'Executor Deserialize Time': at(Column.executorDeserializeTimeMs),
    'Executor Deserialize CPU Time': at(Column.executorDeserializeCpuTimeNs),
    'Executor Run Time': at(Column.executorRunTimeMs),
    'Executor CPU Time': at(Column.executorCpuTimeNs),
    'Peak Execution Memory': at(Column.peakExecutionMemoryBytes),
    'Result Size': at(Column.resultSizeBytes),
    'JVM GC Time': at(Column.jvmGcTimeMs),
    'Result Serialization Time': at(Column.resultSerializationTimeMs),
    'Memory Bytes Spilled': at(Column.memoryBytesSpilled),
    'Disk Bytes Spilled': at(Column.diskBytesSpilled),
    'Shuffle Read Metrics': {
      'Remote Blocks Fetched': at(Column.shuffleRemoteBlocksFetched),
      'Local Blocks Fetched': at(Column.shuffleLocalBlocksFetched),
      'Fetch Wait Time': at(Column.shuffleFetchWaitTimeMs),
      'Remote Bytes Read': at(Column.shuffleRemoteBytesRead),
      'Remote Bytes Read To Disk': at(Column.shuffleRemoteBytesReadToDisk),
      'Local Bytes Read': at(Column.shuffleLocalBytesRead),
      'Total Records Read': at(Column.shuffleRecordsRead),
      'Remote Requests Duration': at(Column.shuffleRemoteReqsDurationMs)
    },
    'Shuffle Write Metrics': {
      'Shuffle Bytes Written': at(Column.shuffleBytesWritten),
      'Shuffle Write Time': at(Column.shuffleWriteTimeNs),
      'Shuffle Records Written': at(Column.shuffleRecordsWritten)
    },
    'Input Metrics': {
      'Bytes Read': at(Column.inputBytesRead),
      'Records Read': at(Column.inputRecordsRead)
    },
    'Output Metrics': {
      'Bytes Written': at(Column.outputBytesWritten),
      'Records Written': at(Column.outputRecordsWritten)
    }
  };
}
