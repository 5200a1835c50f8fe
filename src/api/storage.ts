import {
  levelWords,
  type CachedRdd,
  type ICachedPartition,
  type ICachedShare
} from '../model';
import { notFound } from './failure';
import type { Json } from './json';
import { readInt } from './query';
import { inScalaOrder } from './scala-order';
import { isSince, type IServed } from './served';

/** `storage/rdd`: those of which something is cached. */
export function rddList(served: IServed): Json {
  return [...served.application.rdds.values()]
    .filter(rdd => rdd.numCachedPartitions > 0)
    .sort((a, b) => a.id - b.id)
    .map(rdd => rddStorageInfo(served, rdd));
}

/**
 * `storage/rdd/{id}`
 *
 * @throws Failure 404
 */
export function oneRdd(served: IServed, rddId: string): Json {
  const id = readInt(rddId);
  const rdd = served.application.rdds.get(id);
  if (!rdd) {
    throw notFound(`no rdd found w/ id ${id}`);
  }
  return rddStorageInfo(served, rdd);
}

/** `RDDStorageInfo` */
function rddStorageInfo(served: IServed, rdd: CachedRdd): Json {
  const executors = inScalaOrder(
    [...rdd.shares.keys()],
    isSince(served.application, 4, 0)
  );
  return {
    id: rdd.id,
    name: rdd.name,
    numPartitions: rdd.numPartitions,
    numCachedPartitions: rdd.numCachedPartitions,
    storageLevel: rdd.storageLevel,
    memoryUsed: rdd.memoryUsedBytes,
    diskUsed: rdd.diskUsedBytes,
    dataDistribution:
      executors.length > 0
        ? executors.map(id => distribution(rdd.shares.get(id)!))
        : undefined,
    partitions: [...rdd.partitions].map(([block, partition]) =>
      partitionInfo(rdd, block, partition)
    )
  };
}

/** `RDDDataDistribution` */
function distribution(share: ICachedShare): Json {
  const known = share.onHeapRemainingBytes !== null;
  return {
    address: share.address,
    memoryUsed: share.memoryUsedBytes,
    memoryRemaining: share.memoryRemainingBytes,
    diskUsed: share.diskUsedBytes,
    onHeapMemoryUsed: known ? share.onHeapUsedBytes : undefined,
    offHeapMemoryUsed: known ? share.offHeapUsedBytes : undefined,
    onHeapMemoryRemaining: share.onHeapRemainingBytes,
    offHeapMemoryRemaining: share.offHeapRemainingBytes
  };
}

/** `RDDPartitionInfo`: its level is what it really uses (`LiveRDDPartition.update`). */
function partitionInfo(
  rdd: CachedRdd,
  blockName: string,
  partition: ICachedPartition
): Json {
  const inMemory = partition.memoryUsedBytes > 0;
  return {
    blockName,
    storageLevel: levelWords({
      'Use Disk': partition.diskUsedBytes > 0,
      'Use Memory': inMemory,
      'Use Off Heap': rdd.level['Use Off Heap'] === true,
      Deserialized: inMemory && rdd.level.Deserialized === true,
      Replication: partition.executors.length
    }),
    memoryUsed: partition.memoryUsedBytes,
    diskUsed: partition.diskUsedBytes,
    executors: partition.executors
  };
}
