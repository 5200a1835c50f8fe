import type { Advice } from './advice';
import { aboutNode, type IEvidence, type IRule } from './evidence';
import type { IPlanNode } from '../plan-graph';
import type { PlanTree } from './plan-tree';

/** Fewer pairs are made in no time, and a small table of all combinations is often what is wanted. */
const PAIRS = 100_000;

/** A join without equal keys: each row of one side meets each row of the other. Said of fast jobs too, as it grows with the square. */
export const cartesian: IRule = {
  id: 'cartesian',
  needs: ['metrics'],
  judge({ application, plans }: IEvidence): readonly Advice[] {
    const advice: Advice[] = [];
    for (const tree of plans) {
      for (const node of tree.running) {
        if (
          node.name !== 'CartesianProduct' &&
          node.name !== 'BroadcastNestedLoopJoin'
        ) {
          continue;
        }
        const pairs = pairsOf(tree, node);
        if (pairs !== null && pairs < PAIRS) {
          continue;
        }
        advice.push({
          rule: 'cartesian',
          certainty: pairs === null ? 'likely' : 'sure',
          about: aboutNode(application, tree, node.id),
          gainMs: null,
          operator: node.name,
          pairs,
          tryThis: {
            kind: 'code',
            before: ['left.crossJoin(right)'],
            after: ['left.join(right, "key")']
          }
        });
      }
    }
    return advice;
  }
};

/**
 * Pairs of rows that a join looked at: rows of one side times those of the other. A side of one row makes no pairs, it is a value for each
 * row. A `CartesianProduct` of l and r partitions has l·r tasks, which together read the left side r times and the right one l times.
 */
function pairsOf(tree: PlanTree, node: IPlanNode): number | null {
  const [left = null, right = null] = tree
    .childrenOf(node)
    .map(child => tree.rowsOf(child));
  if (left === null || right === null) {
    return null;
  }
  if (left <= 1 || right <= 1) {
    return 0;
  }
  const tasks =
    node.name === 'CartesianProduct'
      ? (tree.metric(node, 'number of output rows')?.count ?? 1)
      : 1;
  return (left * right) / Math.max(1, tasks);
}
