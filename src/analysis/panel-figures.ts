import type { Application, CachedRdd, Executor, Job } from '../model';
import { isOpen } from './run-stages';

/** An application in figures: the head of the panel. Sizes in bytes. */
export interface IApplicationFigures {
  readonly executors: number;
  readonly cores: number;
  readonly busyCores: number;
  /** Storage memory: what cached and broadcast data may use, and uses. */
  readonly memoryBytes: number;
  readonly memoryUsedBytes: number;
  /** Since it started, up to its end or to now; null when its start is not known. */
  readonly uptimeMs: number | null;
  readonly isOver: boolean;
}

/**
 * Add up what is there now: removed executors no longer count.
 *
 * @param now - driver time in ms since 1970.
 */
export function applicationFigures(
  application: Application,
  now: number
): IApplicationFigures {
  const { startTime, endTime } = application;
  let [executors, cores, busyCores] = [0, 0, 0];
  let [memoryBytes, memoryUsedBytes] = [0, 0];
  for (const executor of application.executors.values()) {
    if (executor.isActive) {
      executors++;
      cores += executor.cores;
      busyCores += busyCoresOf(executor);
      memoryBytes += executor.maxMemoryBytes;
      memoryUsedBytes += executor.memoryUsedBytes;
    }
  }
  return {
    executors,
    cores: cores || application.cores,
    busyCores: endTime === null ? busyCores : 0,
    memoryBytes,
    memoryUsedBytes,
    uptimeMs:
      startTime === null ? null : Math.max(0, (endTime ?? now) - startTime),
    isOver: endTime !== null
  };
}

/** Cores with a task; a late message may tell of more tasks than cores. */
function busyCoresOf({ activeTasks, cores }: Executor): number {
  return cores > 0 ? Math.min(activeTasks, cores) : activeTasks;
}

/** A job in figures. */
export interface IJobRow {
  readonly job: Job;
  readonly isRunning: boolean;
  /** Tasks that must succeed, as the progress bar of Spark's job table has it: skipped ones are left out. */
  readonly tasks: number;
  /** Different tasks that have succeeded. */
  readonly tasksDone: number;
  readonly tasksActive: number;
  /** Null when its start was not seen. */
  readonly durationMs: number | null;
}

/**
 * Jobs to show in a list: running ones, then the others, each newest first.
 *
 * @param now - driver time in ms since 1970, for jobs that run.
 */
export function jobRows(application: Application, now: number): IJobRow[] {
  const rows = [...application.jobs.values()].map(job => {
    const isRunning = isOpen({ application, job });
    const end = job.completionTime ?? application.endTime ?? now;
    return {
      job,
      isRunning,
      tasks: Math.max(0, job.numTasks - job.numSkippedTasks),
      tasksDone: job.numCompletedIndices,
      tasksActive: isRunning ? job.numActiveTasks : 0,
      durationMs:
        job.submissionTime === null
          ? null
          : Math.max(0, end - job.submissionTime)
    };
  });
  return rows.sort(
    (a, b) => Number(b.isRunning) - Number(a.isRunning) || b.job.id - a.job.id
  );
}

/** An executor in figures. */
export interface IExecutorRow {
  readonly executor: Executor;
  readonly busyCores: number;
  /** Garbage collection's part of its tasks' time, 0–1, as Spark's executors page has it. */
  readonly gcShare: number;
  /** Part of its storage memory that is used, 0–1. */
  readonly memoryShare: number;
}

/** Executors to show in a list: those that are there, then removed ones, by id. */
export function executorRows(application: Application): IExecutorRow[] {
  const isOver = application.endTime !== null;
  return [...application.executors.values()]
    .map(executor => ({
      executor,
      busyCores: isOver || !executor.isActive ? 0 : busyCoresOf(executor),
      gcShare: share(executor.totalGcTimeMs, executor.totalDurationMs),
      memoryShare: share(executor.memoryUsedBytes, executor.maxMemoryBytes)
    }))
    .sort(
      (a, b) =>
        Number(b.executor.isActive) - Number(a.executor.isActive) ||
        order(a.executor.id) - order(b.executor.id)
    );
}

/** The driver comes first, executors by their number. */
function order(id: string): number {
  return id === 'driver' ? -1 : Number(id) || 0;
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0;
}

/** Something cached, in figures. */
export interface ICachedRow {
  readonly rdd: CachedRdd;
  /** Part of its partitions that are cached, 0–1; above 1 is not shown. */
  readonly share: number;
}

/** What is marked for caching, newest first. */
export function cachedRows(application: Application): ICachedRow[] {
  return [...application.rdds.values()]
    .map(rdd => ({
      rdd,
      share: share(rdd.numCachedPartitions, rdd.numPartitions)
    }))
    .sort((a, b) => b.rdd.id - a.rdd.id);
}
