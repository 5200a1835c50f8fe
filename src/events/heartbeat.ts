import { listOf, numberOf } from './fields';
import type { IAccumulable } from './spark';

/**
 * The accumulators of task metrics (`InternalAccumulator`), without `internal.metrics.`, in the order of the columns from
 * `Column.executorDeserializeTimeMs` on.
 */
const NAMES = [
  'executorDeserializeTime',
  'executorDeserializeCpuTime',
  'executorRunTime',
  'executorCpuTime',
  'resultSize',
  'jvmGCTime',
  'resultSerializationTime',
  'memoryBytesSpilled',
  'diskBytesSpilled',
  'peakExecutionMemory',
  'input.bytesRead',
  'input.recordsRead',
  'output.bytesWritten',
  'output.recordsWritten',
  'shuffle.read.remoteBlocksFetched',
  'shuffle.read.localBlocksFetched',
  'shuffle.read.remoteBytesRead',
  'shuffle.read.remoteBytesReadToDisk',
  'shuffle.read.localBytesRead',
  'shuffle.read.fetchWaitTime',
  'shuffle.read.recordsRead',
  'shuffle.read.remoteReqsDuration',
  'shuffle.write.bytesWritten',
  'shuffle.write.writeTime',
  'shuffle.write.recordsWritten'
].map(name => `internal.metrics.${name}`);

/**
 * The task metrics that a heartbeat tells of a running task (`TaskMetrics.fromAccumulatorInfos`).
 *
 * @returns a value for each column from `Column.executorDeserializeTimeMs` on; 0 for what it does not tell.
 */
export function heartbeatMetrics(
  accumulables: readonly IAccumulable[] | undefined
): readonly number[] {
  const values: number[] = new Array(NAMES.length).fill(0);
  for (const { Name, Update } of listOf(accumulables)) {
    const column = NAMES.indexOf(Name ?? '');
    if (column >= 0) {
      values[column] = numberOf(Update, 0);
    }
  }
  return values;
}
