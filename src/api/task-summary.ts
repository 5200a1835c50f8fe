import { TaskState, type StageAttempt } from '../model';
import { Double, type Json } from './json';
import { indexAt } from './quantiles';
import type { IServed } from './served';
import {
  durationMs,
  gettingResultMs,
  hasMetrics,
  indexed,
  schedulerDelayMs
} from './tasks';

/**
 * `TaskMetricDistributions` (`AppStatusStore.taskSummary`), or null when no task has succeeded.
 *
 * Spark counts the tasks that succeeded, and then takes the value at a place among all that are not below 0 in the metric's index. For
 * most metrics these are the same tasks; in duration, scheduler delay and getting result it finds those that did not succeed, too.
 *
 * @param quantiles - sorted.
 */
export function taskSummary(
  served: IServed,
  stage: StageAttempt,
  quantiles: readonly number[]
): Json {
  const { tasks } = served.application;
  const rows = [...stage.rows.view()];
  const succeeded = rows.filter(
    row => tasks.state[row] === TaskState.succeeded && hasMetrics(tasks, row)
  );
  if (succeeded.length === 0) {
    return null;
  }
  const indices = quantiles.map(q => indexAt(q, succeeded.length));
  const over = (value: (row: number) => number): Json =>
    scan(rows.map(value), indices);
  const metric = (value: (row: number) => number): Json =>
    over(row => indexed(tasks, row, value(row)));
  const zeros = metric(() => 0);
  return {
    quantiles: quantiles.map(q => new Double(q)),
    duration: over(row => durationMs(served, row)),
    executorDeserializeTime: metric(row => tasks.deserializeTimeMs[row]!),
    executorDeserializeCpuTime: metric(row => tasks.deserializeCpuTimeNs[row]!),
    executorRunTime: metric(row => tasks.runTimeMs[row]!),
    executorCpuTime: metric(row => tasks.cpuTimeNs[row]!),
    resultSize: metric(row => tasks.resultSizeBytes[row]!),
    jvmGcTime: metric(row => tasks.gcTimeMs[row]!),
    resultSerializationTime: metric(
      row => tasks.resultSerializationTimeMs[row]!
    ),
    gettingResultTime: over(row =>
      hasMetrics(tasks, row) ? gettingResultMs(served, row) : -1
    ),
    schedulerDelay: over(row =>
      hasMetrics(tasks, row) ? schedulerDelayMs(served, row) : -1
    ),
    peakExecutionMemory: metric(row => tasks.peakExecutionMemoryBytes[row]!),
    memoryBytesSpilled: metric(row => tasks.memoryBytesSpilled[row]!),
    diskBytesSpilled: metric(row => tasks.diskBytesSpilled[row]!),
    inputMetrics: {
      bytesRead: metric(row => tasks.inputBytes[row]!),
      recordsRead: metric(row => tasks.inputRecords[row]!)
    },
    outputMetrics: {
      bytesWritten: metric(row => tasks.outputBytes[row]!),
      recordsWritten: metric(row => tasks.outputRecords[row]!)
    },
    shuffleReadMetrics: {
      readBytes: metric(
        row =>
          tasks.shuffleLocalBytesRead[row]! + tasks.shuffleRemoteBytesRead[row]!
      ),
      readRecords: metric(row => tasks.shuffleRecordsRead[row]!),
      remoteBlocksFetched: metric(
        row => tasks.shuffleRemoteBlocksFetched[row]!
      ),
      localBlocksFetched: metric(row => tasks.shuffleLocalBlocksFetched[row]!),
      fetchWaitTime: metric(row => tasks.shuffleFetchWaitTimeMs[row]!),
      remoteBytesRead: metric(row => tasks.shuffleRemoteBytesRead[row]!),
      remoteBytesReadToDisk: metric(
        row => tasks.shuffleRemoteBytesReadToDisk[row]!
      ),
      totalBlocksFetched: metric(
        row =>
          tasks.shuffleLocalBlocksFetched[row]! +
          tasks.shuffleRemoteBlocksFetched[row]!
      ),
      remoteReqsDuration: metric(
        row => tasks.shuffleRemoteReqsDurationMs[row]!
      ),
      shufflePushReadMetricsDist: {
        corruptMergedBlockChunks: zeros,
        mergedFetchFallbackCount: zeros,
        remoteMergedBlocksFetched: zeros,
        localMergedBlocksFetched: zeros,
        remoteMergedChunksFetched: zeros,
        localMergedChunksFetched: zeros,
        remoteMergedBytesRead: zeros,
        localMergedBytesRead: zeros,
        remoteMergedReqsDuration: zeros
      }
    },
    shuffleWriteMetrics: {
      writeBytes: metric(row => tasks.shuffleBytesWritten[row]!),
      writeRecords: metric(row => tasks.shuffleRecordsWritten[row]!),
      writeTime: metric(row => tasks.shuffleWriteTimeNs[row]!)
    }
  };
}

/** `scanTasks`: goes forward only, so an index below 0 takes the first, and what follows is counted from there. */
function scan(values: readonly number[], indices: readonly number[]): Double[] {
  const sorted = values.filter(value => value >= 0).sort((a, b) => a - b);
  let place = 0;
  let current = -1;
  let last = NaN;
  return indices.map(index => {
    if (index !== current) {
      place += Math.max(0, index - current - 1);
      current = index;
      if (place >= sorted.length) {
        return new Double(NaN);
      }
      last = sorted[place++]!;
    }
    return new Double(last);
  });
}
