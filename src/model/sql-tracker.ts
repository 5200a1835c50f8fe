import {
  idOf,
  idsOf,
  listOf,
  numberOf,
  type IDriverAccumUpdates,
  type IJobStart,
  type ISparkPlanInfo,
  type ISqlMetricInfo,
  type ISqlUpdates,
  type IStageInfo
} from '../events';
import { inScalaIntOrder } from './scala-ints';
import { isSince } from './spark-version';
import { summarizeMetrics, type ISqlMetricSummary } from './sql-metric-summary';
import type { SqlExecution } from './sql-execution';
import { SqlStageMetrics } from './sql-stage-metrics';
import { withTypes, type IToldMetrics } from './told-metrics';

/**
 * Keeps the values of SQL metrics while executions run, and sums them up when they end, as Spark's `SQLAppStatusListener` does when it
 * replays a log: what the tasks of a stage told is held from the start of its job until no execution that runs has that stage.
 */
export class SqlTracker {
  constructor(private readonly _app: { readonly sparkVersion: string }) {}

  /** The metrics of an execution: what the listener told, else as summed up at its end or what is known while it runs. */
  metricsOf(execution: SqlExecution): ReadonlyMap<number, ISqlMetricSummary> {
    const { toldMetrics, metricTypes } = execution;
    if (!toldMetrics) {
      return execution.metrics ?? this._summarize(execution);
    }
    // Views ask with each batch and rules for each node; an adaptive plan may bring further types.
    const known = this._typed.get(toldMetrics);
    if (known?.types === metricTypes.size) {
      return known.metrics;
    }
    const metrics = withTypes(toldMetrics, metricTypes);
    this._typed.set(toldMetrics, { types: metricTypes.size, metrics });
    return metrics;
  }

  /** The listener tells what it added up. */
  onTold(execution: SqlExecution, told: IToldMetrics): void {
    if (!execution.toldMetrics?.isFinal) {
      execution.toldMetrics = told;
    }
  }

  /** What the metrics of a plan are is known: `SQLAppStatusListener.onExecutionStart` and `onAdaptiveExecutionUpdate`. */
  onPlan(execution: SqlExecution, plan: ISparkPlanInfo): void {
    this._begin(execution);
    const nodes = [plan];
    for (let node = nodes.pop(); node; node = nodes.pop()) {
      this.onMetrics(execution, node.metrics);
      nodes.push(...listOf(node.children));
    }
  }

  /** There are further metrics: `onAdaptiveSQLMetricUpdate`. */
  onMetrics(
    execution: SqlExecution,
    metrics: readonly ISqlMetricInfo[] | undefined
  ): void {
    this._begin(execution);
    for (const { accumulatorId, metricType } of listOf(metrics)) {
      const id = idOf(accumulatorId);
      if (id >= 0 && typeof metricType === 'string') {
        execution.metricTypes.set(id, metricType);
      }
    }
  }

  /** A job of an execution starts. */
  onJobStart(execution: SqlExecution, event: IJobStart): void {
    if (execution.phase === 'over') {
      // Spark takes up again what it has stored: not the error, and not what the driver told.
      execution.phase = 'running';
      execution.isReopened = true;
      execution.driverUpdates.length = 0;
      execution.endsToCome = 0;
      this._live.add(execution);
    }
    this._begin(execution);
    const { metricTypes } = execution;
    if (metricTypes.size > 0) {
      // Until Spark 3.5 a stage does not learn of metrics that come later.
      const types = isSince(this._app, 4, 0)
        ? metricTypes
        : new Map(metricTypes);
      for (const info of listOf(event['Stage Infos'])) {
        const id = idOf(info['Stage ID']);
        const tasks = Math.max(0, numberOf(info['Number of Tasks'], 0));
        this._stages.set(id, new SqlStageMetrics(id, 0, tasks, types));
      }
    }
    execution.endsToCome++;
    for (const id of idsOf(event['Stage IDs'])) {
      execution.stageIds.add(id);
    }
  }

  /** A stage is tried again: what its tasks told counts no more. */
  onStageSubmitted(info: IStageInfo): void {
    const id = idOf(info['Stage ID']);
    const stage = this._stages.get(id);
    const attempt = Math.max(0, idOf(info['Stage Attempt ID']));
    if (stage && stage.attempt !== attempt && this._isLive(id)) {
      this._stages.set(
        id,
        new SqlStageMetrics(id, attempt, stage.numTasks, stage.types)
      );
    }
  }

  /** A task has ended, in whatever way, or tells of itself while it runs. */
  onTask(
    stageId: number,
    attempt: number,
    taskId: number,
    index: number,
    succeeded: boolean,
    updates: ISqlUpdates | null,
    row: number
  ): void {
    const stage = this._stages.get(stageId);
    if (stage && stage.attempt === attempt && this._isLive(stageId)) {
      stage.update(taskId, index, succeeded, updates, row);
    }
  }

  /** The driver tells values of its own. */
  onDriverUpdates(
    execution: SqlExecution,
    updates: IDriverAccumUpdates['accumUpdates']
  ): void {
    if (execution.phase === 'running') {
      for (const pair of listOf(updates)) {
        const id = idOf(pair[0]);
        const value = numberOf(pair[1], null);
        if (id >= 0 && value !== null) {
          execution.driverUpdates.push([id, value]);
        }
      }
    }
  }

  /** A job of an execution has ended. */
  onJobEnd(execution: SqlExecution): void {
    if (execution.phase === 'running') {
      execution.endsToCome--;
      this._endWhenAllIsIn(execution);
    }
  }

  /** An execution has ended: its metrics are final, and what its tasks told is let go. Its jobs may end later. */
  onExecutionEnd(execution: SqlExecution): void {
    if (execution.phase === 'running') {
      execution.metrics ??= this._summarize(execution);
      this._letGo(execution);
      execution.endsToCome--;
      this._endWhenAllIsIn(execution);
    }
  }

  /** Forget values of stages that no other running execution has: `removeStaleMetricsData`. */
  private _letGo(execution: SqlExecution): void {
    for (const id of this._stages.keys()) {
      if (!this._isLive(id, execution)) {
        this._stages.delete(id);
      }
    }
  }

  private _begin(execution: SqlExecution): void {
    if (execution.phase === 'new') {
      execution.phase = 'running';
      this._live.add(execution);
    }
  }

  private _endWhenAllIsIn(execution: SqlExecution): void {
    if (execution.endsToCome <= 0) {
      this._letGo(execution);
      execution.phase = 'over';
      execution.driverUpdates.length = 0;
      this._live.delete(execution);
    }
  }

  /** Whether any running execution, but for this one, has a stage. */
  private _isLive(stageId: number, butFor?: SqlExecution): boolean {
    for (const execution of this._live) {
      if (execution !== butFor && execution.stageIds.has(stageId)) {
        return true;
      }
    }
    return false;
  }

  private _summarize(execution: SqlExecution): Map<number, ISqlMetricSummary> {
    const stages = inScalaIntOrder(execution.stageIds, isSince(this._app, 4, 0))
      .map(id => this._stages.get(id))
      .filter(stage => stage !== undefined);
    return summarizeMetrics(
      execution.metricTypes,
      stages,
      execution.driverUpdates
    );
  }

  private readonly _live = new Set<SqlExecution>();
  /** What the listener told, with the types that were known then. */
  private readonly _typed = new WeakMap<
    IToldMetrics,
    { types: number; metrics: ReadonlyMap<number, ISqlMetricSummary> }
  >();
  /** By stage id: of each stage its newest attempt. */
  private readonly _stages = new Map<number, SqlStageMetrics>();
}
