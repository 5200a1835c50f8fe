/** Spark's events about SQL executions, as its event log spells them. */
import type { Properties } from './properties';

/** A node of a physical plan (`SparkPlanInfo`). */
export interface ISparkPlanInfo {
  nodeName?: string;
  simpleString?: string;
  children?: ISparkPlanInfo[];
  metadata?: Properties;
  metrics?: ISqlMetricInfo[];
}

/** A metric of a node (`SQLMetricInfo`, `SQLPlanMetric`). */
export interface ISqlMetricInfo {
  name?: string;
  accumulatorId?: number;
  /** `sum`, `size`, `timing`, `nsTiming`, `average`, or `v2Custom_` and a class. */
  metricType?: string;
}

export interface ISqlExecutionStart {
  Event: 'org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart';
  executionId?: number;
  rootExecutionId?: number | null;
  description?: string;
  details?: string;
  physicalPlanDescription?: string;
  sparkPlanInfo?: ISparkPlanInfo;
  time?: number;
  modifiedConfigs?: Properties;
  /** Since Spark 4.2. */
  queryId?: string | null;
}

export interface ISqlExecutionEnd {
  Event: 'org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd';
  executionId?: number;
  time?: number;
  /** Empty or absent when it succeeded. */
  errorMessage?: string | null;
}

export interface ISqlAdaptiveExecutionUpdate {
  Event: 'org.apache.spark.sql.execution.ui.SparkListenerSQLAdaptiveExecutionUpdate';
  executionId?: number;
  physicalPlanDescription?: string;
  sparkPlanInfo?: ISparkPlanInfo;
}

/** Metrics of subqueries that adaptive execution planned anew. */
export interface ISqlAdaptiveMetricUpdates {
  Event: 'org.apache.spark.sql.execution.ui.SparkListenerSQLAdaptiveSQLMetricUpdates';
  executionId?: number;
  sqlPlanMetrics?: ISqlMetricInfo[];
}

/** Metrics that the driver counts, not tasks. */
export interface IDriverAccumUpdates {
  Event: 'org.apache.spark.sql.execution.ui.SparkListenerDriverAccumUpdates';
  executionId?: number;
  /** Pairs of an accumulator's id and its update. */
  accumUpdates?: [number, number][];
}
