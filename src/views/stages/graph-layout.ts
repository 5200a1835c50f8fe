import type { IGraphComponent, IGraphEdge } from '../../analysis/stage-graph';

/** Sizes that a layout works with, px. */
export interface IGraphSizes {
  readonly nodeWidth: number;
  readonly nodeHeight: number;
  /** Between a stage and the next: the size on the edge must fit. */
  readonly across: number;
  readonly down: number;
  /** Room for the line above a component. */
  readonly head: number;
}

/** A point, px from the top left of what it is in. */
export interface IPoint {
  readonly x: number;
  readonly y: number;
}

/** An edge as a line. */
export interface IRoute {
  readonly edge: IGraphEdge;
  readonly points: readonly IPoint[];
}

/** Where a component's stages (their top left corners) and edges lie. */
export interface IComponentLayout {
  readonly component: IGraphComponent;
  readonly width: number;
  readonly height: number;
  readonly nodes: ReadonlyMap<string, IPoint>;
  readonly routes: readonly IRoute[];
}

/** Lays out a component whose stages branch or join. */
export type GraphLayout = (
  component: IGraphComponent,
  sizes: IGraphSizes
) => IComponentLayout;

/** Whether a component is one stage after the other. */
export function isChain({ nodes, edges }: IGraphComponent): boolean {
  return (
    edges.length === nodes.length - 1 &&
    new Set(edges.map(edge => edge.from)).size === edges.length &&
    new Set(edges.map(edge => edge.to)).size === edges.length
  );
}

/**
 * Stages in columns from left to right, each as far right as its longest way
 * from a start: all a chain needs, and true for any component.
 */
export function layOutColumns(
  component: IGraphComponent,
  sizes: IGraphSizes
): IComponentLayout {
  const { nodeWidth, nodeHeight, across, down } = sizes;
  const column = new Map(component.nodes.map(node => [node.id, 0]));
  // Stages form no circle, so as many rounds as there are stages are enough.
  for (let round = 0; round < component.nodes.length; round++) {
    let isStill = true;
    for (const { from, to } of component.edges) {
      const least = (column.get(from) ?? 0) + 1;
      if ((column.get(to) ?? 0) < least) {
        column.set(to, least);
        isStill = false;
      }
    }
    if (isStill) {
      break;
    }
  }
  const filled: number[] = [];
  const nodes = new Map<string, IPoint>();
  for (const { id } of component.nodes) {
    const c = column.get(id) ?? 0;
    const row = filled[c] ?? 0;
    filled[c] = row + 1;
    nodes.set(id, {
      x: c * (nodeWidth + across),
      y: row * (nodeHeight + down)
    });
  }
  const routes = component.edges.map(edge => {
    const [a, b] = [nodes.get(edge.from)!, nodes.get(edge.to)!];
    return {
      edge,
      points: [
        { x: a.x + nodeWidth, y: a.y + nodeHeight / 2 },
        { x: b.x, y: b.y + nodeHeight / 2 }
      ]
    };
  });
  return {
    component,
    width: filled.length * (nodeWidth + across) - across,
    height: Math.max(...filled) * (nodeHeight + down) - down,
    nodes,
    routes
  };
}

/**
 * The layout for branching components. It stands in a chunk of its own, which
 * is loaded when the first of them is to be drawn.
 */
export async function loadGraphLayout(): Promise<GraphLayout> {
  const { Graph, layout } = await import(
    /* webpackChunkName: "dagre" */ '@dagrejs/dagre'
  );
  return (component, sizes) => {
    const graph = new Graph({ multigraph: false });
    graph.setGraph({
      rankdir: 'LR',
      // The first stage of a fan stands at its top, where reading begins.
      align: 'UL',
      nodesep: sizes.down,
      ranksep: sizes.across,
      edgesep: sizes.down
    });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const { id } of component.nodes) {
      graph.setNode(id, { width: sizes.nodeWidth, height: sizes.nodeHeight });
    }
    for (const { from, to } of component.edges) {
      graph.setEdge(from, to, {});
    }
    layout(graph);
    const nodes = new Map(
      component.nodes.map(({ id }) => {
        const { x = 0, y = 0 } = graph.node(id) as Partial<IPoint>;
        return [
          id,
          { x: x - sizes.nodeWidth / 2, y: y - sizes.nodeHeight / 2 }
        ];
      })
    );
    const routes = component.edges.map(edge => {
      const { points = [] } = graph.edge(edge.from, edge.to) as {
        points?: IPoint[];
      };
      const [a, b] = [nodes.get(edge.from)!, nodes.get(edge.to)!];
      const start = { x: a.x + sizes.nodeWidth, y: a.y + sizes.nodeHeight / 2 };
      const end = { x: b.x, y: b.y + sizes.nodeHeight / 2 };
      // Only an edge that passes other stages has to find a way round them.
      const isLong = end.x - start.x > sizes.across * 2;
      const way = isLong ? points.slice(1, -1) : [];
      return { edge, points: [start, ...way, end] };
    });
    const { width = 0, height = 0 } = graph.graph() as {
      width?: number;
      height?: number;
    };
    return { component, width, height, nodes, routes };
  };
}

/** A component and where its top left corner is to be put. */
export interface IPlaced extends IPoint {
  readonly layout: IComponentLayout;
}

/** Components side by side, and on the next line where they do not fit. */
export interface IShelves {
  readonly placed: readonly IPlaced[];
  readonly width: number;
  readonly height: number;
}

/**
 * Put components in their order on lines as wide as the view.
 *
 * @param width - of the view, px; a component that is wider gets its own line.
 */
export function shelve(
  layouts: readonly IComponentLayout[],
  sizes: IGraphSizes,
  width: number
): IShelves {
  const placed: IPlaced[] = [];
  const gap = sizes.across / 2;
  let [x, y, lineHeight, most] = [0, 0, 0, 0];
  for (const layout of layouts) {
    if (x > 0 && x + layout.width > width) {
      x = 0;
      y += lineHeight + sizes.down;
      lineHeight = 0;
    }
    placed.push({ layout, x, y });
    lineHeight = Math.max(lineHeight, layout.height + sizes.head);
    most = Math.max(most, x + layout.width);
    x += layout.width + gap;
  }
  return { placed, width: most, height: y + lineHeight };
}

/** An edge as an SVG path with an open arrow head at its end. */
export function edgePath({ points }: IRoute, shift: IPoint): string {
  const at = (point: IPoint): string =>
    `${round(point.x + shift.x)},${round(point.y + shift.y)}`;
  const first = points[0];
  const last = points[points.length - 1];
  if (!first || !last) {
    return '';
  }
  let path = `M${at(first)}`;
  // Each piece leaves and arrives level, as the flow goes from left to right.
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    const middle = (a.x + b.x) / 2;
    path += `C${at({ x: middle, y: a.y })} ${at({ x: middle, y: b.y })} ${at(b)}`;
  }
  const wing = (dy: number): string => at({ x: last.x - 5, y: last.y + dy });
  return `${path}M${wing(-3)}L${at(last)}L${wing(3)}`;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
