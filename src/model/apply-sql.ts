import {
  idOf,
  numberOf,
  textOf,
  type IDriverAccumUpdates,
  type ISparkglassSqlMetrics,
  type ISparkPlanInfo,
  type ISqlAdaptiveExecutionUpdate,
  type ISqlAdaptiveMetricUpdates,
  type ISqlExecutionEnd,
  type ISqlExecutionStart
} from '../events';
import type { Application } from './application';
import { linkExecution } from './apply-streams';
import type { SqlExecution } from './sql-execution';
import { toldMetricsFrom } from './told-metrics';

function executionOf(
  app: Application,
  event: { executionId?: number }
): SqlExecution | null {
  const id = idOf(event.executionId);
  return id < 0 ? null : app.sqlExecution(id);
}

/** `SQLAppStatusListener.onExecutionStart` */
export function onSqlStart(app: Application, event: ISqlExecutionStart): void {
  const execution = executionOf(app, event);
  if (!execution) {
    return;
  }
  execution.rootExecutionId = numberOf(event.rootExecutionId, null);
  const { texts } = app;
  execution.description = texts.once(
    textOf(event.description, execution.description)
  );
  execution.details = texts.once(textOf(event.details, execution.details));
  execution.queryId = textOf(event.queryId, null);
  execution.modifiedConfigs = event.modifiedConfigs ?? null;
  if (execution.submissionTime === null) {
    execution.submissionTime = numberOf(event.time, null);
    app.saw(execution.submissionTime);
    addPlan(app, execution, event, 'first');
    linkExecution(app, execution);
  }
}

/** `SQLAppStatusListener.onAdaptiveExecutionUpdate`, but every version is kept. */
export function onSqlAdaptiveUpdate(
  app: Application,
  event: ISqlAdaptiveExecutionUpdate
): void {
  const execution = executionOf(app, event);
  if (execution) {
    addPlan(app, execution, event, 'last');
  }
}

/** `SQLAppStatusListener.onAdaptiveSQLMetricUpdate` */
export function onSqlMetricUpdates(
  app: Application,
  event: ISqlAdaptiveMetricUpdates
): void {
  const execution = executionOf(app, event);
  if (execution) {
    app.sqlMetrics.onMetrics(execution, event.sqlPlanMetrics);
  }
}

/** `SQLAppStatusListener.onDriverAccumUpdates` */
export function onDriverUpdates(
  app: Application,
  event: IDriverAccumUpdates
): void {
  const execution = app.sql.get(idOf(event.executionId));
  if (execution) {
    app.sqlMetrics.onDriverUpdates(execution, event.accumUpdates);
  }
}

function addPlan(
  app: Application,
  execution: SqlExecution,
  event: {
    sparkPlanInfo?: ISparkPlanInfo;
    physicalPlanDescription?: string;
  },
  place: 'first' | 'last'
): void {
  const plan = event.sparkPlanInfo;
  const physicalPlanDescription = app.texts.once(
    textOf(event.physicalPlanDescription, '')
  );
  if (typeof plan !== 'object' || plan === null) {
    return;
  }
  const { plans } = execution;
  const version = { plan, physicalPlanDescription };
  const newest = plans[plans.length - 1];
  if (place === 'first') {
    plans.unshift(version);
  } else if (newest?.physicalPlanDescription === physicalPlanDescription) {
    // The same words, but its nodes may count in other accumulators.
    plans[plans.length - 1] = version;
  } else {
    plans.push(version);
  }
  app.sqlMetrics.onPlan(execution, plan);
}

/** What the listener added up of the metrics. */
export function onSparkglassSqlMetrics(
  app: Application,
  event: ISparkglassSqlMetrics
): void {
  const id = idOf(event['Execution ID']);
  if (id >= 0) {
    app.sqlMetrics.onTold(app.sqlExecution(id), toldMetricsFrom(event));
  }
}

/** `SQLAppStatusListener.onExecutionEnd` */
export function onSqlEnd(app: Application, event: ISqlExecutionEnd): void {
  const execution = executionOf(app, event);
  if (execution) {
    execution.completionTime = numberOf(event.time, null);
    execution.errorMessage = textOf(event.errorMessage, null);
    app.saw(execution.completionTime);
    app.sqlMetrics.onExecutionEnd(execution);
  }
}
