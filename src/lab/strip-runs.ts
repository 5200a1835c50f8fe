import { summarise } from '../analysis/run-summary';
import type { CellRun } from '../model';
import type { IRunChoice } from '../views/strip/model';

/** Rises when a run that has ended gets a job or a streaming query more, or its curves a word. */
export function newsOf(runs: readonly CellRun[]): number {
  return runs.reduce(
    (sum, { jobs, queries, curves }) =>
      curves.reduce(
        (all, { revision }) => all + revision,
        sum + jobs.length + queries.length
      ),
    0
  );
}

/** A run among those that a strip can show. */
export function choice(run: CellRun): IRunChoice {
  return {
    id: run.id,
    state: run.endTime === null ? 'running' : summarise(run).state,
    startTime: run.startTime
  };
}

/** Whether a run has curves and nothing of Spark, so that theirs is the only tab. */
export function isOnlyCurves({ curves, jobs, queries }: CellRun): boolean {
  return curves.length > 0 && jobs.length === 0 && queries.length === 0;
}
