import type { IPlacedNode } from './plan-layout';

/** Which way an arrow key points. */
const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1]
};

/** The nearest node in the direction of an arrow key; what lies straight ahead counts as nearer than what lies aside. */
export function nextNode(
  nodes: readonly IPlacedNode[],
  from: IPlacedNode,
  key: string
): IPlacedNode | null {
  const way = Object.hasOwn(WAYS, key) ? WAYS[key] : null;
  if (!way) {
    return null;
  }
  let best: IPlacedNode | null = null;
  let least = Infinity;
  for (const node of nodes) {
    const dx = node.x - from.x;
    const dy = node.y - from.y;
    const ahead = dx * way[0] + dy * way[1];
    const aside = Math.abs(dx * way[1] + dy * way[0]);
    if (ahead > 1 && aside <= ahead * 3 && ahead + 2 * aside < least) {
      best = node;
      least = ahead + 2 * aside;
    }
  }
  return best;
}
