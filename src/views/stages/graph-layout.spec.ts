import { applicationScope } from '../../analysis/scope';
import { stageGraph, type IGraphComponent } from '../../analysis/stage-graph';
import { batchesOfLog } from '../../events';
import { Session } from '../../model';
import { linesOf, logs } from '../../model/fixtures/read.cjs';
import {
  edgePath,
  isChain,
  layOutColumns,
  loadGraphLayout,
  shelve,
  type GraphLayout,
  type IComponentLayout
} from './graph-layout';

const sizes = {
  nodeWidth: 120,
  nodeHeight: 30,
  across: 60,
  down: 6,
  head: 16
};

const components: IGraphComponent[] = logs.flatMap(name => {
  const session = new Session();
  for (const batch of batchesOfLog(linesOf(name))) {
    session.apply(batch);
  }
  return [...stageGraph(applicationScope(session.latest!)).components];
});

function check({
  component,
  nodes,
  routes,
  width,
  height
}: IComponentLayout): void {
  const boxes = component.nodes.map(node => nodes.get(node.id)!);
  for (const box of boxes) {
    expect(box.x).toBeGreaterThanOrEqual(-0.01);
    expect(box.y).toBeGreaterThanOrEqual(-0.01);
    expect(box.x + sizes.nodeWidth).toBeLessThanOrEqual(width + 0.01);
    expect(box.y + sizes.nodeHeight).toBeLessThanOrEqual(height + 0.01);
  }
  for (const a of boxes) {
    for (const b of boxes) {
      const apart =
        a === b ||
        Math.abs(a.x - b.x) >= sizes.nodeWidth ||
        Math.abs(a.y - b.y) >= sizes.nodeHeight;
      expect(apart).toBe(true);
    }
  }
  expect(routes).toHaveLength(component.edges.length);
  for (const { edge, points } of routes) {
    const [from, to] = [nodes.get(edge.from)!, nodes.get(edge.to)!];
    expect(points[0]!.x).toBe(from.x + sizes.nodeWidth);
    expect(points[points.length - 1]!.x).toBe(to.x);
    // Rows flow from left to right.
    expect(to.x).toBeGreaterThan(from.x + sizes.nodeWidth);
  }
}

it('has something to lay out', () => {
  expect(components.filter(isChain).length).toBeGreaterThan(10);
  expect(components.some(component => !isChain(component))).toBe(true);
});

it('sets stages in columns, none upon another', () => {
  components.forEach(component => check(layOutColumns(component, sizes)));
});

it('lays out stages that branch, none upon another', async () => {
  const layout: GraphLayout = await loadGraphLayout();
  components
    .filter(component => !isChain(component))
    .forEach(component => check(layout(component, sizes)));
});

describe('components', () => {
  const layouts = components.map(component => layOutColumns(component, sizes));

  it.each([400, 900, 2000])('do not overlap on lines of %d px', width => {
    const shelves = shelve(layouts, sizes, width);
    const boxes = shelves.placed.map(({ x, y, layout }) => ({
      left: x,
      right: x + layout.width,
      top: y,
      bottom: y + layout.height + sizes.head
    }));
    boxes.forEach((a, i) =>
      boxes.slice(i + 1).forEach(b => {
        const apart =
          a.right <= b.left ||
          b.right <= a.left ||
          a.bottom <= b.top ||
          b.bottom <= a.top;
        expect(apart).toBe(true);
      })
    );
    for (const box of boxes) {
      expect(box.right <= width || box.left === 0).toBe(true);
      expect(box.bottom).toBeLessThanOrEqual(shelves.height);
    }
  });
});

it('ends an edge in an arrow head', () => {
  const [chain] = components.filter(c => c.edges.length === 1);
  const { routes } = layOutColumns(chain!, sizes);
  expect(edgePath(routes[0]!, { x: 10, y: 5 })).toBe(
    'M130,20C160,20 160,20 190,20M185,17L190,20L185,23'
  );
});
