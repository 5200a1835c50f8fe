// A derivation (2) of a plan's graph: who takes whose rows.
import type { ISparkPlanInfo } from '../../events';
import {
  isSince,
  type Application,
  type ISqlMetricSummary,
  type SqlExecution
} from '../../model';
import { allNodes, planGraph, type IPlanNode } from '../plan-graph';
import { metricOf, type MetricValues } from '../plan-metrics';

/** The newest plan of an execution, with what its metrics came to. */
export class PlanTree {
  constructor(
    private readonly _application: Application,
    readonly execution: SqlExecution,
    plan: ISparkPlanInfo
  ) {
    const graph = planGraph(plan, {
      mergesEdges: isSince(_application, 4, 1)
    });
    this.nodes = allNodes(graph).filter(node => node.members === null);
    const byId = new Map(this.nodes.map(node => [node.id, node]));
    for (const { fromId, toId } of graph.edges) {
      const [from, to] = [byId.get(fromId), byId.get(toId)];
      if (from && to) {
        this._children.set(toId, [...(this._children.get(toId) ?? []), from]);
      }
    }
  }

  /** Operators, without the clusters of generated code. */
  readonly nodes: readonly IPlanNode[];

  /** The operators that a node takes rows from, in the order of the plan. */
  childrenOf(node: IPlanNode): readonly IPlanNode[] {
    return this._children.get(node.id) ?? [];
  }

  /** A metric of a node by its English name; null when nobody told it. */
  metric(node: IPlanNode, name: string): ISqlMetricSummary | null {
    return metricOf(node, this._values, name);
  }

  /** Whether anybody told what its metrics came to. */
  get hasMetrics(): boolean {
    return this._values.size > 0;
  }

  /** Rows that a node makes: its own count, else that of the node below it while that is the only one and makes as many. */
  rowsOf(node: IPlanNode): number | null {
    for (let at: IPlanNode | undefined = node; at;) {
      const rows =
        this.metric(at, 'number of output rows') ??
        this.metric(at, 'records read');
      if (rows) {
        return rows.total;
      }
      const children: readonly IPlanNode[] = this.childrenOf(at);
      at =
        children.length === 1 && KEEPS_ROWS.test(at.name)
          ? children[0]
          : undefined;
    }
    return null;
  }

  /** A node and what is below it; what a cached plan was made of is not. */
  below(node: IPlanNode): readonly IPlanNode[] {
    const found = new Set([node]);
    for (const at of found) {
      if (!at.name.startsWith('InMemoryTableScan')) {
        this.childrenOf(at).forEach(child => found.add(child));
      }
    }
    return [...found];
  }

  /** The nodes that this execution ran or may have run: what a cached plan was made of is not among them. */
  get running(): readonly IPlanNode[] {
    const root = this.nodes[0];
    return root ? this.below(root) : [];
  }

  private get _values(): MetricValues {
    return this._application.sqlMetrics.metricsOf(this.execution);
  }

  private readonly _children = new Map<number, readonly IPlanNode[]>();
}

const KEEPS_ROWS =
  /^(?:Project|Exchange|BroadcastExchange|AQEShuffleRead|Sort|ColumnarToRow|InputAdapter|Coalesce|CustomShuffleReader|\*?Execute|AdaptiveSparkPlan|Subquery)/;

const trees = new WeakMap<ISparkPlanInfo, PlanTree>();

/** The tree of an execution's newest plan; null while it runs, or when no plan of it came. */
export function planTree(
  application: Application,
  execution: SqlExecution
): PlanTree | null {
  const { plan } = execution;
  if (!plan || execution.completionTime === null) {
    return null;
  }
  let tree = trees.get(plan);
  if (!tree) {
    tree = new PlanTree(application, execution, plan);
    trees.set(plan, tree);
  }
  return tree;
}
