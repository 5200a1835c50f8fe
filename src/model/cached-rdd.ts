import type { IStorageLevel } from '../events';

/** What one block of a cached RDD occupies, over all executors that hold it. */
export interface ICachedPartition {
  executors: readonly string[];
  memoryUsedBytes: number;
  diskUsedBytes: number;
}

/**
 * What an executor holds of a cached RDD (`LiveRDDDistribution`). What remains is as of the last update of a cached block there; by kind
 * of memory only where Spark said how much there is.
 */
export interface ICachedShare {
  memoryUsedBytes: number;
  diskUsedBytes: number;
  onHeapUsedBytes: number;
  offHeapUsedBytes: number;
  /** Host and port. */
  address: string;
  memoryRemainingBytes: number;
  onHeapRemainingBytes: number | null;
  offHeapRemainingBytes: number | null;
}

/**
 * An RDD that a stage marked for caching. Which of its partitions are cached is known from block updates only, which a default event
 * log does not have.
 */
export class CachedRdd {
  constructor(
    readonly id: number,
    readonly name: string,
    /** As Spark words it: `Disk Memory Deserialized 1x Replicated`. */
    readonly storageLevel: string,
    readonly numPartitions: number,
    readonly level: IStorageLevel
  ) {}

  memoryUsedBytes = 0;
  diskUsedBytes = 0;

  get numCachedPartitions(): number {
    return this.partitions.size;
  }

  /** Block name (`rdd_3_0`) → what is known of it. */
  readonly partitions = new Map<string, ICachedPartition>();
  /** Executor id → its share (`LiveRDDDistribution`). */
  readonly shares = new Map<string, ICachedShare>();
  /** Block and executor → what was last said of them. */
  readonly lastUpdates = new Map<string, string>();
}
