// A derivation (2): what the driver was at, at any time, when no task of a scope's critical path ran.
import type { IScopePart } from './scope';
import { elapsedMs } from './phases';
import {
  executionSpans,
  jobSpan,
  type ISpan,
  type ITimeWindow
} from './time-window';

/** What goes on while no task of the path runs. */
export type OpenWork =
  /** Nothing is asked of Spark. */
  | 'driver'
  /** A query is open, but has no job. */
  | 'planning'
  /** A job has tasks to come. */
  | 'scheduling'
  /** The same, and tasks have all cores. */
  | 'waiting'
  /** The tasks of all jobs are done, but the jobs are not. */
  | 'collecting';

/** From `at` on it is so, until the next one begins. */
export interface IOpenWork {
  readonly at: number;
  readonly work: OpenWork;
}

const QUERY = 0;
const JOB = 1;
const TAIL = 2;
const RUNNING = 3;

/** What was open in a window, in the order of time; the first begins with it. */
export function openWork(window: ITimeWindow): readonly IOpenWork[] {
  const changes: { at: number; what: number; by: number }[] = [];
  const add = (what: number, { from, to }: ISpan): void => {
    if (to > from) {
      changes.push({ at: from, what, by: 1 }, { at: to, what, by: -1 });
    }
  };
  let cores = 0;
  for (const part of window.parts) {
    executionSpans(part).forEach(span => add(QUERY, span));
    for (const job of part.jobs) {
      const span = jobSpan(part, job);
      add(JOB, span);
      if (job.completionTime !== null) {
        add(TAIL, { from: lastTaskEnd(part, job) ?? span.from, to: span.to });
      }
    }
    cores += part.application.cores;
    if (hasOthers(part, window)) {
      tasksOf(part, window).forEach(span => add(RUNNING, span));
    }
  }
  changes.sort((a, b) => a.at - b.at);
  const open = [0, 0, 0, 0];
  const found: IOpenWork[] = [{ at: window.from, work: 'driver' }];
  for (let i = 0; i < changes.length;) {
    const { at } = changes[i]!;
    for (; i < changes.length && changes[i]!.at === at; i++) {
      open[changes[i]!.what]! += changes[i]!.by;
    }
    const work =
      open[JOB]! > open[TAIL]!
        ? cores > 0 && open[RUNNING]! >= cores
          ? 'waiting'
          : 'scheduling'
        : open[JOB]! > 0
          ? 'collecting'
          : open[QUERY]! > 0
            ? 'planning'
            : 'driver';
    if (work !== found[found.length - 1]!.work) {
      found.push({ at, work });
    }
  }
  return found;
}

/** When the last task of a job's own stages ended; null when it ran none. */
function lastTaskEnd(
  { application }: IScopePart,
  job: IScopePart['jobs'][number]
): number | null {
  const { tasks, now } = application;
  let last = -Infinity;
  for (const stage of job.stages) {
    if (stage.jobs.includes(job) || stage.jobIds.has(job.id)) {
      for (const row of stage.rows.view()) {
        const end = tasks.launchTime[row]! + elapsedMs(tasks, row, now);
        last = Math.max(last, end);
      }
    }
  }
  const from = job.submissionTime ?? last;
  return last === -Infinity ? null : Math.max(from, last);
}

/** Whether jobs that are not in the scope ran in its time. */
function hasOthers(part: IScopePart, { from, to }: ITimeWindow): boolean {
  const own = new Set(part.jobs);
  for (const job of part.application.jobs.values()) {
    if (!own.has(job)) {
      const span = jobSpan(part, job);
      if (span.from < to && span.to > from) {
        return true;
      }
    }
  }
  return false;
}

/** All tasks of an application that ran in a window. */
function tasksOf(
  { application }: IScopePart,
  { from, to }: ITimeWindow
): readonly ISpan[] {
  const { tasks, now } = application;
  const spans: ISpan[] = [];
  for (let row = 0; row < tasks.length; row++) {
    // NaN in the row of a forgotten task, which is in no window.
    const launch = tasks.launchTime[row]!;
    const finish = launch + elapsedMs(tasks, row, now);
    if (launch < to && finish > from) {
      spans.push({ from: launch, to: finish });
    }
  }
  return spans;
}
