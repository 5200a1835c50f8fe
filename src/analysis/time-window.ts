// An aggregate (3): from when to when a scope's work is looked at.
import { elapsedMs } from './phases';
import { isOpen } from './run-stages';
import type { IScope, IScopePart } from './scope';

/** The time in which something was done for a scope. */
export interface ITimeWindow {
  /** ms since 1970. */
  readonly from: number;
  readonly to: number;
  /** Whether nothing of it goes on any more. */
  readonly isOver: boolean;
  readonly parts: readonly IScopePart[];
}

/** An interval of time, ms since 1970. */
export interface ISpan {
  readonly from: number;
  readonly to: number;
}

/**
 * The window of a scope: a run of a cell from its start to its end, anything else from its first submission to its last end. Jobs that a
 * thread leaves behind may end after their cell. Null while no job is known.
 */
export function timeWindow(scope: IScope): ITimeWindow | null {
  const parts = scope.parts();
  const { run } = scope;
  let from = run?.startTime ?? Infinity;
  let to = run?.endTime ?? -Infinity;
  let isOver = run === null || run.endTime !== null;
  let jobs = 0;
  for (const part of parts) {
    const { application } = part;
    for (const job of part.jobs) {
      jobs++;
      isOver &&= !isOpen({ application, job });
      const span = jobSpan(part, job);
      from = Math.min(from, span.from);
      to = Math.max(to, span.to);
    }
    for (const span of executionSpans(part)) {
      from = Math.min(from, span.from);
      to = Math.max(to, span.to);
    }
    if (!isOver) {
      to = Math.max(to, application.now);
    }
  }
  return jobs === 0 ? null : { from, to: Math.max(from, to), isOver, parts };
}

/** When a job was there; one without an end lasts to its application's. */
export function jobSpan(
  { application }: IScopePart,
  job: IScopePart['jobs'][number]
): ISpan {
  const to = job.completionTime ?? application.endTime ?? application.now;
  const from = job.submissionTime ?? to;
  return { from, to: Math.max(from, to) };
}

/** When the SQL executions were open for which a part's jobs ran. */
export function executionSpans({
  application,
  jobs
}: IScopePart): readonly ISpan[] {
  const ids = new Set(jobs.map(job => job.sqlExecutionId ?? -1));
  const spans: ISpan[] = [];
  for (const id of ids) {
    const execution = application.sql.get(id);
    if (execution && execution.submissionTime !== null) {
      const from = execution.submissionTime;
      const to =
        execution.completionTime ?? application.endTime ?? application.now;
      spans.push({ from, to: Math.max(from, to) });
    }
  }
  return spans;
}

/** Tasks of many stages as columns, in the order of `stages`. */
export interface ITaskSpans {
  readonly count: number;
  readonly launch: Float64Array;
  readonly finish: Float64Array;
  /** Index into the parts of the window. */
  readonly part: Uint16Array;
  /** Row of that part's task table. */
  readonly row: Int32Array;
}

/** The tasks of a window; those that run last to now. */
export function taskSpans(parts: readonly IScopePart[]): ITaskSpans {
  const lists = parts.map(({ stages }) =>
    stages.map(stage => stage.rows.view())
  );
  const count = lists.flat().reduce((sum, rows) => sum + rows.length, 0);
  const spans = {
    count,
    launch: new Float64Array(count),
    finish: new Float64Array(count),
    part: new Uint16Array(count),
    row: new Int32Array(count)
  };
  let at = 0;
  lists.forEach((stages, p) => {
    const { tasks, now } = parts[p]!.application;
    for (const rows of stages) {
      for (const row of rows) {
        const launch = tasks.launchTime[row]!;
        spans.launch[at] = launch;
        spans.finish[at] = launch + elapsedMs(tasks, row, now);
        spans.part[at] = p;
        spans.row[at++] = row;
      }
    }
  });
  return spans;
}

/** Numbers from 0, in ascending order of their values; equal ones in the order in which they are. */
export function orderOf(values: Float64Array): Int32Array {
  const order = new Int32Array(values.length).map((_, i) => i);
  let sorted = true;
  for (let i = 1; sorted && i < values.length; i++) {
    sorted = values[i]! >= values[i - 1]!;
  }
  return sorted
    ? order
    : order.sort((a, b) => values[a]! - values[b]! || a - b);
}
