import type { IPlanNode } from '../plan-graph';
import type { Advice } from './advice';
import { aboutNode, WORTH_MS, type IEvidence, type IRule } from './evidence';
import type { PlanTree } from './plan-tree';

/**
 * What a driver with 1 GiB and each executor can hold beside their work. Spark's own limit (`spark.sql.autoBroadcastJoinThreshold`) is
 * 10 MiB of what it estimates; this is what was measured.
 */
const SMALL_BYTES = 32 * 1024 * 1024;
/** The shuffle of less than this costs nothing worth saving. */
const BIG_BYTES = 32 * 1024 * 1024;
/** Every executor gets the small side: it must be well below what is spared. */
const TIMES_AS_BIG = 4;

const JOIN = /^(?:SortMergeJoin|ShuffledHashJoin|BroadcastHashJoin)$/;
/** What may lie between a join and the exchange that it caused. */
const BETWEEN =
  /^(?:Sort|AQEShuffleRead|CustomShuffleReader|BroadcastExchange|ColumnarToRow|Project|Filter)$/;

/** A join for which both sides were shuffled, though one of them could have been sent to every executor. */
export const broadcast: IRule = {
  id: 'broadcast',
  needs: ['metrics'],
  judge({ application, plans, from, to }: IEvidence): readonly Advice[] {
    if (to - from < WORTH_MS) {
      return [];
    }
    const advice: Advice[] = [];
    for (const tree of plans) {
      for (const node of tree.running.filter(({ name }) => JOIN.test(name))) {
        const sides = tree.childrenOf(node).map(side => shuffled(tree, side));
        const [left = null, right = null] = sides;
        const small =
          left !== null && right !== null ? Math.min(left, right) : Infinity;
        const big = Math.max(left ?? 0, right ?? 0);
        if (
          small > SMALL_BYTES ||
          big < Math.max(BIG_BYTES, TIMES_AS_BIG * small) ||
          !canSend(node, left === small ? 'left' : 'right')
        ) {
          continue;
        }
        const key = /\[(\w+)#/.exec(node.description)?.[1] ?? 'key';
        const isLate = node.name === 'BroadcastHashJoin';
        advice.push({
          rule: 'broadcast',
          certainty: isLate ? 'sure' : 'likely',
          about: aboutNode(application, tree, node.id),
          gainMs: null,
          smallBytes: small,
          bigBytes: big,
          isLate,
          tryThis: {
            kind: 'code',
            before: [`big.join(small, "${key}")`],
            after: [`big.join(F.broadcast(small), "${key}")`]
          }
        });
      }
    }
    return advice;
  }
};

/** Bytes that were shuffled for one side of a join; null when it was not, or when the user asked for that shuffle. */
function shuffled(tree: PlanTree, side: IPlanNode): number | null {
  let at: IPlanNode | undefined = side;
  while (at && BETWEEN.test(at.name)) {
    at = tree.childrenOf(at)[0];
  }
  return at?.name === 'Exchange' && !/REPARTITION/.test(at.description)
    ? (tree.metric(at, 'data size')?.total ?? null)
    : null;
}

/** Which side a kind of join lets Spark broadcast: `JoinSelection.canBuildBroadcastLeft` and `…Right`. */
function canSend(node: IPlanNode, side: 'left' | 'right'): boolean {
  const kind = /\], (\w+)/.exec(
    node.description.slice(node.description.lastIndexOf('], '))
  )?.[1];
  switch (kind) {
    case 'FullOuter':
      return false;
    case 'RightOuter':
      return side === 'left';
    case 'LeftOuter':
    case 'LeftSemi':
    case 'LeftAnti':
      return side === 'right';
    default:
      return true;
  }
}
