// Derived (2) from a plan's graph.
import { allNodes, type IPlanGraph, type IPlanNode } from './plan-graph';
import { operatorOf } from './plan-operator';

/** Which nodes of a graph are next to which. */
export class PlanTree {
  /** By id; clusters are among them. */
  readonly nodes: ReadonlyMap<number, IPlanNode>;
  /** Without clusters, by id: what rows flow through. */
  readonly operators: readonly IPlanNode[];

  constructor(readonly graph: IPlanGraph) {
    const all = allNodes(graph);
    this.nodes = new Map(all.map(node => [node.id, node]));
    this.operators = all
      .filter(node => node.members === null)
      .sort((a, b) => a.id - b.id);
    for (const { id, members } of graph.nodes) {
      members?.forEach(member => this._clusters.set(member.id, id));
    }
    for (const { fromId, toId } of graph.edges) {
      push(this._inputs, toId, fromId);
      push(this._consumers, fromId, toId);
    }
  }

  /** The nodes whose rows a node takes, first the one that Spark names first. */
  inputsOf(node: IPlanNode): readonly IPlanNode[] {
    return this._of(this._inputs, node);
  }

  /** The nodes that take a node's rows. */
  consumersOf(node: IPlanNode): readonly IPlanNode[] {
    return this._of(this._consumers, node);
  }

  /** The cluster a node is in. */
  clusterOf(node: IPlanNode): IPlanNode | null {
    const id = this._clusters.get(node.id);
    return (id !== undefined && this.nodes.get(id)) || null;
  }

  private _of(
    lists: ReadonlyMap<number, readonly number[]>,
    node: IPlanNode
  ): readonly IPlanNode[] {
    return (lists.get(node.id) ?? []).flatMap(id => this.nodes.get(id) ?? []);
  }

  /** Member → cluster. */
  private readonly _clusters = new Map<number, number>();
  private readonly _inputs = new Map<number, number[]>();
  private readonly _consumers = new Map<number, number[]>();
}

function push(lists: Map<number, number[]>, key: number, id: number): void {
  const list = lists.get(key);
  if (!list) {
    lists.set(key, [id]);
  } else if (!list.includes(id)) {
    list.push(id);
  }
}

/** Whether a node ends what runs as one stage: its rows are written down, and other tasks take them. */
export function isExchange(node: IPlanNode): boolean {
  return node.name.endsWith('Exchange');
}

/** Whether a node runs in other tasks than the one that takes its rows. */
export function isHead(node: IPlanNode, consumer: IPlanNode): boolean {
  return (
    isExchange(node) ||
    node.name.startsWith('Subquery') ||
    operatorOf(consumer.name) === 'InMemoryTableScan' ||
    consumer.name === 'AdaptiveSparkPlan'
  );
}

/**
 * Operators that run in the same tasks: parts of a plan between exchanges. An exchange belongs to the section whose tasks write it. A
 * subquery is a section of its own, and so is what made cached data: adaptive execution runs it before the rest.
 *
 * @returns each section from its last operator (the one nearest to the result) on.
 */
export function sectionsOf(tree: PlanTree): readonly (readonly IPlanNode[])[] {
  const sections = new Map<number, IPlanNode[]>();
  const heads = new Map<number, number>();
  for (const node of tree.operators) {
    const consumers = tree.consumersOf(node);
    const next = consumers[0];
    const head =
      !next || isHead(node, next) ? node.id : (heads.get(next.id) ?? node.id);
    heads.set(node.id, head);
    const section = sections.get(head);
    if (section) {
      section.push(node);
    } else {
      sections.set(head, [node]);
    }
  }
  return [...sections.values()];
}
