/**
 * The columns of a task row, as the protocol numbers them (docs/protocol.md, section 2).
 *
 * Times ending in `Ms` are milliseconds, in `Ns` nanoseconds, `…Bytes` bytes; `launchTime` is milliseconds since 1970.
 */
export const Column = {
  /** Event lines of the batch that come before the row. */
  after: 0,
  /** One of {@link Kind}. */
  kind: 1,
  taskId: 2,
  stageId: 3,
  stageAttemptId: 4,
  /** Position in the task set. */
  index: 5,
  attempt: 6,
  /** -1 when unknown. */
  partitionId: 7,
  launchTime: 8,
  /** Index into the application's strings. */
  executor: 9,
  /** Index into the application's strings. */
  host: 10,
  /** Index into {@link LOCALITIES}. */
  locality: 11,
  /** Sum of {@link Flag} values. */
  flags: 12,
  /** Index into {@link REASONS}. */
  reason: 13,
  /** 0 = none, else index into the application's strings + 1. */
  error: 14,
  /** Finish − launch; 0 while running. */
  durationMs: 15,
  /** 0 = none, else `Getting Result Time` − launch + 1. */
  gettingResult: 16,
  executorDeserializeTimeMs: 17,
  executorDeserializeCpuTimeNs: 18,
  executorRunTimeMs: 19,
  executorCpuTimeNs: 20,
  resultSizeBytes: 21,
  jvmGcTimeMs: 22,
  resultSerializationTimeMs: 23,
  memoryBytesSpilled: 24,
  diskBytesSpilled: 25,
  peakExecutionMemoryBytes: 26,
  inputBytesRead: 27,
  inputRecordsRead: 28,
  outputBytesWritten: 29,
  outputRecordsWritten: 30,
  shuffleRemoteBlocksFetched: 31,
  shuffleLocalBlocksFetched: 32,
  shuffleRemoteBytesRead: 33,
  shuffleRemoteBytesReadToDisk: 34,
  shuffleLocalBytesRead: 35,
  shuffleFetchWaitTimeMs: 36,
  shuffleRecordsRead: 37,
  shuffleRemoteReqsDurationMs: 38,
  shuffleBytesWritten: 39,
  shuffleWriteTimeNs: 40,
  shuffleRecordsWritten: 41
} as const;

/** The name of a column. */
export type ColumnName = keyof typeof Column;

/** How many columns a row has. */
export const COLUMN_COUNT = 42;

/** The first column that holds a task metric; all later ones do too. */
export const FIRST_METRIC = Column.executorDeserializeTimeMs;

/** A column's name and whether a frame holds differences (Δ) for it. */
export interface IColumn {
  readonly name: ColumnName;
  readonly delta: boolean;
}

const DELTA: ReadonlySet<string> = new Set<ColumnName>([
  'after',
  'taskId',
  'stageId',
  'stageAttemptId',
  'index',
  'partitionId',
  'launchTime',
  'executor',
  'host'
]);

/** The columns in the order of a frame; `COLUMNS[Column.x].name === 'x'`. */
export const COLUMNS: readonly IColumn[] = (
  Object.keys(Column) as ColumnName[]
).map(name => ({ name, delta: DELTA.has(name) }));

/** What a row says about its task. */
export const Kind = {
  started: 0,
  ended: 1,
  /** Still running: the metrics of a heartbeat. */
  running: 2,
  gettingResult: 3
} as const;

/** Bits of the column `flags`. */
export const Flag = {
  speculative: 1,
  failed: 2,
  killed: 4,
  /** The metric columns hold values (also zeros) of this task. */
  metrics: 8
} as const;

/** `TaskLocality`, by the number in the column `locality`. */
export const LOCALITIES = [
  'PROCESS_LOCAL',
  'NODE_LOCAL',
  'NO_PREF',
  'RACK_LOCAL',
  'ANY'
] as const;

/** `Task End Reason`, by the number in the column `reason`. */
export const REASONS = [
  '',
  'Success',
  'Resubmitted',
  'FetchFailed',
  'ExceptionFailure',
  'TaskResultLost',
  'TaskKilled',
  'TaskCommitDenied',
  'ExecutorLostFailure',
  'other'
] as const;

/** Numbers of {@link REASONS} that counting treats specially. */
export const Reason = {
  none: 0,
  success: 1,
  resubmitted: 2,
  fetchFailed: 3,
  exceptionFailure: 4,
  taskResultLost: 5,
  taskKilled: 6,
  taskCommitDenied: 7,
  executorLostFailure: 8,
  other: 9
} as const;
