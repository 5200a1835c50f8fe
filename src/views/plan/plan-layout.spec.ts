import { linesOfPlans } from '../../analysis/fixtures/read.cjs';
import { planGraph } from '../../analysis/plan-graph';
import { PlanTree } from '../../analysis/plan-tree';
import { modelOf } from '../../model/fixtures/models';
import { sizesFor } from './plan-camera';
import { layOutPlan, type Flow, type IPlanLayout } from './plan-layout';
import { firstView, fit, isSeen, keepIn, reveal, zoomAt } from './viewport';
import { nextNode } from './walk';

const sizes = sizesFor(12);
const trees = [...modelOf(linesOfPlans('4.3')).sql.values()].flatMap(
  execution =>
    execution.plans.map(
      ({ plan }) => new PlanTree(planGraph(plan, { mergesEdges: true }))
    )
);
const largest = trees.reduce((a, b) => (b.nodes.size > a.nodes.size ? b : a));

function check(layout: IPlanLayout, flow: Flow): void {
  const { nodes, edges } = layout;
  const outside = nodes.filter(
    box =>
      box.x < 0 ||
      box.y < 0 ||
      box.x + box.width > layout.width ||
      box.y + box.height > layout.height
  );
  expect(outside).toEqual([]);
  const upon = nodes.filter(a =>
    nodes.some(
      b =>
        a !== b &&
        Math.abs(a.x - b.x) < sizes.nodeWidth &&
        Math.abs(a.y - b.y) < sizes.nodeHeight
    )
  );
  expect(upon).toEqual([]);
  const at = new Map(nodes.map(box => [box.node.id, box]));
  for (const { fromId, toId } of edges) {
    const [from, to] = [at.get(fromId)!, at.get(toId)!];
    const gone = flow === 'right' ? to.x - from.x : to.y - from.y;
    expect(gone).toBeGreaterThan(0);
  }
}

describe.each<Flow>(['right', 'down'])('rows that flow %s', flow => {
  it.each([true, false])('no operator upon another, clusters open: %s', open =>
    trees.forEach(tree =>
      check(
        layOutPlan(tree, () => open, flow, sizes),
        flow
      )
    )
  );
});

it('has every operator once, and clusters where they are closed', () => {
  const open = layOutPlan(largest, () => true, 'down', sizes);
  expect(open.nodes).toHaveLength(largest.operators.length);
  const closed = layOutPlan(largest, () => false, 'down', sizes);
  expect(closed.clusters).toEqual([]);
  expect(closed.nodes.length).toBeLessThan(open.nodes.length / 1.5);
  expect(largest.operators.length).toBeGreaterThan(100);
});

it('draws a box around all members of a cluster', () => {
  const { nodes, clusters } = layOutPlan(largest, () => true, 'down', sizes);
  for (const { node, boxes } of clusters) {
    for (const member of node.members!) {
      const at = nodes.find(placed => placed.node === member)!;
      expect(
        boxes.some(
          box =>
            box.x < at.x &&
            box.y < at.y &&
            box.x + box.width > at.x + at.width &&
            box.y + box.height > at.y + at.height
        )
      ).toBe(true);
    }
  }
});

describe('what is seen', () => {
  const plan = { width: 2000, height: 1000 };
  const room = { width: 600, height: 150 };
  const box = { x: 1500, y: 300, width: 150, height: 40 };

  it('is everything where that can be read', () => {
    const small = { width: 300, height: 100 };
    expect(firstView(small, room, null)).toEqual(fit(small, room));
    expect(fit(small, room)).toEqual({ scale: 1, left: 150, top: 25 });
  });

  it('is the hottest node else, as large as can be read', () => {
    const view = firstView(plan, room, box);
    expect(view.scale).toBeGreaterThanOrEqual(0.7);
    expect(isSeen(view, box, room)).toBe(true);
  });

  it('stays at the point that is zoomed at', () => {
    const view = zoomAt({ scale: 1, left: -100, top: -50 }, 2, 40, 30);
    expect((40 - view.left) / view.scale).toBe(140);
    expect((30 - view.top) / view.scale).toBe(80);
  });

  it('never is the paper beside the plan', () => {
    const far = { scale: 1, left: 500, top: -5000 };
    expect(keepIn(far, plan, room)).toEqual({ scale: 1, left: 0, top: -850 });
  });

  it('moves as little as is needed', () => {
    const view = { scale: 1, left: 0, top: 0 };
    const moved = reveal(view, box, room);
    expect(moved).toEqual({ scale: 1, left: -1058, top: -198 });
    expect(reveal(moved, box, room)).toEqual(moved);
  });
});

it('goes to the next node with an arrow key', () => {
  const { nodes } = layOutPlan(trees[0]!, () => true, 'right', sizes);
  const last = nodes.reduce((a, b) => (b.x > a.x ? b : a));
  const before = nextNode(nodes, last, 'ArrowLeft')!;
  expect(before.x).toBeLessThan(last.x);
  expect(before.y).toBe(last.y);
  expect(nextNode(nodes, last, 'ArrowRight')).toBeNull();
  expect(nextNode(nodes, last, 'Tab')).toBeNull();
});
