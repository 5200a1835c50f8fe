import { PeakMetrics } from './peak-metrics';

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
  /** Host and port of its block manager; null while it has none. */
  hostPort: string | null = null;
  cores = 0;
  /** How many tasks fit on it at a time. */
  maxTasks = 0;
  removeTime: number | null = null;
  removeReason: string | null = null;
  isActive = true;
  /** `stdout`, `stderr` → where to read it. */
  logs: ReadonlyMap<string, string> = new Map();
  attributes: ReadonlyMap<string, string> = new Map();
  /** Name of a resource (`gpu`) → name and addresses, as Spark spells them. */
  resources: Readonly<Record<string, unknown>> = {};
  resourceProfileId = 0;
  /** Excluded from everything, or from some stages. */
  isExcluded = false;
  readonly excludedInStages = new Set<number>();

  /** Storage memory it may use. */
  maxMemoryBytes = 0;
  /** Storage memory and disk that cached and broadcast blocks use. */
  memoryUsedBytes = 0;
  diskUsedBytes = 0;
  rddBlocks = 0;
  /** The same by kind of memory, since its block manager last registered; null when Spark did not say. */
  storageMemory: IStorageMemory | null = null;

  activeTasks = 0;
  completedTasks = 0;
  failedTasks = 0;
  /** Started ones. */
  totalTasks = 0;
  /** Over ended tasks, as are the sums below. */
  totalDurationMs = 0;
  /** How long the tasks had run that were to run again because their output was lost; before 4.3 Spark adds it to the above. */
  resubmittedMs = 0;
  totalGcTimeMs = 0;
  inputBytes = 0;
  shuffleReadBytes = 0;
  shuffleWriteBytes = 0;

  /** Executor metric (`JVMHeapMemory`, …) → highest value seen, bytes or a count. */
  readonly peak = new PeakMetrics();
}

/** `MemoryMetrics`. */
export interface IStorageMemory {
  totalOnHeapBytes: number;
  totalOffHeapBytes: number;
  usedOnHeapBytes: number;
  usedOffHeapBytes: number;
}
