import type { IWeave } from '../../analysis/lineage-weave';

/** A cell of the picture. */
export interface IPlace {
  readonly step: number;
  readonly slot: number;
}

/**
 * Where a key leads from a cell: up and down among the partitions of a step, left along what it is made of, right along what is made of it.
 *
 * @returns null for a key that leads nowhere.
 */
export function walk(
  woven: IWeave,
  at: IPlace | null,
  key: string
): IPlace | null {
  const { steps } = woven.lineage;
  const last = steps.length - 1;
  const start = at ?? { step: last, slot: -1 };
  const count = Math.max(1, (woven.slots[start.step]?.length ?? 1) - 1);
  const within = (slot: number): IPlace => ({
    step: start.step,
    slot: Math.max(0, Math.min(count - 1, slot))
  });
  switch (key) {
    case 'ArrowUp':
      return within(start.slot - 1);
    case 'ArrowDown':
      return within(start.slot + 1);
    case 'Home':
      return within(0);
    case 'End':
      return within(count - 1);
    case 'ArrowLeft':
    case 'ArrowRight':
      return at ? along(woven, at, key === 'ArrowRight') : within(0);
    default:
      return null;
  }
}

/** The thickest thread decides; where there is none, the cell stays. */
function along(woven: IWeave, at: IPlace, isForward: boolean): IPlace {
  let best = at;
  let most = -1;
  woven.lineage.links.forEach((link, i) => {
    const { from, to, bytes } = woven.threads[i]!;
    if ((isForward ? link.from : link.to) !== at.step) {
      return;
    }
    for (let t = 0; t < from.length; t++) {
      const near = isForward ? from[t]! : to[t]!;
      const weight = bytes ? bytes[t]! : 0;
      if (near === at.slot && weight > most) {
        most = weight;
        best = isForward
          ? { step: link.to, slot: to[t]! }
          : { step: link.from, slot: from[t]! };
      }
    }
  });
  return best;
}
