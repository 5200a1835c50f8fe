// A derivation of the events' plans alone (2); the rules are those of `SparkPlanGraph`.
import {
  listOf,
  textOf,
  type ISparkPlanInfo,
  type ISqlMetricInfo,
  type Properties
} from '../events';

/** A node of a plan's graph, as Spark's SQL page draws it. */
export interface IPlanNode {
  /** From 0, in the order in which Spark's pages number them. */
  readonly id: number;
  readonly name: string;
  /** `simpleString` of the plan's node. */
  readonly description: string;
  readonly metrics: readonly ISqlMetricInfo[];
  /** What a scan says of where and what it reads. */
  readonly metadata: Properties;
  /** Whether adaptive execution had made a stage of it, and so run it or begun to, when it wrote this plan. */
  readonly isQueryStage: boolean;
  /** The nodes that whole-stage code generation made one of; null for a node that is no such cluster. */
  readonly members: readonly IPlanNode[] | null;
}

/** An edge from the node that makes rows to the one that takes them. */
export interface IPlanEdge {
  readonly fromId: number;
  readonly toId: number;
}

/** The graph of a plan. */
export interface IPlanGraph {
  /** Without the members of clusters. */
  readonly nodes: readonly IPlanNode[];
  readonly edges: readonly IPlanEdge[];
  /** Those of the edges whose rows had been made for another node before. */
  readonly again: readonly IPlanEdge[];
}

/** Options of {@link planGraph}. */
export interface IPlanGraphOptions {
  /** Whether a subquery that a node uses twice is one edge: since Spark 4.1. Otherwise it is two. */
  readonly mergesEdges: boolean;
}

/**
 * The graph of a plan, as `SparkPlanGraph` makes it: exchanges and subqueries that are used again are drawn once, wrappers of adaptive
 * execution and of code generation are left out.
 */
export function planGraph(
  plan: ISparkPlanInfo,
  options: IPlanGraphOptions
): IPlanGraph {
  const graph = new GraphBuilder(options);
  graph.add(plan, null, null);
  return graph;
}

/** All nodes of a graph; the members of a cluster come before it. */
export function allNodes(graph: IPlanGraph): IPlanNode[] {
  return graph.nodes.flatMap(node => [...(node.members ?? []), node]);
}

interface ICluster extends IPlanNode {
  readonly members: IPlanNode[];
}

class GraphBuilder implements IPlanGraph {
  constructor(private readonly _options: IPlanGraphOptions) {}

  readonly nodes: IPlanNode[] = [];
  readonly edges: IPlanEdge[] = [];
  readonly again: IPlanEdge[] = [];

  /**
   * Add a node and all below it.
   *
   * @param parent - the node that takes its rows.
   * @param cluster - where it belongs.
   * @param isQueryStage - see {@link IPlanNode.isQueryStage}.
   */
  add(
    plan: ISparkPlanInfo,
    parent: IPlanNode | null,
    cluster: ICluster | null,
    isQueryStage = false
  ): void {
    const name = textOf(plan.nodeName, '');
    const child = listOf(plan.children)[0];
    if (name.startsWith('WholeStageCodegen')) {
      const own = { ...this._node(plan, isQueryStage), members: [] };
      this.nodes.push(own);
      this._addChild(child, parent, own, isQueryStage);
      return;
    }
    switch (name) {
      case 'InputAdapter':
        this._addChild(child, parent, null);
        return;
      case 'TableCacheQueryStage':
      case 'ResultQueryStage':
        this._addChild(child, parent, null, true);
        return;
      case 'BroadcastQueryStage':
      case 'ShuffleQueryStage':
        if (!this._isAgain(child, parent)) {
          this._addChild(child, parent, null, true);
        }
        return;
      case 'Subquery':
        // Within a cluster it is looked for again, outside of it.
        if (this._isAgain(plan, parent, this._options.mergesEdges)) {
          return;
        }
        this._addNode(plan, parent, null);
        return;
      case 'ReusedSubquery':
        // It may come before the subquery itself; both lead to the same node.
        this._addChild(child, parent, cluster);
        return;
      case 'ReusedExchange':
        if (this._isAgain(child, parent)) {
          return;
        }
    }
    this._addNode(plan, parent, cluster, isQueryStage);
  }

  private _addChild(
    child: ISparkPlanInfo | undefined,
    parent: IPlanNode | null,
    cluster: ICluster | null,
    isQueryStage = false
  ): void {
    if (child) {
      this.add(child, parent, cluster, isQueryStage);
    }
  }

  private _addNode(
    plan: ISparkPlanInfo,
    parent: IPlanNode | null,
    cluster: ICluster | null,
    isQueryStage = false
  ): void {
    const node = this._node(plan, isQueryStage);
    (cluster?.members ?? this.nodes).push(node);
    if (node.name.includes('Exchange') || node.name === 'Subquery') {
      this._remember(plan, node);
    }
    this._link(node, parent);
    for (const child of listOf(plan.children)) {
      this.add(child, node, cluster);
    }
  }

  private _node(plan: ISparkPlanInfo, isQueryStage: boolean): IPlanNode {
    return {
      id: this._nextId++,
      name: textOf(plan.nodeName, ''),
      description: textOf(plan.simpleString, ''),
      metrics: listOf(plan.metrics),
      metadata: plan.metadata ?? {},
      isQueryStage,
      members: null
    };
  }

  private _link(from: IPlanNode, to: IPlanNode | null): IPlanEdge | null {
    if (!to) {
      return null;
    }
    const edge = { fromId: from.id, toId: to.id };
    this.edges.push(edge);
    return edge;
  }

  /** Draw an edge from the first copy of a plan, if there was one. */
  private _isAgain(
    plan: ISparkPlanInfo | undefined,
    parent: IPlanNode | null,
    mergesEdges = false
  ): boolean {
    const known =
      plan &&
      this._reusable
        .get(textOf(plan.simpleString, ''))
        ?.find(other => isSame(other.plan, plan));
    if (!known) {
      return false;
    }
    const isDrawn = this.edges.some(
      edge => edge.fromId === known.node.id && edge.toId === parent?.id
    );
    if (!mergesEdges || !isDrawn) {
      const edge = this._link(known.node, parent);
      if (edge) {
        this.again.push(edge);
      }
    }
    return true;
  }

  private _remember(plan: ISparkPlanInfo, node: IPlanNode): void {
    const key = textOf(plan.simpleString, '');
    const others = (this._reusable.get(key) ?? []).filter(
      other => !isSame(other.plan, plan)
    );
    this._reusable.set(key, [...others, { plan, node }]);
  }

  private _nextId = 0;
  /** Exchanges and subqueries by `simpleString`. */
  private readonly _reusable = new Map<
    string,
    readonly { readonly plan: ISparkPlanInfo; readonly node: IPlanNode }[]
  >();
}

/** `SparkPlanInfo.equals`: the same words all the way down. */
function isSame(a: ISparkPlanInfo, b: ISparkPlanInfo): boolean {
  const children = listOf(a.children);
  const others = listOf(b.children);
  return (
    a.nodeName === b.nodeName &&
    a.simpleString === b.simpleString &&
    children.length === others.length &&
    children.every((child, i) => isSame(child, others[i]!))
  );
}
