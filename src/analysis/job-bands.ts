// An aggregate (3): when jobs ran and executors were there, and how much of the time no job ran.
import type { Application, Executor, Job } from '../model';
import { inRows } from './band-rows';

/** When a job ran: one bar. Times in ms since 1970. */
export interface IJobBand {
  readonly job: Job;
  readonly from: number;
  readonly to: number;
  /** Bands of one row don't overlap, but for those on the last row. */
  readonly row: number;
}

/** When an executor was there. Times in ms since 1970. */
export interface IExecutorSpan {
  readonly executor: Executor;
  readonly from: number;
  readonly to: number;
}

/**
 * Jobs over time, in as few rows as possible up to `mostRows`; what does not fit lies on the last one. Jobs whose start was not seen have none.
 *
 * @param now - where jobs end that still run, ms since 1970.
 */
export function jobBands(
  application: Application,
  now: number,
  mostRows = 4
): IJobBand[] {
  const bands = [...application.jobs.values()]
    .filter(job => job.submissionTime !== null)
    .map(job => {
      const from = job.submissionTime ?? now;
      const end = job.completionTime ?? application.endTime ?? now;
      return { job, from, to: Math.max(from, end) };
    })
    .sort((a, b) => a.from - b.from || a.job.id - b.job.id);
  return inRows(bands, mostRows);
}

/** Executors over time, in the order in which they came. */
export function executorSpans(
  application: Application,
  now: number
): IExecutorSpan[] {
  return [...application.executors.values()]
    .map(executor => ({
      executor,
      from: executor.addTime,
      to: Math.max(
        executor.addTime,
        executor.removeTime ?? application.endTime ?? now
      )
    }))
    .sort((a, b) => a.from - b.from);
}

/**
 * How long at least one job ran: the length of the union of their times, in ms.
 *
 * @param bands - by start, as `jobBands` gives them.
 */
export function jobTimeMs(
  bands: readonly { readonly from: number; readonly to: number }[]
): number {
  let sum = 0;
  let end = -Infinity;
  for (const { from, to } of bands) {
    sum += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return sum;
}
