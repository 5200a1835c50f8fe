import type { ITaskRows } from './rows';
import type { ISparkEvent } from './spark';

/**
 * One batch of what happened: what a frame holds, what a part of a log file holds.
 */
export interface IBatch {
  /** 0 = the kernel itself, n = its n-th `SparkContext`. A reader of one log uses 1. */
  readonly application: number;
  /** True when it happened before anybody listened: order and times are then only as good as the status store's. */
  readonly backfill: boolean;
  /** Spark's events (but for task starts and ends) and ours, in order. */
  readonly events: readonly ISparkEvent[];
  /** The same events word for word, where somebody asked for it: a number may have more digits than JavaScript keeps. */
  readonly lines?: readonly string[];
  /** Task starts, ends and heartbeats; their column `after` says where they belong among the events. */
  readonly rows: ITaskRows | null;
  /** Lines that were not JSON objects and were left out. */
  readonly badLines?: number;
}
