import type {
  Application,
  CellRun,
  Curve,
  IRunJob,
  IRunQuery,
  Job,
  StageAttempt
} from '../model';

/** What a scope holds of one application. */
export interface IScopePart {
  readonly application: Application;
  /** By id. */
  readonly jobs: readonly Job[];
  /** Every attempt once, by stage id and then attempt; skipped and waiting ones too. */
  readonly stages: readonly StageAttempt[];
}

/** What the views of one strip, card or page show. */
export interface IScope {
  readonly kind: 'run' | 'job' | 'application';
  /** The run, job or application itself: scopes of the same thing are the same. */
  readonly subject: object;
  /** The cell run it is about, when it is about one. */
  readonly run: CellRun | null;
  /** What is in it now, one part an application: the model grows, so ask again after each batch. */
  parts(): readonly IScopePart[];
  /** The streaming queries in it now, oldest first. */
  queries(): readonly IRunQuery[];
  /** The training curves that were opened in it, oldest first. */
  curves(): readonly Curve[];
}

/** What one execution of a cell did. */
export function runScope(run: CellRun): IScope {
  return {
    kind: 'run',
    subject: run,
    run,
    parts: () => partsOf(run.jobs),
    queries: () => run.queries,
    curves: () => run.curves
  };
}

/** One job. */
export function jobScope(application: Application, job: Job): IScope {
  return {
    kind: 'job',
    subject: job,
    run: null,
    parts: () => partsOf([{ application, job }]),
    queries: () => [],
    curves: () => []
  };
}

/** Everything an application did. */
export function applicationScope(application: Application): IScope {
  return {
    kind: 'application',
    subject: application,
    run: null,
    parts: () => [
      {
        application,
        jobs: [...application.jobs.values()].sort((a, b) => a.id - b.id),
        stages: ordered(application.stages.values())
      }
    ],
    queries: () =>
      [...application.streams.values()].map(query => ({ application, query })),
    curves: () => []
  };
}

/** Some jobs, grouped by application in the order in which they appear. */
function partsOf(jobs: readonly IRunJob[]): IScopePart[] {
  const byApplication = new Map<Application, Job[]>();
  for (const { application, job } of jobs) {
    const list = byApplication.get(application);
    if (list) {
      list.push(job);
    } else {
      byApplication.set(application, [job]);
    }
  }
  return [...byApplication].map(([application, list]) => ({
    application,
    jobs: [...list].sort((a, b) => a.id - b.id),
    // Jobs that run at the same time may share a stage.
    stages: ordered(new Set(list.flatMap(job => job.stages)))
  }));
}

function ordered(stages: Iterable<StageAttempt>): StageAttempt[] {
  return [...stages].sort((a, b) => a.id - b.id || a.attempt - b.attempt);
}

/**
 * Rows of the task table that belong to a part, in the order in which the
 * tasks were heard of. Valid until the model's next batch.
 */
export function rowsOf(part: IScopePart, scope: IScope): Int32Array {
  const { released } = part.application.tasks;
  if (scope.kind === 'application' && released === 0) {
    const rows = new Int32Array(part.application.tasks.length);
    for (let row = 0; row < rows.length; row++) {
      rows[row] = row;
    }
    return rows;
  }
  const lists = part.stages
    .map(stage => stage.rows.view())
    .filter(list => list.length > 0);
  if (lists.length === 1) {
    return lists[0]!;
  }
  const rows = new Int32Array(
    lists.reduce((sum, list) => sum + list.length, 0)
  );
  let at = 0;
  let ascending = true;
  for (const list of lists) {
    ascending &&= at === 0 || rows[at - 1]! < list[0]!;
    rows.set(list, at);
    at += list.length;
  }
  return ascending ? rows : rows.sort();
}
