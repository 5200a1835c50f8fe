import type { Advice, TryThis } from './advice';
import { aboutQuery, type IEvidence, type IRule } from './evidence';
import type { IQueryLoad } from './query-load';
import { statefulNodes, type IStatefulNode } from './stateful-nodes';

/** So many batches with rows show that it is no query which runs once. */
const ENOUGH = 3;
/** Keys that came in each of so many batches keep coming. */
const GROWING = 4;

/** State that grows for ever, because no watermark says when a row is too old to be needed. */
export const noWatermark: IRule = {
  id: 'noWatermark',
  needs: [],
  isOfStreams: true,
  judge: ({ queries }: IEvidence): readonly Advice[] =>
    queries.flatMap(load => {
      const node = withoutWatermark(load);
      return node
        ? [
            {
              rule: 'noWatermark',
              certainty:
                node.state === 'window' || node.state === 'join'
                  ? 'likely'
                  : 'maybe',
              about: aboutQuery(load),
              gainMs: null,
              state: node.state,
              stateRows: load.recent[load.recent.length - 1]!.stateRows,
              tryThis: tryThis(node)
            }
          ]
        : [];
    })
};

/**
 * The operator whose state no watermark limits; null when there is none. Windows and joined rows always come anew; other keys may be few,
 * so they count when each batch has brought some.
 */
export function withoutWatermark({
  recent,
  tree
}: IQueryLoad): IStatefulNode | null {
  if (!tree || recent.length < ENOUGH) {
    return null;
  }
  const last = recent.slice(-GROWING);
  const keepsGrowing =
    last.length === GROWING &&
    last.every(
      ({ stateRows }, i) => i === 0 || stateRows > last[i - 1]!.stateRows
    );
  return (
    statefulNodes(tree).find(
      ({ state, hasWatermark }) =>
        !hasWatermark &&
        (state === 'window' || state === 'join' || keepsGrowing)
    ) ?? null
  );
}

function tryThis({ state, isComplete, timeColumn }: IStatefulNode): TryThis {
  const column = timeColumn ?? 'timestamp';
  const late = `.withWatermark("${column}", "10 minutes")`;
  switch (state) {
    case 'window':
      return {
        kind: 'code',
        before: [
          `df.groupBy(F.window("${column}", "5 minutes"))`,
          ...(isComplete ? ['.outputMode("complete")'] : [])
        ],
        after: [
          `df${late}`,
          `  .groupBy(F.window("${column}", "5 minutes"))`,
          ...(isComplete ? ['.outputMode("update")'] : [])
        ]
      };
    case 'keys':
      return {
        kind: 'code',
        before: ['df.groupBy("key")'],
        after: [
          `df${late}`,
          `  .groupBy(F.window("${column}", "1 hour"), "key")`
        ]
      };
    case 'distinct':
      return {
        kind: 'code',
        before: ['df.dropDuplicates(["id"])'],
        after: [`df${late}`, '  .dropDuplicatesWithinWatermark(["id"])']
      };
    case 'join':
      return {
        kind: 'code',
        before: ['left.join(right, "id")'],
        after: [
          'left = left.withWatermark("leftTime", "10 minutes")',
          'right = right.withWatermark("rightTime", "10 minutes")',
          'left.join(right, F.expr("""',
          '    leftId = rightId AND rightTime BETWEEN',
          '    leftTime AND leftTime + INTERVAL 1 HOUR"""))'
        ]
      };
  }
}
