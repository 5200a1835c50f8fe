import { idOf, listOf, numberOf, type ISparkglassSqlMetrics } from '../events';
import type { ISqlMetricSummary } from './sql-metric-summary';

/** What the listener has added up of an execution's metrics. */
export interface IToldMetrics {
  /** As at the execution's end; nothing comes after it. */
  readonly isFinal: boolean;
  /** Without the types, which the plans say. */
  readonly sums: ReadonlyMap<number, Omit<ISqlMetricSummary, 'type'>>;
  /** Whether all values were there to be added up. */
  readonly isComplete: boolean;
}

/** How many numbers there are of a metric, and how many where a task has its highest value. */
const LENGTH = 6;
const PLACED = 9;

/** Read the event. A list that is too short, or has something else than numbers, is left out. */
export function toldMetricsFrom(event: ISparkglassSqlMetrics): IToldMetrics {
  const sums = new Map<number, Omit<ISqlMetricSummary, 'type'>>();
  for (const list of listOf(event.Metrics)) {
    if (!Array.isArray(list)) {
      continue;
    }
    const id = idOf(list[0]);
    const [, count, total, min, median, max] = list.map(value =>
      numberOf(value, null)
    );
    if (
      list.length >= LENGTH &&
      id >= 0 &&
      typeof count === 'number' &&
      typeof total === 'number' &&
      typeof min === 'number' &&
      typeof max === 'number'
    ) {
      sums.set(id, {
        count,
        total,
        min,
        median: median ?? null,
        max,
        maxAt:
          list.length >= PLACED
            ? {
                stageId: idOf(list[6]),
                attempt: idOf(list[7]),
                taskId: idOf(list[8])
              }
            : null
      });
    }
  }
  return {
    isFinal: event.Final === true,
    sums,
    isComplete: event.Complete !== false
  };
}

/** With the types of an execution's metrics; those whose type no plan has said are left out. */
export function withTypes(
  told: IToldMetrics,
  types: ReadonlyMap<number, string>
): Map<number, ISqlMetricSummary> {
  const summaries = new Map<number, ISqlMetricSummary>();
  for (const [id, sum] of told.sums) {
    const type = types.get(id);
    if (type !== undefined) {
      summaries.set(id, { type, ...sum });
    }
  }
  return summaries;
}
