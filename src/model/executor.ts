/**
 * An executor (or the driver, which Spark lists as one), counted as Spark's `AppStatusListener` counts it.
 */
export class Executor {
  constructor(
    /** `driver` or a number. */
    readonly id: string,
    /** ms since 1970. */
    readonly addTime: number
  ) {}

  host = '';
  cores = 0;
  removeTime: number | null = null;
  removeReason: string | null = null;
  isActive = true;

  /** Storage memory it may use. */
  maxMemoryBytes = 0;
  /** Storage memory and disk that cached and broadcast blocks use. */
  memoryUsedBytes = 0;
  diskUsedBytes = 0;
  rddBlocks = 0;

  activeTasks = 0;
  completedTasks = 0;
  failedTasks = 0;
  /** Started ones. */
  totalTasks = 0;
  /** Over ended tasks, as are the sums below. */
  totalDurationMs = 0;
  totalGcTimeMs = 0;
  inputBytes = 0;
  shuffleReadBytes = 0;
  shuffleWriteBytes = 0;

  /** Executor metric (`JVMHeapMemory`, …) → highest value seen, bytes or a count. */
  readonly peak = new Map<string, number>();
}
