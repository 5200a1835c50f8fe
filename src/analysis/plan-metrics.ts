// Derived (4) from the nodes of a plan and the model's summaries: what a view writes at a node.
import { listOf, textOf, type ISqlMetricInfo } from '../events';
import type { ISqlMetricSummary } from '../model';
import { wordMetric } from './metric-words';
import type { IPlanNode } from './plan-graph';
import { partitionsOf } from './plan-operator';
import type { PlanTree } from './plan-tree';

/** By accumulator, as `Application.sqlMetrics` knows them. */
export type MetricValues = ReadonlyMap<number, ISqlMetricSummary>;

/** A metric of a node that has a value. */
export interface IMetricLine {
  readonly name: string;
  /** In Spark's words: what its SQL page and `sql/{id}` of its REST API say. */
  readonly words: string;
  readonly summary: ISqlMetricSummary;
}

/** The metrics of a node that have a value, in Spark's order and words. */
export function metricLines(
  node: IPlanNode,
  values: MetricValues
): IMetricLine[] {
  return node.metrics.flatMap(({ name, accumulatorId = -1 }) => {
    const summary = values.get(accumulatorId);
    return summary
      ? [{ name: textOf(name, '').trim(), words: wordMetric(summary), summary }]
      : [];
  });
}

/** A metric of a node by its name, over all tasks; null when it has no value. */
export function metricOf(
  node: { readonly metrics?: readonly ISqlMetricInfo[] },
  values: MetricValues,
  name: string
): ISqlMetricSummary | null {
  const info = listOf(node.metrics).find(metric => metric.name === name);
  return values.get(info?.accumulatorId ?? -1) ?? null;
}

/** The total of a metric in its own unit; null when it has no value. */
export function totalOf(
  node: IPlanNode,
  values: MetricValues,
  name: string
): number | null {
  return metricOf(node, values, name)?.total ?? null;
}

/** Into how many partitions an exchange deals rows out; null when it is not known. */
export function shufflePartitions(
  exchange: IPlanNode,
  values: MetricValues
): number | null {
  return (
    totalOf(exchange, values, 'number of partitions') ?? partitionsOf(exchange)
  );
}

/** The one thing to say of a node before anybody asks. Sizes in bytes. */
export type Telling =
  | { readonly kind: 'rows'; readonly rows: number }
  | {
      readonly kind: 'bytes';
      readonly bytes: number;
      readonly rows: number | null;
    }
  | {
      readonly kind: 'files';
      readonly files: number;
      readonly rows: number | null;
    }
  | {
      readonly kind: 'partitions';
      readonly from: number | null;
      readonly to: number;
    }
  | { readonly kind: 'timeMs'; readonly ms: number }
  | { readonly kind: 'none' };

/**
 * The most telling metric: what an exchange moves, how many files a scan reads, into how many partitions a shuffle is read; of all others
 * the rows that come out, else the time.
 */
export function tellingOf(
  node: IPlanNode,
  values: MetricValues,
  tree: PlanTree
): Telling {
  const total = (name: string): number | null => totalOf(node, values, name);
  const rows = total('number of output rows');
  const bytes = total('data size');
  if (node.name.includes('Exchange') && bytes !== null) {
    return {
      kind: 'bytes',
      bytes,
      rows: rows ?? total('shuffle records written')
    };
  }
  const to = total('number of partitions');
  if (node.name === 'AQEShuffleRead' && to !== null) {
    const [input] = tree.inputsOf(node);
    const from = input ? shufflePartitions(input, values) : null;
    return { kind: 'partitions', from, to };
  }
  const files =
    total('number of files read') ?? total('number of written files');
  if (files !== null) {
    return { kind: 'files', files, rows };
  }
  if (rows !== null) {
    return { kind: 'rows', rows };
  }
  const ms = total('duration');
  return ms === null ? { kind: 'none' } : { kind: 'timeMs', ms };
}
