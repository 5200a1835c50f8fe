import type { Application, Executor } from '../model';
import { peakMetrics } from './executor-metrics';
import { writeTime, type Json } from './json';
import { isSince, type IServed } from './served';

/** `allexecutors`, or only those that are there: by id as text, and those that are there backwards, as Spark's index has them. */
export function executorList(served: IServed, activeOnly: boolean): Json {
  const executors = [...served.application.executors.values()]
    .filter(executor => executor.hostPort !== null || executor.host !== '')
    .filter(executor => executor.isActive || !activeOnly)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  if (activeOnly) {
    executors.reverse();
  }
  return executors.map(executor => executorSummary(served, executor));
}

/** `ExecutorSummary` */
function executorSummary(served: IServed, executor: Executor): Json {
  const app = served.application;
  const memory = executor.storageMemory;
  const excludedInStages = [...executor.excludedInStages].sort((a, b) => a - b);
  return {
    id: executor.id,
    hostPort: executor.hostPort ?? executor.host,
    isActive: executor.isActive,
    rddBlocks: executor.rddBlocks,
    memoryUsed: executor.memoryUsedBytes,
    diskUsed: executor.diskUsedBytes,
    totalCores: executor.cores,
    maxTasks: executor.maxTasks,
    activeTasks: executor.activeTasks,
    failedTasks: executor.failedTasks,
    completedTasks: executor.completedTasks,
    totalTasks: executor.totalTasks,
    totalDuration: totalDuration(served, executor),
    totalGCTime: totalGcTime(executor),
    totalInputBytes: executor.inputBytes,
    totalShuffleRead: executor.shuffleReadBytes,
    totalShuffleWrite: executor.shuffleWriteBytes,
    isBlacklisted: executor.isExcluded,
    maxMemory: executor.maxMemoryBytes,
    addTime: writeTime(executor.addTime),
    removeTime: writeTime(executor.removeTime),
    removeReason: executor.removeReason,
    executorLogs: Object.fromEntries(executor.logs),
    memoryMetrics: memory && {
      usedOnHeapStorageMemory: memory.usedOnHeapBytes,
      usedOffHeapStorageMemory: memory.usedOffHeapBytes,
      totalOnHeapStorageMemory: memory.totalOnHeapBytes,
      totalOffHeapStorageMemory: memory.totalOffHeapBytes
    },
    blacklistedInStages: excludedInStages,
    peakMemoryMetrics: peakMetrics(app, executor.peak),
    attributes: Object.fromEntries(executor.attributes),
    resources: executor.resources as Json,
    resourceProfileId: executor.resourceProfileId,
    isExcluded: executor.isExcluded,
    excludedInStages
  };
}

/** Of the driver, how long the application ran (`AppStatusStore.replaceDriverGcTime`). */
function totalDuration(served: IServed, executor: Executor): number {
  const app = served.application;
  if (executor.id === 'driver' && app.startTime !== null) {
    return (app.endTime ?? served.now) - app.startTime;
  }
  return executor.totalDurationMs + resubmittedMs(app, executor.resubmittedMs);
}

function totalGcTime(executor: Executor): number {
  return executor.id === 'driver' && executor.peak.isSet
    ? executor.peak.get('TotalGCTime')!
    : executor.totalGcTimeMs;
}

/** Before 4.3 Spark counts the time of a task again when it is to run again. */
export function resubmittedMs(app: Application, ms: number): number {
  return isSince(app, 4, 3) ? 0 : ms;
}
