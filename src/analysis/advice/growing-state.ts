import type { Advice, TryThis } from './advice';
import { aboutQuery, type IEvidence, type IRule } from './evidence';
import { withoutWatermark } from './no-watermark';
import type { IBatch, IQueryLoad } from './query-load';
import { statefulNodes, type IStatefulNode } from './stateful-nodes';
import type { IGrowingStateAdvice } from './stream-advice';

/** So many batches with rows show that it is no beginning. */
const ENOUGH = 10;
/** A state of fewer rows costs nothing. */
const ROWS = 1000;
/** Part of the batches that must have added to it. */
const MOST_BATCHES = 0.8;
/** A watermark that waits longer keeps more than most streams need, ms: a day. */
const LONG_MS = 24 * 3600 * 1000;

/** State that only grows, though there is a watermark: it cannot take anything away. */
export const growingState: IRule = {
  id: 'growingState',
  needs: [],
  isOfStreams: true,
  judge: ({ queries }: IEvidence): readonly Advice[] =>
    queries.flatMap(load => {
      const { recent } = load;
      const found =
        onlyGrows(recent) && !withoutWatermark(load) ? causeOf(load) : null;
      if (!found) {
        return [];
      }
      const { node, why } = found;
      const last = recent[recent.length - 1]!;
      return [
        {
          rule: 'growingState',
          certainty: why === 'delay' ? 'maybe' : 'likely',
          about: aboutQuery(load),
          gainMs: null,
          batches: recent.length,
          fromRows: recent[0]!.stateRows,
          stateRows: last.stateRows,
          stateBytes: last.stateBytes,
          why,
          delayMs: why === 'delay' ? node.delayMs : null,
          tryThis: tryThis(node, why)
        }
      ];
    })
};

function onlyGrows(recent: readonly IBatch[]): boolean {
  const steps = recent
    .slice(1)
    .map((batch, i) => batch.stateRows - recent[i]!.stateRows);
  return (
    recent.length >= ENOUGH &&
    recent[recent.length - 1]!.stateRows >= ROWS &&
    recent.every(batch => batch.removedRows === 0) &&
    steps.every(step => step >= 0) &&
    steps.filter(step => step > 0).length >= MOST_BATCHES * steps.length
  );
}

/** Why the watermark takes nothing away; null when the plan does not say it: then it may just not be time yet. */
function causeOf({ tree }: IQueryLoad): {
  node: IStatefulNode;
  why: IGrowingStateAdvice['why'];
} | null {
  for (const node of tree ? statefulNodes(tree) : []) {
    const why = node.isComplete
      ? 'complete'
      : node.delayMs === null && node.state !== 'join'
        ? 'key'
        : (node.delayMs ?? 0) >= LONG_MS
          ? 'delay'
          : null;
    if (why) {
      return { node, why };
    }
  }
  return null;
}

function tryThis(
  { state, delayMs, timeColumn }: IStatefulNode,
  why: IGrowingStateAdvice['why']
): TryThis {
  const column = timeColumn ?? 'timestamp';
  if (why === 'complete') {
    return {
      kind: 'code',
      before: ['.outputMode("complete")'],
      after: ['.outputMode("update")']
    };
  }
  if (why === 'delay') {
    const hours = Math.round((delayMs ?? 0) / 3_600_000);
    return {
      kind: 'code',
      before: [`.withWatermark("${column}", "${hours} hours")`],
      after: [`.withWatermark("${column}", "1 hour")`]
    };
  }
  return state === 'distinct'
    ? {
        kind: 'code',
        before: ['.dropDuplicates(["id"])'],
        after: ['.dropDuplicatesWithinWatermark(["id"])']
      }
    : {
        kind: 'code',
        before: ['.groupBy("key")'],
        after: [`.groupBy(F.window("${column}", "1 hour"), "key")`]
      };
}
