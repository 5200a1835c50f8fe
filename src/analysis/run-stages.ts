// Derived (2) from the jobs and stages of the model.
import type { Application, IRunJob, StageAttempt, StageStatus } from '../model';

/** An attempt of a stage as a run sees it. */
export interface IRunAttempt {
  readonly attempt: StageAttempt;
  /** Its status; what was going on when the driver ended has failed. */
  readonly status: StageStatus;
}

/** A stage of a run, however many of its jobs list it. */
export interface IRunStage {
  readonly application: Application;
  readonly id: number;
  /** None of its jobs ran it: its output was there, or they ended before they came to it. */
  readonly skipped: boolean;
  readonly completed: boolean;
  /** Those that ran or will, oldest first; none of a skipped stage. */
  readonly attempts: readonly IRunAttempt[];
  /** Tasks that must succeed in it. */
  readonly tasks: number;
  /** Different ones that have. */
  readonly tasksDone: number;
}

/** Whether a job is still going on. */
export function isOpen({ application, job }: IRunJob): boolean {
  return job.status === 'running' && application.endTime === null;
}

/** The stages of some jobs, by application and id. */
export function stagesOf(jobs: readonly IRunJob[]): readonly IRunStage[] {
  const listed = new Map<string, { id: number; entries: IRunJob[] }>();
  for (const entry of jobs) {
    for (const id of new Set(entry.job.stageIds)) {
      const key = `${entry.application.ordinal}:${id}`;
      const known = listed.get(key);
      if (known) {
        known.entries.push(entry);
      } else {
        listed.set(key, { id, entries: [entry] });
      }
    }
  }
  return [...listed.values()]
    .map(({ id, entries }) => stageOf(id, entries))
    .sort(
      (a, b) => a.application.ordinal - b.application.ordinal || a.id - b.id
    );
}

function stageOf(id: number, entries: readonly IRunJob[]): IRunStage {
  const { application } = entries[0]!;
  const all = application.attemptsOf(id);
  // What an attempt did before a job listed it is none of that job's.
  const attempts = all
    .filter(attempt => entries.some(({ job }) => attempt.jobs.includes(job)))
    .map(attempt => ({ attempt, status: statusOf(attempt, application) }))
    .filter(({ status }) => status !== 'skipped');
  const skipped = attempts.length === 0;
  return {
    application,
    id,
    skipped,
    completed: entries.some(({ job }) => job.completedStages.has(id)),
    attempts,
    ...tasksOf(skipped ? all.slice(-1) : attempts.map(each => each.attempt))
  };
}

function statusOf(attempt: StageAttempt, app: Application): StageStatus {
  if (app.endTime === null) {
    return attempt.status;
  }
  return attempt.status === 'active'
    ? 'failed'
    : attempt.status === 'pending'
      ? 'skipped'
      : attempt.status;
}

/** An attempt after which another came counts with what it got done: the later one has the rest. */
function tasksOf(
  attempts: readonly StageAttempt[]
): Pick<IRunStage, 'tasks' | 'tasksDone'> {
  const last = attempts[attempts.length - 1];
  let tasks = 0;
  let tasksDone = 0;
  for (const attempt of attempts) {
    tasks += attempt === last ? attempt.numTasks : attempt.numCompletedIndices;
    tasksDone += attempt.numCompletedIndices;
  }
  return { tasks: Math.max(tasks, tasksDone), tasksDone };
}
