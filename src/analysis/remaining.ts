// An aggregate (3); the formula is ours and stands below.
import {
  TaskState,
  type Application,
  type IRunJob,
  type StageAttempt
} from '../model';
import { isOpen, type IRunStage } from './run-stages';

/** As few finished tasks in a stage say nothing about the next ones. */
const LEAST_FINISHED = 8;
/** The newest so many ends make the rate. */
const WINDOW = 16;
/** How far back in a stage's rows ends are looked for: rows are in the order of starts. */
const LOOK_BACK = 1024;

/**
 * How long the stages that run will take, ms:
 *
 *     tasks that have not succeeded yet ÷ (n ÷ (now − oldest of the newest n + 1 ends)),   n ≤ 16
 *
 * over the tasks of all active stages together, because they share the cores. `now` is the newest time the applications told, so a
 * stall makes the estimate longer.
 *
 * Null where that would be a guess: a stage of a running job has not started, a plan may still change and add jobs (adaptive
 * execution), fewer than 8 tasks of an active stage have finished, nothing is running, or the tasks are of several applications.
 */
export function remainingMs(
  jobs: readonly IRunJob[],
  stages: readonly IRunStage[]
): number | null {
  const open = jobs.filter(isOpen);
  const application = open[0]?.application;
  if (
    !application ||
    open.some(entry => entry.application !== application || mayGrow(entry))
  ) {
    return null;
  }
  const active: StageAttempt[] = [];
  for (const stage of stages) {
    for (const { attempt, status } of stage.attempts) {
      if (status === 'pending') {
        return null;
      }
      if (status === 'active') {
        active.push(attempt);
      }
    }
  }
  if (
    active.length === 0 ||
    active.some(stage => stage.numCompletedIndices < LEAST_FINISHED)
  ) {
    return null;
  }
  const left = active.reduce(
    (sum, stage) =>
      sum + Math.max(0, stage.numTasks - stage.numCompletedIndices),
    0
  );
  const ends = newestEnds(application, active);
  if (ends.length < LEAST_FINISHED) {
    return null;
  }
  const span = Math.max(1, application.now - ends[ends.length - 1]!);
  return Math.round((left * span) / (ends.length - 1));
}

/** Whether adaptive execution has not decided yet what the query will run: further jobs follow this one. */
function mayGrow({ application, job }: IRunJob): boolean {
  const plan =
    job.sqlExecutionId === null
      ? null
      : application.sql.get(job.sqlExecutionId)?.plan;
  return /\bisFinalPlan=false\b/.test(String(plan?.simpleString ?? ''));
}

/** When the newest tasks of these stages succeeded, newest first. */
function newestEnds(
  app: Application,
  stages: readonly StageAttempt[]
): readonly number[] {
  const { state, launchTime, durationMs } = app.tasks;
  const ends: number[] = [];
  for (const stage of stages) {
    const rows = stage.rows.view();
    const oldest = Math.max(0, rows.length - LOOK_BACK);
    for (let i = rows.length - 1; i >= oldest; i--) {
      const row = rows[i]!;
      if (state[row] === TaskState.succeeded) {
        ends.push(launchTime[row]! + durationMs[row]!);
      }
    }
  }
  return ends.sort((a, b) => b - a).slice(0, WINDOW + 1);
}
