// An aggregate (3) of the time metrics of a plan's nodes.
import { metricOf, type MetricValues } from './plan-metrics';
import type { IPlanNode } from './plan-graph';
import { isExchange, isHead, sectionsOf, type PlanTree } from './plan-tree';

/** How long a node was at work, and how that is known. */
export interface INodeHeat {
  /** Of all its tasks together, or of the driver, ms. */
  readonly ms: number;
  /** Part of the plan's time, 0–1. */
  readonly share: number;
  /** `own`: it was timed itself; `shared`: only the cluster of generated code that it is in was. */
  readonly from: 'own' | 'shared';
}

/**
 * The metrics that are an operator's own time, in ms or ns. Left out is whatever includes the time of others: `time in aggregation build`
 * has in it the making of the rows that are aggregated, `time to collect` of a broadcast the run of all that is below it, and the time in
 * which remote requests are open passes while the task works.
 */
const TIMES = [
  // A cluster of generated code.
  'duration',
  'sort time',
  'time to build hash map',
  'scan time',
  // Exchanges: the tasks that write, those that read, the driver.
  'shuffle write time',
  'fetch wait time',
  'time to build',
  'time to broadcast',
  // Listing files and committing them.
  'metadata time',
  'task commit time',
  'job commit time',
  // Python.
  'time to start Python workers',
  'time to initialize Python workers',
  'time to run Python workers',
  // State of streams.
  'time to update',
  'time to remove',
  'time to commit changes'
];

/** Those of them that the driver takes; all others add up what tasks took. */
const OF_DRIVER = new Set([
  'time to build',
  'time to broadcast',
  'metadata time',
  'job commit time'
]);

/** ns in a ms. */
const NS = 1e6;

/** The time a node was timed itself, ms; null when Spark does not time it, or nothing of it has run. */
export function ownTimeMs(
  node: IPlanNode,
  values: MetricValues
): number | null {
  const times = TIMES.flatMap(name => {
    const summary = metricOf(node, values, name);
    return summary === null
      ? []
      : summary.type === 'nsTiming'
        ? [summary.total / NS]
        : summary.type === 'timing'
          ? [summary.total]
          : [];
  });
  return times.length > 0 ? times.reduce((a, b) => a + b, 0) : null;
}

/**
 * How the time of a plan is spread over its nodes.
 *
 * Spark times some operators, and of generated code only whole clusters: from when a task makes one until it has given its last row. That
 * includes all that feeds it in the same task; and a cluster which feeds another waits for that one too, so that its `duration` says
 * little and is not taken. The time of a section (what runs in the same tasks, {@link sectionsOf}) is that of the cluster nearest to its
 * end, or that of the operators outside of clusters when those took longer, and what its exchange took. The time of the plan is the sum
 * over its sections. Shares within a section overlap. Operators that nobody timed have no heat; that does not mean they took no time.
 *
 * @returns by node id, clusters among them.
 */
export function planHeat(
  tree: PlanTree,
  values: MetricValues
): ReadonlyMap<number, INodeHeat> {
  const own = new Map<number, number>();
  for (const node of tree.nodes.values()) {
    const ms = ownTimeMs(node, values);
    if (ms !== null && !(node.members && feedsCluster(node, tree))) {
      own.set(node.id, ms);
    }
  }
  if (!isTimed(tree, values)) {
    return new Map();
  }
  const total = sectionsOf(tree).reduce(
    (sum, section) => sum + sectionMs(section, tree, own),
    0
  );
  const share = (ms: number): number =>
    total > 0 ? Math.min(1, ms / total) : 0;
  const heat = new Map<number, INodeHeat>();
  for (const node of tree.nodes.values()) {
    const ms = own.get(node.id);
    const cluster = tree.clusterOf(node);
    const clusterMs = cluster ? own.get(cluster.id) : undefined;
    if (ms !== undefined) {
      heat.set(node.id, { ms, share: share(ms), from: 'own' });
    } else if (clusterMs !== undefined) {
      heat.set(node.id, {
        ms: clusterMs,
        share: share(clusterMs),
        from: 'shared'
      });
    }
  }
  for (const node of tree.nodes.values()) {
    // A cluster whose own time is not taken is as hot as what was timed in it.
    const ms = (node.members ?? []).reduce(
      (sum, member) => sum + (own.get(member.id) ?? 0),
      0
    );
    if (ms > 0 && !heat.has(node.id)) {
      heat.set(node.id, { ms, share: share(ms), from: 'shared' });
    }
  }
  return heat;
}

/** Whether any task has told its time. Before, shares of what the driver took would be shares of nearly nothing. */
function isTimed(tree: PlanTree, values: MetricValues): boolean {
  return [...tree.nodes.values()].some(node =>
    TIMES.some(
      name => !OF_DRIVER.has(name) && metricOf(node, values, name) !== null
    )
  );
}

/** Whether rows of a cluster go into another one in the same task. */
function feedsCluster(cluster: IPlanNode, tree: PlanTree): boolean {
  const first = cluster.members?.[0];
  let at = first;
  while (at) {
    const next: IPlanNode | undefined = tree.consumersOf(at)[0];
    if (!next || isHead(at, next)) {
      return false;
    }
    const other = tree.clusterOf(next);
    if (other && other !== cluster) {
      return true;
    }
    at = next;
  }
  return false;
}

/** The time of one section, ms. */
function sectionMs(
  section: readonly IPlanNode[],
  tree: PlanTree,
  own: ReadonlyMap<number, number>
): number {
  const clusters = new Map<IPlanNode, number>();
  let outside = 0;
  let exchange = 0;
  for (const node of section) {
    const ms = own.get(node.id) ?? 0;
    const cluster = tree.clusterOf(node);
    if (cluster) {
      clusters.set(cluster, own.get(cluster.id) ?? 0);
    } else if (isExchange(node)) {
      exchange += ms;
    } else {
      outside += ms;
    }
  }
  const all = [...clusters.values()];
  // The parts of a union run in different tasks, those of all else in the same.
  const inside = section.some(node => node.name === 'Union')
    ? all.reduce((sum, ms) => sum + ms, 0)
    : Math.max(0, ...all);
  return Math.max(inside, outside) + exchange;
}

/** Of about the same heat, an operator says more than a cluster of them. */
const NEARLY = 0.8;

/** The node to look at first: the hottest that was timed itself; null when nothing was. */
export function hottestOf(
  tree: PlanTree,
  heat: ReadonlyMap<number, INodeHeat>
): IPlanNode | null {
  let best: IPlanNode | null = null;
  let most = 0;
  for (const node of tree.nodes.values()) {
    const { ms = 0, from } = heat.get(node.id) ?? {};
    const worth = node.members ? ms * NEARLY : ms;
    if (from === 'own' && worth > most) {
      best = node;
      most = worth;
    }
  }
  return best;
}
