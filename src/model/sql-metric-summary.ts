import type { SqlStageMetrics } from './sql-stage-metrics';

/** The task whose value of a metric is the highest. */
export interface IMetricPlace {
  readonly stageId: number;
  readonly attempt: number;
  readonly taskId: number;
}

/**
 * One metric of a plan node over all tasks. Its unit is that of its type: bytes of a `size`, ms of a `timing`, ns of an `nsTiming`, tenths of
 * an `average`, a count for a `sum`.
 */
export interface ISqlMetricSummary {
  readonly type: string;
  /** How many values count: all of a sum, those above 0 of an average, those from 0 of all others. Tasks that told nothing have a 0. */
  readonly count: number;
  readonly total: number;
  readonly min: number;
  /** The value in the middle, of two the higher one; null where values were let go to save memory. */
  readonly median: number | null;
  readonly max: number;
  /** Null when the driver's value is the highest, or for a sum. */
  readonly maxAt: IMetricPlace | null;
}

/** What was told of one metric, before it is summed up. */
interface IGathered {
  readonly values: Float64Array;
  /** Tasks that told nothing. */
  readonly zeros: number;
  readonly maxAt: IMetricPlace | null;
}

/**
 * Sum up the metrics of an execution: `SQLAppStatusListener.aggregateMetrics`, and the numbers of `MetricUtils.stringValue` (before Spark 4.1
 * of `SQLMetrics.stringValue`). Metrics of which nobody told anything have no summary.
 *
 * @param types - accumulator → metric type; others are left out.
 * @param stages - in the order in which Spark looks at them: of equal maxima it names the first.
 * @param driverUpdates - pairs of an accumulator and its value, as the driver told them.
 */
export function summarizeMetrics(
  types: ReadonlyMap<number, string>,
  stages: readonly SqlStageMetrics[],
  driverUpdates: readonly (readonly [number, number])[]
): Map<number, ISqlMetricSummary> {
  const ofDriver = new Map<number, number[]>();
  for (const [id, value] of driverUpdates) {
    const values = ofDriver.get(id);
    if (values) {
      values.push(value);
    } else {
      ofDriver.set(id, [value]);
    }
  }
  const summaries = new Map<number, ISqlMetricSummary>();
  for (const [id, type] of types) {
    const told = stages.filter(stage => stage.valuesOf(id) !== null);
    const driver = ofDriver.get(id) ?? [];
    if (told.length > 0 || driver.length > 0) {
      summaries.set(id, summaryOf(type, gathered(id, told, driver)));
    }
  }
  return summaries;
}

function gathered(
  id: number,
  stages: readonly SqlStageMetrics[],
  driver: readonly number[]
): IGathered {
  const lists = stages.map(stage => stage.valuesOf(id)!);
  const told = lists.reduce((sum, list) => sum + list.length, 0);
  const values = new Float64Array(told + driver.length);
  let at = 0;
  let zeros = 0;
  let max = -Infinity;
  let maxAt: IMetricPlace | null = null;
  stages.forEach((stage, i) => {
    values.set(lists[i]!, at);
    at += lists[i]!.length;
    zeros += stage.numTasks - lists[i]!.length;
    const maximum = stage.maximumOf(id);
    if (maximum && maximum.value > max) {
      max = maximum.value;
      maxAt = {
        stageId: stage.stageId,
        attempt: stage.attempt,
        taskId: maximum.taskId
      };
    }
  });
  values.set(driver, at);
  return { values, zeros, maxAt: driver.some(v => v > max) ? null : maxAt };
}

function summaryOf(type: string, metric: IGathered): ISqlMetricSummary {
  const isAverage = type === 'average';
  const valid =
    type === 'sum'
      ? metric.values
      : metric.values.filter(value => (isAverage ? value > 0 : value >= 0));
  valid.sort();
  const zeros = isAverage ? 0 : metric.zeros;
  const count = valid.length + zeros;
  // The zeros of tasks that told nothing come before all others.
  const at = (i: number): number => (i < zeros ? 0 : (valid[i - zeros] ?? 0));
  return {
    type,
    count,
    total: valid.reduce((sum, value) => sum + value, 0),
    min: at(0),
    median: at(Math.floor(count / 2)),
    max: at(count - 1),
    maxAt: metric.maxAt
  };
}
