import {
  idOf,
  numberOf,
  textOf,
  type ISparkPlanInfo,
  type ISqlAdaptiveExecutionUpdate,
  type ISqlExecutionEnd,
  type ISqlExecutionStart
} from '../events';
import type { Application } from './application';
import type { SqlExecution } from './sql-execution';

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
  execution.description = textOf(event.description, execution.description);
  execution.details = textOf(event.details, execution.details);
  if (execution.submissionTime === null) {
    execution.submissionTime = numberOf(event.time, null);
    app.saw(execution.submissionTime);
    addPlan(execution, event, 'first');
  }
}

/** `SQLAppStatusListener.onAdaptiveExecutionUpdate`, but every version is kept. */
export function onSqlAdaptiveUpdate(
  app: Application,
  event: ISqlAdaptiveExecutionUpdate
): void {
  const execution = executionOf(app, event);
  if (execution) {
    addPlan(execution, event, 'last');
  }
}

function addPlan(
  execution: SqlExecution,
  event: {
    sparkPlanInfo?: ISparkPlanInfo;
    physicalPlanDescription?: string;
  },
  place: 'first' | 'last'
): void {
  const plan = event.sparkPlanInfo;
  const physicalPlanDescription = textOf(event.physicalPlanDescription, '');
  if (typeof plan !== 'object' || plan === null) {
    return;
  }
  const newest = execution.plans[execution.plans.length - 1];
  if (place === 'first') {
    execution.plans.unshift({ plan, physicalPlanDescription });
  } else if (newest?.physicalPlanDescription !== physicalPlanDescription) {
    execution.plans.push({ plan, physicalPlanDescription });
  }
}

/** `SQLAppStatusListener.onExecutionEnd` */
export function onSqlEnd(app: Application, event: ISqlExecutionEnd): void {
  const execution = executionOf(app, event);
  if (execution) {
    execution.completionTime = numberOf(event.time, null);
    execution.error = textOf(event.errorMessage, '') || null;
    app.saw(execution.completionTime);
  }
}
