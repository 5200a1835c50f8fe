// A derivation (2): where each partition of a cached RDD or DataFrame is now, from what Spark said of its blocks.
import type { Application, CachedRdd } from '../model';

/** Where a partition of cached data is. Both bits: a copy in memory and one on disk. */
export const CachePlace = { absent: 0, memory: 1, disk: 2 } as const;

/** The partitions of something cached. */
export interface ICachedPartitions {
  readonly rdd: CachedRdd;
  /** Whether events told of its blocks: a default event log does not. */
  readonly isKnown: boolean;
  /** By partition: bits of {@link CachePlace}. */
  readonly places: Uint8Array;
  /** By partition: what its copies take up in memory and on disk together. */
  readonly bytes: Float64Array;
  /** Partitions with a copy in memory. */
  readonly inMemory: number;
  /** Partitions with a copy on disk only. */
  readonly onDisk: number;
  /** Partitions that would be worked out again. */
  readonly absent: number;
}

/** Where the partitions of a cached RDD are. */
export function cachedPartitions(
  application: Application,
  rdd: CachedRdd
): ICachedPartitions {
  const count = rdd.numPartitions;
  const places = new Uint8Array(count);
  const bytes = new Float64Array(count);
  for (const [block, partition] of rdd.partitions) {
    const index = Number(block.slice(block.lastIndexOf('_') + 1));
    if (index < count) {
      places[index] =
        (partition.memoryUsedBytes > 0 ? CachePlace.memory : 0) |
        (partition.diskUsedBytes > 0 ? CachePlace.disk : 0);
      bytes[index] = partition.memoryUsedBytes + partition.diskUsedBytes;
    }
  }
  let [inMemory, onDisk] = [0, 0];
  for (const place of places) {
    inMemory += place & CachePlace.memory ? 1 : 0;
    onDisk += place === CachePlace.disk ? 1 : 0;
  }
  return {
    rdd,
    isKnown: tellsBlocks(application),
    places,
    bytes,
    inMemory,
    onDisk,
    absent: count - inMemory - onDisk
  };
}

/** Logs have block updates only where `spark.eventLog.logBlockUpdates.enabled` is set; one block that was seen says that it was. */
function tellsBlocks(application: Application): boolean {
  return (
    application.source !== 'log' ||
    application.properties.get('spark.eventLog.logBlockUpdates.enabled') ===
      'true' ||
    [...application.rdds.values()].some(rdd => rdd.lastUpdates.size > 0)
  );
}
