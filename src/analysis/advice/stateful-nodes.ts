// Read from a plan (2): what keeps rows from one batch of a stream to the next.
import type { PlanTree } from './plan-tree';
import type { StateKind } from './stream-advice';

/** An operator that keeps rows between batches. */
export interface IStatefulNode {
  readonly id: number;
  readonly state: StateKind;
  /** Whether an `EventTimeWatermark` is below it. */
  readonly hasWatermark: boolean;
  /**
   * How long the watermark of its keys waits, ms: Spark writes it behind a column (`window#7-T10000ms`). Null when no key has one, and
   * then nothing is ever removed.
   */
  readonly delayMs: number | null;
  /** Every result is wanted with every batch, so that nothing may be removed. */
  readonly isComplete: boolean;
  /** Name of the column that has the time, when the plan says it. */
  readonly timeColumn: string | null;
}

const STATEFUL =
  /^(?:StateStoreSave|SessionWindowStateStoreSave|StreamingDeduplicate|StreamingSymmetricHashJoin)$/;

/** The operators of a batch's plan that keep rows, from the sink down. What keeps rows by rules of its own is not among them. */
export function statefulNodes(tree: PlanTree): readonly IStatefulNode[] {
  return tree.running
    .filter(({ name }) => STATEFUL.test(name))
    .map(node => {
      const { name, description } = node;
      const below = tree.below(node);
      // `StateStoreSave [window#7-T10000ms, key#3L], state info […`; a join has two such lists.
      const keys = description.replace(/\],? state info.*/s, '');
      const delay = /-T(\d+)ms/.exec(keys)?.[1];
      const texts = below.map(one => one.description).join('\n');
      return {
        id: node.id,
        state: kindOf(name, keys),
        hasWatermark: below.some(one => one.name === 'EventTimeWatermark'),
        delayMs: delay === undefined ? null : Number(delay),
        isComplete: /, Complete\b/.test(description),
        timeColumn:
          /EventTimeWatermark (?:\S+, )?(\w+)#/.exec(texts)?.[1] ??
          /precisetimestampconversion\((\w+)#/.exec(texts)?.[1] ??
          null
      };
    });
}

function kindOf(name: string, keys: string): StateKind {
  switch (name) {
    case 'StreamingDeduplicate':
      return 'distinct';
    case 'StreamingSymmetricHashJoin':
      return 'join';
    default:
      return /\b(?:session_)?window#/.test(keys) ? 'window' : 'keys';
  }
}
