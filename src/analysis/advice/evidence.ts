// What the rules look at (2): one application's part of a scope, read once for all of them.
import type { Application, IRunQuery, Job, SqlExecution } from '../../model';
import { isRunning } from '../run-summary';
import { isOpen } from '../run-stages';
import type { IScope, IScopePart } from '../scope';
import type { Advice, IAdviceSubject, RuleId } from './advice';
import { planTree, type PlanTree } from './plan-tree';
import { stageLoad, type IStageLoad } from './stage-load';
import { queryLoad, type IQueryLoad } from './query-load';

/** Why a rule could not judge all there was. */
export type Blindness =
  /** The values of SQL metrics did not come. */
  | 'metrics'
  /** Tasks were dropped to save memory. */
  | 'rows';

/** One application's part of a scope, as far as it is over. */
export interface IEvidence {
  readonly scope: IScope;
  readonly application: Application;
  /** Those that are over, by id; those of a stream's batches are not among them: they come as rows come, and wait in between. */
  readonly jobs: readonly Job[];
  /** Attempts of their stages that are over and of which tasks are known. */
  readonly loads: readonly IStageLoad[];
  /** The same of the stages of batches. */
  readonly batchLoads: readonly IStageLoad[];
  /** The newest plans of the executions that are over, by execution id, and one of a batch of each streaming query. */
  readonly plans: readonly PlanTree[];
  /** The streaming queries that were started in the scope, oldest first. */
  readonly queries: readonly IQueryLoad[];
  /** Those that earlier runs of the same cell started and that still run. */
  readonly left: readonly IQueryLoad[];
  /** From the first submission to the last end of the jobs, ms since 1970; both 0 without any. */
  readonly from: number;
  readonly to: number;
}

/** A rule: what it is called, what it finds, and what it needs to see. */
export interface IRule {
  readonly id: RuleId;
  readonly needs: readonly Blindness[];
  /** Looks only at streaming queries: where there are none it has nothing to look at. */
  readonly isOfStreams?: boolean;
  judge(evidence: IEvidence): readonly Advice[];
}

/** Nobody waits for less than this: a fault that costs less is no reason to change a program, ms. */
export const WORTH_MS = 1000;

/** Collect what the rules look at. */
export function gather(scope: IScope, part: IScopePart): IEvidence {
  const { application } = part;
  const jobs = part.jobs.filter(
    job => job.streamQueryId === null && !isOpen({ application, job })
  );
  const queries = scope
    .queries()
    .filter(
      // The rules are about what `StreamingQueryProgress` says, which DStreams have none of.
      ({ application: its, query }) => its === application && !query.isDStreams
    )
    .map(queryLoad);
  const executions = new Map<number, SqlExecution>();
  for (const { sqlExecutionId } of jobs) {
    const execution = application.sql.get(sqlExecutionId ?? -1);
    if (execution) {
      executions.set(execution.id, execution);
    }
  }
  const loads = part.stages
    .map(stage => stageLoad(application, stage))
    .filter(load => load !== null);
  return {
    scope,
    application,
    jobs,
    loads: loads.filter(load => !isOfBatch(load)),
    batchLoads: loads.filter(isOfBatch),
    plans: [...executions.values()]
      .sort((a, b) => a.id - b.id)
      .map(execution => planTree(application, execution))
      .concat(queries.map(({ tree }) => tree))
      .filter(tree => tree !== null),
    queries,
    left: leftQueries(scope)
      .filter(entry => entry.application === application)
      .map(queryLoad),
    from: least(jobs.map(job => job.submissionTime)),
    to: most(jobs.map(job => job.completionTime))
  };
}

/** The streaming queries that earlier runs of a run's cell started and that still run, newest first. */
export function leftQueries({ run }: IScope): readonly IRunQuery[] {
  const left: IRunQuery[] = [];
  for (let at = run?.previous ?? null; at; at = at.previous) {
    left.push(
      ...at.queries.filter(one => !one.query.isDStreams && isRunning(one))
    );
  }
  return left;
}

/** What a rule could not see of it; null when it saw all it needs. */
export function blindness(rule: IRule, evidence: IEvidence): Blindness | null {
  if (
    rule.needs.includes('rows') &&
    evidence.loads.some(({ stage }) => stage.droppedRows > 0)
  ) {
    return 'rows';
  }
  return rule.needs.includes('metrics') &&
    evidence.plans.some(
      ({ hasMetrics, nodes }) =>
        !hasMetrics && nodes.some(node => node.metrics.length > 0)
    )
    ? 'metrics'
    : null;
}

/** Advice about a stage, or about a task of it. */
export function aboutStage(load: IStageLoad, taskRow = -1): IAdviceSubject {
  return {
    application: load.application,
    stage: load.stage,
    taskRow: taskRow < 0 ? null : taskRow,
    executionId: executionOf(load)?.id ?? null,
    planNode: null,
    query: null
  };
}

/** Advice about a streaming query. */
export function aboutQuery({ application, query }: IQueryLoad): IAdviceSubject {
  return {
    application,
    stage: null,
    taskRow: null,
    executionId: null,
    planNode: null,
    query
  };
}

/** Advice about a node of a plan. */
export function aboutNode(
  application: Application,
  tree: PlanTree,
  planNode: number
): IAdviceSubject {
  return {
    application,
    stage: null,
    taskRow: null,
    executionId: tree.execution.id,
    planNode,
    query: null
  };
}

/** The SQL execution that a stage ran for; null for RDDs. */
export function executionOf(load: IStageLoad): SqlExecution | null {
  const { application } = load;
  for (const job of jobsOf(load)) {
    const execution = application.sql.get(job.sqlExecutionId ?? -1);
    if (execution) {
      return execution;
    }
  }
  return null;
}

/** Whether a stage ran for a batch of a streaming query. */
function isOfBatch(load: IStageLoad): boolean {
  const jobs = jobsOf(load);
  return jobs.length > 0 && jobs.every(job => job.streamQueryId !== null);
}

function jobsOf({ application, stage }: IStageLoad): readonly Job[] {
  return stage.jobs.length > 0 ? stage.jobs : application.jobsOfStage(stage.id);
}

/** A setting of an execution's session, else of the application; null when it is the default or is not known. */
export function settingOf(
  application: Application,
  execution: SqlExecution | null,
  key: string
): string | null {
  return (
    execution?.modifiedConfigs?.[key] ?? application.properties.get(key) ?? null
  );
}

/** Time in which any of the stages had a task, ms. */
export function busyMs(loads: readonly IStageLoad[]): number {
  let sum = 0;
  let end = -Infinity;
  for (const { from, to } of [...loads].sort((a, b) => a.from - b.from)) {
    sum += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return sum;
}

function least(times: readonly (number | null)[]): number {
  const known = times.filter(time => time !== null);
  return known.reduce((a, b) => Math.min(a, b), known[0] ?? 0);
}

function most(times: readonly (number | null)[]): number {
  const known = times.filter(time => time !== null);
  return known.reduce((a, b) => Math.max(a, b), known[0] ?? 0);
}
