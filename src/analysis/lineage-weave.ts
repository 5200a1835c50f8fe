// What a view draws of a lineage (4): slots, the threads between them, and what hangs together with one of them.
import { Column } from '../events';
import type { ILineage } from './lineage';
import type { IStepTasks } from './lineage-tasks';
import {
  slotsOf,
  threadsOf,
  type IThreads,
  type Slots
} from './lineage-threads';

/** A lineage, ready to be drawn. */
export interface IWeave {
  readonly lineage: ILineage;
  /** By step. */
  readonly tasks: readonly IStepTasks[];
  readonly slots: readonly Slots[];
  /** By link. */
  readonly threads: readonly IThreads[];
  /** By link: bytes that were written for it so far, where it is a shuffle. */
  readonly movedBytes: readonly number[];
}

/** How sure it is that something hangs together with something else. */
export const Reach = { none: 0, maybe: 1, sure: 2 } as const;

/**
 * Weave a lineage.
 *
 * @param most - slots a step; more partitions than that share some.
 */
export function weave(
  lineage: ILineage,
  tasks: readonly IStepTasks[],
  most: number
): IWeave {
  const heaviest = heaviestOf(lineage, tasks);
  const slots = lineage.steps.map(({ partitions }) =>
    slotsOf(partitions, most, heaviest.get(partitions) ?? -1)
  );
  const threads = lineage.links.map(link =>
    threadsOf(link, slots[link.from]!, slots[link.to]!)
  );
  const movedBytes = lineage.links.map(({ from, kind }) =>
    kind === 'shuffle'
      ? (lineage.steps[from]!.worker?.sums[Column.shuffleBytesWritten] ?? 0)
      : 0
  );
  return { lineage, tasks, slots, threads, movedBytes };
}

/** Steps with equally many partitions are cut alike, so that straight threads stay straight: partitions → the heaviest of them. */
function heaviestOf(
  { steps }: ILineage,
  tasks: readonly IStepTasks[]
): Map<number, number> {
  const heaviest = new Map<number, number>();
  const weights = new Map<number, number>();
  for (const { id, partitions } of steps) {
    tasks[id]!.bytes.forEach((bytes, partition) => {
      if (bytes > (weights.get(partitions) ?? 0)) {
        weights.set(partitions, bytes);
        heaviest.set(partitions, partition);
      }
    });
  }
  return heaviest;
}

/**
 * What a slot is made of, and what is made of it.
 *
 * @returns by step and slot, one of {@link Reach}.
 */
export function reachOf(
  woven: IWeave,
  step: number,
  slot: number
): Uint8Array[] {
  const { lineage, slots, threads } = woven;
  const reach = slots.map(list => new Uint8Array(Math.max(0, list.length - 1)));
  reach[step]![slot] = Reach.sure;
  const spread = (i: number, isForward: boolean): void => {
    const link = lineage.links[i]!;
    const { from, to, isExact } = threads[i]!;
    const [a, b] = isForward
      ? [reach[link.from]!, reach[link.to]!]
      : [reach[link.to]!, reach[link.from]!];
    for (let t = 0; t < from.length; t++) {
      const [near, far] = isForward ? [from[t]!, to[t]!] : [to[t]!, from[t]!];
      const sure = isExact ? a[near]! : Math.min(a[near]!, Reach.maybe);
      b[far] = Math.max(b[far]!, sure);
    }
  };
  // Links stand behind those that lead to them, so one pass each way is enough; ways back and on are not mixed.
  const onward = lineage.links.map((link, i) => ({ link, i }));
  const after = new Set([step]);
  for (const { link, i } of onward) {
    if (after.has(link.from)) {
      spread(i, true);
      after.add(link.to);
    }
  }
  const before = new Set([step]);
  for (const { link, i } of onward.reverse()) {
    if (before.has(link.to)) {
      spread(i, false);
      before.add(link.from);
    }
  }
  return reach;
}
