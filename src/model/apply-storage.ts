import {
  idOf,
  numberOf,
  textOf,
  type IBlockUpdated,
  type IRddInfo,
  type IStorageLevel,
  type IUnpersistRdd
} from '../events';
import type { Application } from './application';
import { CachedRdd, type ICachedShare } from './cached-rdd';
import type { Executor } from './executor';

const RDD_BLOCK = /^rdd_(\d+)_\d+$/;
const BROADCAST_BLOCK = /^broadcast_\d+/;

/** `StorageLevel.isValid` */
function isValid(level: IStorageLevel | undefined): boolean {
  return (
    (level?.['Use Memory'] === true || level?.['Use Disk'] === true) &&
    numberOf(level.Replication, 1) > 0
  );
}

/** `StorageLevel.description` */
export function levelWords(level: IStorageLevel): string {
  const memory = level['Use Off Heap'] ? 'Memory (off heap) ' : 'Memory ';
  return [
    level['Use Disk'] ? 'Disk ' : '',
    level['Use Memory'] ? memory : '',
    level.Deserialized ? 'Deserialized ' : 'Serialized ',
    `${numberOf(level.Replication, 1)}x Replicated`
  ].join('');
}

/** The part of `AppStatusListener.onStageSubmitted` that notes cached RDDs; like Spark it keeps the level that it met first. */
export function addCachedRdds(
  app: Application,
  infos: readonly IRddInfo[]
): void {
  for (const info of infos) {
    const id = idOf(info['RDD ID']);
    const level = info['Storage Level'];
    if (id >= 0 && level && isValid(level) && !app.rdds.has(id)) {
      app.rdds.set(
        id,
        new CachedRdd(
          id,
          textOf(info.Name, ''),
          levelWords(level),
          numberOf(info['Number of Partitions'], 0),
          level
        )
      );
    }
  }
}

/** `AppStatusListener.onUnpersistRDD` */
export function onUnpersistRdd(app: Application, event: IUnpersistRdd): void {
  const id = idOf(event['RDD ID']);
  const rdd = app.rdds.get(id);
  if (!rdd) {
    return;
  }
  app.rdds.delete(id);
  for (const partition of rdd.partitions.values()) {
    for (const executorId of partition.executors) {
      const executor = live(app, executorId);
      if (executor) {
        executor.rddBlocks--;
      }
    }
  }
  for (const [executorId, share] of rdd.shares) {
    const executor = live(app, executorId);
    if (executor) {
      addBytes(executor, -share.memoryUsedBytes, -share.diskUsedBytes);
      const offHeap = rdd.level['Use Off Heap'] === true;
      addStorage(
        executor,
        offHeap,
        offHeap ? -share.offHeapUsedBytes : -share.onHeapUsedBytes
      );
    }
  }
}

function live(app: Application, executorId: string): Executor | null {
  const executor = app.executors.get(executorId);
  return executor?.isActive ? executor : null;
}

interface IBytes {
  memoryUsedBytes: number;
  diskUsedBytes: number;
}

/** `addDeltaToValue`: never below zero. */
function addBytes(of: IBytes, memory: number, disk: number): void {
  of.memoryUsedBytes = Math.max(0, of.memoryUsedBytes + memory);
  of.diskUsedBytes = Math.max(0, of.diskUsedBytes + disk);
}

/** The part of `updateExecutorMemoryDiskInfo` about kinds of memory. */
function addStorage(
  executor: Executor,
  offHeap: boolean,
  memory: number
): void {
  const of = executor.storageMemory;
  if (of && offHeap) {
    of.usedOffHeapBytes = Math.max(0, of.usedOffHeapBytes + memory);
  } else if (of) {
    of.usedOnHeapBytes = Math.max(0, of.usedOnHeapBytes + memory);
  }
}

/** `AppStatusListener.onBlockUpdated`; blocks of DStream receivers are not kept. */
export function onBlockUpdated(app: Application, event: IBlockUpdated): void {
  const info = event['Block Updated Info'];
  const block = textOf(info?.['Block ID'], '');
  const rddBlock = RDD_BLOCK.exec(block);
  if (!info || (!rddBlock && !BROADCAST_BLOCK.test(block))) {
    return;
  }
  const executorId = textOf(info['Block Manager ID']?.['Executor ID'], '');
  const level = info['Storage Level'];
  const memorySize = numberOf(info['Memory Size'], 0);
  const diskSize = numberOf(info['Disk Size'], 0);
  const memory = level?.['Use Memory'] ? memorySize : -memorySize;
  const disk = level?.['Use Disk'] ? diskSize : -diskSize;
  const executor = live(app, executorId);
  const rdd = rddBlock && app.rdds.get(Number(rddBlock[1]));
  if (
    rdd &&
    isRepeated(rdd, block, executorId, `${isValid(level)} ${memory} ${disk}`)
  ) {
    return;
  }
  const offHeap = level?.['Use Off Heap'] === true;
  if (executor) {
    addBytes(executor, memory, disk);
    addStorage(executor, offHeap, memory);
  }
  if (rdd) {
    const had = rdd.partitions.get(block)?.executors.includes(executorId);
    updateRdd(rdd, block, executorId, isValid(level), memory, disk);
    if (executor) {
      executor.rddBlocks += isValid(level) ? (had ? 0 : 1) : -1;
      updateShare(rdd, executor, offHeap, memory, disk);
      for (const other of app.rdds.values()) {
        noteRemaining(other.shares.get(executorId), executor);
      }
    }
  }
}

/** A block manager that registers again tells of all its blocks again, and Spark adds them once more. */
export function hearAgain(app: Application, executorId: string): void {
  for (const rdd of app.rdds.values()) {
    for (const key of rdd.lastUpdates.keys()) {
      if (key.endsWith(` ${executorId}`)) {
        rdd.lastUpdates.delete(key);
      }
    }
  }
}

/**
 * The status store tells again what the listener said already; Spark itself says the same of a block twice in a row only when its block
 * manager registers again.
 */
function isRepeated(
  rdd: CachedRdd,
  block: string,
  executorId: string,
  update: string
): boolean {
  const key = `${block} ${executorId}`;
  if (rdd.lastUpdates.get(key) === update) {
    return true;
  }
  rdd.lastUpdates.set(key, update);
  return false;
}

/** The part of `AppStatusListener.updateRDDBlock` about the RDD and its partition. */
function updateRdd(
  rdd: CachedRdd,
  block: string,
  executorId: string,
  valid: boolean,
  memory: number,
  disk: number
): void {
  const partition = rdd.partitions.get(block) ?? {
    executors: [],
    memoryUsedBytes: 0,
    diskUsedBytes: 0
  };
  const had = partition.executors.includes(executorId);
  const others = partition.executors.filter(other => other !== executorId);
  const executors = !valid
    ? others
    : had
      ? partition.executors
      : [...others, executorId];
  if (executors.length > 0) {
    partition.executors = executors;
    addBytes(partition, memory, disk);
    rdd.partitions.set(block, partition);
  } else {
    rdd.partitions.delete(block);
  }
  addBytes(rdd, memory, disk);
}

/** The part of it about what the executor holds of the RDD. */
function updateShare(
  rdd: CachedRdd,
  executor: Executor,
  offHeap: boolean,
  memory: number,
  disk: number
): void {
  if (executor.rddBlocks <= 0) {
    rdd.shares.delete(executor.id);
    return;
  }
  const share = rdd.shares.get(executor.id) ?? {
    memoryUsedBytes: 0,
    diskUsedBytes: 0,
    onHeapUsedBytes: 0,
    offHeapUsedBytes: 0,
    address: '',
    memoryRemainingBytes: 0,
    onHeapRemainingBytes: null,
    offHeapRemainingBytes: null
  };
  rdd.shares.set(executor.id, share);
  addBytes(share, memory, disk);
  if (executor.storageMemory && offHeap) {
    share.offHeapUsedBytes = Math.max(0, share.offHeapUsedBytes + memory);
  } else if (executor.storageMemory) {
    share.onHeapUsedBytes = Math.max(0, share.onHeapUsedBytes + memory);
  }
}

/** `LiveRDDDistribution.toApi` */
function noteRemaining(
  share: ICachedShare | undefined,
  executor: Executor
): void {
  if (share) {
    const kinds = executor.storageMemory;
    share.address = executor.hostPort ?? executor.host;
    share.memoryRemainingBytes =
      executor.maxMemoryBytes - executor.memoryUsedBytes;
    share.onHeapRemainingBytes =
      kinds && kinds.totalOnHeapBytes - kinds.usedOnHeapBytes;
    share.offHeapRemainingBytes =
      kinds && kinds.totalOffHeapBytes - kinds.usedOffHeapBytes;
  }
}

/** The part of `AppStatusListener.onExecutorRemoved` about what the executor held. */
export function forgetBlocks(app: Application, executorId: string): void {
  for (const rdd of app.rdds.values()) {
    rdd.shares.delete(executorId);
    for (const [block, partition] of rdd.partitions) {
      const count = partition.executors.length;
      if (!partition.executors.includes(executorId)) {
        continue;
      }
      const memory = -Math.trunc(partition.memoryUsedBytes / count);
      const disk = -Math.trunc(partition.diskUsedBytes / count);
      addBytes(rdd, memory, disk);
      if (count === 1) {
        rdd.partitions.delete(block);
      } else {
        addBytes(partition, memory, disk);
        partition.executors = partition.executors.filter(
          other => other !== executorId
        );
      }
    }
  }
}
