// Derived (2) from the SQL executions and jobs of the model.
import {
  isSince,
  type Application,
  type Job,
  type SqlExecution
} from '../model';
import { readCallSite } from './call-site';
import type { IScope, IScopePart } from './scope';
import { jobTitle, named, type ITitle } from './stage-title';

/** How an execution stands; `cutOff`: Spark ended while it ran. */
export type PlanState = 'running' | 'succeeded' | 'failed' | 'cutOff';

/** A SQL execution that has a plan. */
export interface IPlanSubject {
  readonly application: Application;
  readonly execution: SqlExecution;
  /** By id. */
  readonly jobs: readonly Job[];
  readonly state: PlanState;
  /** ms, up to the newest event while it runs; null when its start was not seen. */
  readonly durationMs: number | null;
  /** What the user called it, and which call it was. */
  readonly title: ITitle;
}

/**
 * The executions of a scope that have a plan, in the order of their ids: those of its jobs, and those without jobs that began while its
 * run went on. Such are commands and queries that Spark answers on the driver.
 */
export function executionsOf(scope: IScope): IPlanSubject[] {
  return scope
    .parts()
    .flatMap(part =>
      plannedFor(part.application, part.jobs, execution =>
        isWithout(scope, execution)
      ).map(execution => subjectOf(part, execution))
    );
}

/**
 * The executions of some jobs that have a plan, in the order of their ids; those whose start was not heard have none.
 *
 * @param isToo - whether one that no job names is among them.
 */
export function plannedFor(
  application: Application,
  jobs: readonly Job[],
  isToo: (execution: SqlExecution) => boolean = () => false
): SqlExecution[] {
  const ids = new Set(jobs.map(job => job.sqlExecutionId));
  return [...application.sql.values()]
    .filter(
      execution =>
        execution.plans.length > 0 &&
        (ids.has(execution.id) || isToo(execution))
    )
    .sort((a, b) => a.id - b.id);
}

/** Whether it is the scope's without that a job would say so. */
function isWithout(scope: IScope, execution: SqlExecution): boolean {
  if (scope.kind === 'application') {
    return true;
  }
  const { run } = scope;
  const at = execution.submissionTime;
  return (
    run !== null &&
    at !== null &&
    execution.jobIds.length === 0 &&
    at >= run.startTime &&
    at <= (run.endTime ?? Infinity)
  );
}

function subjectOf(part: IScopePart, execution: SqlExecution): IPlanSubject {
  const { application } = part;
  const jobs = execution.jobIds
    .flatMap(id => application.jobs.get(id) ?? [])
    .sort((a, b) => a.id - b.id);
  const { submissionTime, completionTime } = execution;
  const end = completionTime ?? application.endTime ?? application.now;
  return {
    application,
    execution,
    jobs,
    state: stateOf(application, execution, jobs),
    durationMs:
      submissionTime === null ? null : Math.max(0, end - submissionTime),
    title: titleOf(application, execution, jobs)
  };
}

/** `SQLExecutionUIData.executionStatus` */
function stateOf(
  application: Application,
  execution: SqlExecution,
  jobs: readonly Job[]
): PlanState {
  if (execution.error !== null) {
    return 'failed';
  }
  if (execution.completionTime === null) {
    return application.endTime === null ? 'running' : 'cutOff';
  }
  // Spark before 3.4 does not say how it ended.
  return execution.errorMessage === null &&
    jobs.some(job => job.status === 'failed')
    ? 'failed'
    : 'succeeded';
}

function titleOf(
  application: Application,
  execution: SqlExecution,
  jobs: readonly Job[]
): ITitle {
  const site = readCallSite(execution.description);
  if (site.action !== null || site.file !== null) {
    return { description: null, site: named(execution.description) };
  }
  // The user described the job, and Spark takes that for the query's name too.
  const own = jobs[0] ? jobTitle(application, jobs[0]).site : site;
  return { description: execution.description.trim() || null, site: own };
}

/** Which execution to show first: the last that failed, else one that runs, else the longest. */
export function firstChoice(
  subjects: readonly IPlanSubject[]
): IPlanSubject | null {
  const last = (state: PlanState): IPlanSubject | undefined =>
    subjects.filter(subject => subject.state === state).pop();
  const longest = subjects.reduce<IPlanSubject | null>(
    (a, b) => (a && (a.durationMs ?? 0) >= (b.durationMs ?? 0) ? a : b),
    null
  );
  return last('failed') ?? last('running') ?? longest;
}

/** Whether Spark draws a subquery that a node uses twice with one edge. */
export function mergesEdges(application: Application): boolean {
  return isSince(application, 4, 1);
}
