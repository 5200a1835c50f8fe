import type { Numbers } from './numbers';

/** Values of the column `state` of a {@link TaskTable}. */
export const TaskState = {
  running: 0,
  succeeded: 1,
  failed: 2,
  killed: 3
} as const;

/** Bits of the column `flags` of a {@link TaskTable}: those of the protocol, and what the model adds. */
export const TaskFlag = {
  speculative: 1,
  failed: 2,
  killed: 4,
  /** Metrics have been reported (`hasMetrics` in Spark's store). */
  metrics: 8,
  /** Its output was lost with an executor and it was run again; it still counts as what it ended as, and as failed too. */
  resubmitted: 16,
  /** Started when its stage was already over: Spark counts it for the executor only. */
  late: 32,
  /** Ended, but nobody saw how: its end was dropped. `durationMs` is then up to its stage's end. */
  endUnknown: 64
} as const;

/**
 * Tasks as columns: row `r` of a table is the r-th task that was heard of.
 *
 * The typed arrays are valid until the next `apply`, may be longer than `length`, and must not be written.
 * Columns are as wide as their values need, so read them by index only.
 */
export class TaskTable {
  /** How many tasks. */
  get length(): number {
    return 0;
  }

  /** Bytes that the columns occupy. */
  get byteLength(): number {
    return 0;
  }

  /** The row of a task, or -1. */
  rowOf(taskId: number): number {
    return -1;
  }

  /**
   * Scheduler delay, as `AppStatusUtils.schedulerDelay`: max(0, duration − run − deserialize − result serialization − getting result);
   * 0 while the task runs.
   */
  schedulerDelayMs(row: number): number {
    return 0;
  }

  declare readonly taskId: Numbers;
  /** Index into `Application.stageList`. */
  declare readonly stage: Int32Array;
  /** Position in the task set. */
  declare readonly index: Int32Array;
  declare readonly attempt: Numbers;
  /** -1 when unknown. */
  declare readonly partitionId: Int32Array;
  /** ms since 1970. */
  declare readonly launchTime: Float64Array;
  /** Finish − launch; 0 while running. */
  declare readonly durationMs: Numbers;
  /** A value of {@link TaskState}. */
  declare readonly state: Uint8Array;
  /** Bits of {@link TaskFlag}. */
  declare readonly flags: Uint8Array;
  /** Index into `REASONS`. */
  declare readonly reason: Uint8Array;
  /** 0 = none, else index into `Application.strings` + 1. */
  declare readonly error: Numbers;
  /** Index into `LOCALITIES`. */
  declare readonly locality: Uint8Array;
  /** Index into `Application.strings`. */
  declare readonly executor: Numbers;
  /** Index into `Application.strings`. */
  declare readonly host: Numbers;
  /** `gettingResultTime − launchTime + 1` as the protocol codes it; 0 = its result came with its end. */
  declare readonly gettingResult: Numbers;
  declare readonly deserializeTimeMs: Numbers;
  declare readonly deserializeCpuTimeNs: Numbers;
  declare readonly runTimeMs: Numbers;
  declare readonly cpuTimeNs: Numbers;
  declare readonly resultSizeBytes: Numbers;
  declare readonly gcTimeMs: Numbers;
  declare readonly resultSerializationTimeMs: Numbers;
  declare readonly memoryBytesSpilled: Numbers;
  declare readonly diskBytesSpilled: Numbers;
  declare readonly peakExecutionMemoryBytes: Numbers;
  declare readonly inputBytes: Numbers;
  declare readonly inputRecords: Numbers;
  declare readonly outputBytes: Numbers;
  declare readonly outputRecords: Numbers;
  declare readonly shuffleRemoteBlocksFetched: Numbers;
  declare readonly shuffleLocalBlocksFetched: Numbers;
  declare readonly shuffleRemoteBytesRead: Numbers;
  declare readonly shuffleRemoteBytesReadToDisk: Numbers;
  declare readonly shuffleLocalBytesRead: Numbers;
  declare readonly shuffleFetchWaitTimeMs: Numbers;
  declare readonly shuffleRecordsRead: Numbers;
  declare readonly shuffleRemoteReqsDurationMs: Numbers;
  declare readonly shuffleBytesWritten: Numbers;
  declare readonly shuffleWriteTimeNs: Numbers;
  declare readonly shuffleRecordsWritten: Numbers;
}
