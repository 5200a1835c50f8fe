import { textOf } from '../events';
import { allNodes, planGraph, type IPlanNode } from '../analysis/plan-graph';
import { wordMetric } from '../analysis/metric-words';
import {
  inScalaIntOrder,
  type Application,
  type ISqlMetricSummary,
  type JobStatus,
  type SqlExecution
} from '../model';
import { Failure, notFound } from './failure';
import { writeTime, type Json } from './json';
import type { Query } from './query';
import { isSince, type IServed } from './served';

/** How many executions Spark lists before 4.2 unless told. */
const DEFAULT_LENGTH = 20;

/**
 * `sql`: in the order of their ids.
 *
 * @throws Failure 404, or 500 for what Spark stumbles over.
 */
export function executionList(served: IServed, query: Query): Json {
  const { application } = served;
  const all = [...application.sql.values()].sort((a, b) => a.id - b.id);
  const listsAll = isSince(application, 4, 2);
  const offset = Math.max(0, query.int('offset', 0));
  const length = query.int('length', listsAll ? -1 : DEFAULT_LENGTH);
  const details = query.flag('details', true);
  const planDescription = query.flag('planDescription', true);
  if (length <= 0 && !listsAll) {
    throw new Failure(500, 'max must be positive.');
  }
  const listed = length <= 0 ? all : all.slice(offset, offset + length);
  return listed.map(execution =>
    executionData(served, execution, details, planDescription)
  );
}

/**
 * `sql/{id}`
 *
 * @throws Failure 404
 */
export function oneExecution(served: IServed, id: string, query: Query): Json {
  const execution = served.application.sql.get(Number(id));
  if (!execution) {
    throw notFound(`unknown query execution id: ${BigInt(id)}`);
  }
  return executionData(
    served,
    execution,
    query.flag('details', true),
    query.flag('planDescription', true)
  );
}

/** `ExecutionData` */
function executionData(
  { application, now, log }: IServed,
  execution: SqlExecution,
  details: boolean,
  planDescription: boolean
): Json {
  const { plan } = execution;
  if (!plan) {
    // Only its jobs are known; Spark takes a graph that is missing for an application that is missing.
    throw notFound(`no such app: ${log.application.id}`);
  }
  const graph = planGraph(plan, { mergesEdges: isSince(application, 4, 1) });
  const hasNames = isSince(application, 4, 2);
  return {
    id: execution.id,
    status: statusOf(application, execution),
    description: execution.description,
    planDescription: planDescription ? execution.physicalPlanDescription : '',
    submissionTime: writeTime(execution.submissionTime ?? -1),
    duration:
      (execution.completionTime ?? now) - (execution.submissionTime ?? -1),
    runningJobIds: jobIds(application, execution, 'running'),
    successJobIds: jobIds(application, execution, 'succeeded'),
    failedJobIds: jobIds(application, execution, 'failed'),
    nodes: details ? nodeList(application, execution, allNodes(graph)) : [],
    edges: details
      ? graph.edges.map(({ fromId, toId }) => ({ fromId, toId }))
      : [],
    queryId: hasNames ? execution.queryId : undefined,
    errorMessage: hasNames ? messageOf(execution) : undefined,
    rootExecutionId: hasNames
      ? (execution.rootExecutionId ?? execution.id)
      : undefined,
    modifiedConfigs: isSince(application, 4, 3)
      ? (execution.modifiedConfigs ?? {})
      : undefined
  };
}

/** What its end said. An execution that a late job opened again has forgotten it. */
function messageOf(execution: SqlExecution): string | null {
  return execution.isReopened ? null : execution.errorMessage;
}

/** `SQLExecutionUIData.executionStatus` */
function statusOf(app: Application, execution: SqlExecution): string {
  const message = messageOf(execution);
  if (message !== null) {
    return message === '' ? 'COMPLETED' : 'FAILED';
  }
  if (execution.completionTime === null) {
    return 'RUNNING';
  }
  // Spark before 3.4 does not say how it ended.
  return jobIds(app, execution, 'failed').length > 0 ? 'FAILED' : 'COMPLETED';
}

function jobIds(
  app: Application,
  execution: SqlExecution,
  status: JobStatus
): number[] {
  return inScalaIntOrder(execution.jobIds, isSince(app, 4, 0)).filter(
    id => app.jobs.get(id)!.status === status
  );
}

const CODEGEN = 'WholeStageCodegen';

/** `Node`, the last first. */
function nodeList(
  app: Application,
  execution: SqlExecution,
  nodes: readonly IPlanNode[]
): Json {
  const values = app.sqlMetrics.metricsOf(execution);
  const codegenIds = codegenIdsOf(nodes);
  const isDescribed = isSince(app, 4, 3);
  return [...nodes]
    .sort((a, b) => b.id - a.id)
    .map(node => ({
      nodeId: node.id,
      nodeName: node.name.trim(),
      wholeStageCodegenId: codegenIds.get(node.id),
      metrics: metricList(node, values),
      desc: isDescribed ? node.description : undefined
    }));
}

/** Node → the number of the cluster that it is in. */
function codegenIdsOf(nodes: readonly IPlanNode[]): Map<number, number> {
  const ids = new Map<number, number>();
  for (const { name, members } of nodes) {
    const number = name.trim().slice(`${CODEGEN} (`.length, -1);
    if (members && /^[+-]?\d+$/.test(number)) {
      members.forEach(member => ids.set(member.id, Number(number)));
    }
  }
  return ids;
}

/** `Metric`: those that have a value. */
function metricList(
  node: IPlanNode,
  values: ReadonlyMap<number, ISqlMetricSummary>
): Json {
  return node.metrics.flatMap(({ name, accumulatorId = -1 }) => {
    const value = values.get(accumulatorId);
    return value
      ? [{ name: textOf(name, '').trim(), value: wordMetric(value) }]
      : [];
  });
}
