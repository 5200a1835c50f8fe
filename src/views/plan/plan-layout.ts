import type { IPlanNode } from '../../analysis/plan-graph';
import type { PlanTree } from '../../analysis/plan-tree';
import { asidePath, straightPath } from './plan-edge-path';

/** Sizes that a layout works with, px. */
export interface IPlanSizes {
  readonly nodeWidth: number;
  readonly nodeHeight: number;
  /** Between a node and the next one that its rows go to. */
  readonly along: number;
  /** Between branches. */
  readonly beside: number;
  /** Around the members of a cluster, and for its name above them. */
  readonly pad: number;
  readonly head: number;
}

/** Where rows flow: `right` in a low and wide room, `down` in a high one. */
export type Flow = 'right' | 'down';

/** A box, px from the top left of the plan. */
export interface IBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An operator, or a cluster that is closed, and where it lies. */
export interface IPlacedNode extends IBox {
  readonly node: IPlanNode;
}

/** A cluster that is open: a box a branch. */
export interface IPlacedCluster {
  readonly node: IPlanNode;
  readonly boxes: readonly IBox[];
}

/** An edge as an SVG path. */
export interface IPlacedEdge {
  readonly fromId: number;
  readonly toId: number;
  /** Whether the rows had been made for another node before. */
  readonly isAgain: boolean;
  readonly path: string;
  /** All of it lies in here. */
  readonly box: IBox;
}

/** A plan on the plane. */
export interface IPlanLayout {
  readonly flow: Flow;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly IPlacedNode[];
  readonly clusters: readonly IPlacedCluster[];
  readonly edges: readonly IPlacedEdge[];
}

/**
 * Lay a plan out. Rows flow from the sources to the result; the first input of a node lies in one line with it, so that the main way of
 * the rows is straight, and further inputs beside it. Each branch is moved as near as the others leave room.
 *
 * A plan is a tree but for what is used twice, so this takes as many steps as there are nodes, times branches: well below a frame for
 * several hundred. A layout for graphs of any kind took 223 ms for 200 nodes, and moved everything about from one version to the next.
 *
 * @param isOpen - whether a cluster's members are drawn.
 */
export function layOutPlan(
  tree: PlanTree,
  isOpen: (cluster: IPlanNode) => boolean,
  flow: Flow,
  sizes: IPlanSizes
): IPlanLayout {
  const drawn = new Drawn(tree, isOpen);
  const place = new Places(drawn).place();
  const last = Math.max(0, ...[...place.values()].map(({ rank }) => rank));
  const { nodeWidth, nodeHeight, along, beside, pad, head } = sizes;
  const boxOf = (id: number): IBox => {
    const { rank, lane } = place.get(id)!;
    const at = last - rank;
    const [x, y] =
      flow === 'right'
        ? [at * (nodeWidth + along), lane * (nodeHeight + beside + head)]
        : [lane * (nodeWidth + beside), at * (nodeHeight + along)];
    return { x: x + pad, y: y + head, width: nodeWidth, height: nodeHeight };
  };
  const nodes = drawn.nodes.map(node => ({ node, ...boxOf(node.id) }));
  const boxes = new Map(nodes.map(box => [box.node.id, box]));
  return {
    flow,
    width: Math.max(0, ...nodes.map(b => b.x + b.width)) + pad,
    height: Math.max(0, ...nodes.map(b => b.y + b.height)) + pad,
    nodes,
    clusters: drawn.clusters.map(node => ({
      node,
      boxes: clusterBoxes(
        (node.members ?? []).map(member => ({
          ...boxes.get(member.id)!,
          lane: place.get(member.id)!.lane
        })),
        sizes
      )
    })),
    edges: drawn.edges.map(edge => {
      const [from, to] = [boxes.get(edge.fromId)!, boxes.get(edge.toId)!];
      return {
        ...edge,
        ...(edge.isAgain
          ? asidePath(from, to, flow, along)
          : straightPath(from, to, flow, along))
      };
    })
  };
}

interface IDrawnEdge {
  readonly fromId: number;
  readonly toId: number;
  readonly isAgain: boolean;
}

/** What is drawn of a plan when some of its clusters are closed. */
class Drawn {
  readonly nodes: readonly IPlanNode[];
  readonly clusters: readonly IPlanNode[];
  readonly edges: readonly IDrawnEdge[];

  constructor(tree: PlanTree, isOpen: (cluster: IPlanNode) => boolean) {
    const unitOf = (id: number): number => {
      const node = tree.nodes.get(id);
      const cluster = node ? tree.clusterOf(node) : null;
      return cluster && !isOpen(cluster) ? cluster.id : id;
    };
    const units = new Set(tree.operators.map(node => unitOf(node.id)));
    this.nodes = [...units].flatMap(id => tree.nodes.get(id) ?? []);
    this.clusters = [...tree.nodes.values()].filter(
      node => node.members !== null && !units.has(node.id)
    );
    const again = new Set(tree.graph.again);
    const edges = new Map<string, IDrawnEdge>();
    for (const edge of tree.graph.edges) {
      const [fromId, toId] = [unitOf(edge.fromId), unitOf(edge.toId)];
      if (fromId !== toId) {
        const isAgain = again.has(edge);
        edges.set(`${fromId} ${toId}`, { fromId, toId, isAgain });
      }
    }
    this.edges = [...edges.values()];
  }
}

interface IPlace {
  /** Steps from the result. */
  rank: number;
  /** Branches from the first. */
  lane: number;
}

/** Rank → the last lane that is taken there, from a branch's own first lane on. */
type Contour = Map<number, number>;

class Places {
  constructor(private readonly _drawn: Drawn) {
    for (const { id } of _drawn.nodes) {
      this._places.set(id, { rank: 0, lane: 0 });
      this._inputs.set(id, []);
    }
    const held = new Set<number>();
    for (const { fromId, toId, isAgain } of _drawn.edges) {
      if (!isAgain && !held.has(fromId)) {
        held.add(fromId);
        this._inputs.get(toId)!.push(fromId);
      }
    }
    this._roots = _drawn.nodes.map(node => node.id).filter(id => !held.has(id));
  }

  place(): ReadonlyMap<number, IPlace> {
    this._rank();
    const all: Contour = new Map();
    for (const root of this._roots) {
      this._join(all, root, this._lanesOf(root));
    }
    return this._places;
  }

  /** A node is further from the result than all that take its rows. Nothing goes round in a plan, but a damaged log may say so. */
  private _rank(): void {
    for (let round = 0; round < this._drawn.nodes.length; round++) {
      let isStill = true;
      for (const { fromId, toId } of this._drawn.edges) {
        const from = this._places.get(fromId)!;
        const least = this._places.get(toId)!.rank + 1;
        if (from.rank < least) {
          from.rank = least;
          isStill = false;
        }
      }
      if (isStill) {
        return;
      }
    }
  }

  /** Put a branch into lanes from 0 on; say which it takes. */
  private _lanesOf(id: number): Contour {
    const { rank } = this._places.get(id)!;
    const own: Contour = new Map([[rank, 0]]);
    for (const input of this._inputs.get(id)!) {
      const branch = this._lanesOf(input);
      // What leads to it takes room too.
      for (let r = rank + 1; r < this._places.get(input)!.rank; r++) {
        branch.set(r, Math.max(branch.get(r) ?? 0, 0));
      }
      this._join(own, input, branch);
    }
    return own;
  }

  /** Put a branch beside what is there. */
  private _join(there: Contour, root: number, branch: Contour): void {
    let lane = 0;
    for (const rank of branch.keys()) {
      // The node itself is in line with its first input.
      const taken = there.get(rank);
      lane = Math.max(lane, taken === undefined ? 0 : taken + 1);
    }
    if (lane > 0) {
      this._move(root, lane);
    }
    for (const [rank, last] of branch) {
      there.set(rank, Math.max(there.get(rank) ?? 0, last + lane));
    }
  }

  private _move(id: number, lanes: number): void {
    this._places.get(id)!.lane += lanes;
    this._inputs.get(id)!.forEach(input => this._move(input, lanes));
  }

  private readonly _places = new Map<number, IPlace>();
  /** Of what a node takes, that which is drawn behind it. */
  private readonly _inputs = new Map<number, number[]>();
  private readonly _roots: readonly number[];
}

function clusterBoxes(
  members: readonly (IBox & { lane: number })[],
  { pad, head }: IPlanSizes
): IBox[] {
  const lanes = new Map<number, IBox[]>();
  for (const box of members) {
    lanes.set(box.lane, [...(lanes.get(box.lane) ?? []), box]);
  }
  return [...lanes.values()].map(boxes => {
    const x = Math.min(...boxes.map(b => b.x)) - pad;
    const y = Math.min(...boxes.map(b => b.y)) - head;
    return {
      x,
      y,
      width: Math.max(...boxes.map(b => b.x + b.width)) + pad - x,
      height: Math.max(...boxes.map(b => b.y + b.height)) + pad - y
    };
  });
}
