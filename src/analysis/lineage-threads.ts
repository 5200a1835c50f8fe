// What a view draws of a link (4): partitions put together where there are more than can be told apart, and the threads between them.
import type { IShuffle } from '../model';
import type { ILink } from './lineage';

/** Slot i holds the partitions from `bounds[i]` up to `bounds[i + 1]`. */
export type Slots = Int32Array;

/** Threads of a link, as columns. */
export interface IThreads {
  /** Slots of the one step and of the other. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** What went along each; null when that is not known. */
  readonly bytes: Float64Array | null;
  /** Whether Spark tells that these feed each other, and not only that some of them do. */
  readonly isExact: boolean;
}

/**
 * Put partitions into slots: each its own up to `most`, beyond that equal runs, of which the heaviest partition is cut out.
 *
 * @param heaviest - a partition, or -1.
 */
export function slotsOf(
  partitions: number,
  most: number,
  heaviest: number
): Slots {
  if (partitions <= most) {
    return Int32Array.from({ length: partitions + 1 }, (_, i) => i);
  }
  const runs = Math.max(1, most - 2);
  const bounds = new Set<number>();
  for (let i = 0; i <= runs; i++) {
    bounds.add(Math.floor((i * partitions) / runs));
  }
  if (heaviest >= 0) {
    bounds.add(heaviest).add(heaviest + 1);
  }
  return Int32Array.from(bounds).sort();
}

/** The slot that holds a partition, or -1. */
export function slotOf(slots: Slots, partition: number): number {
  let low = 0;
  let high = slots.length - 1;
  if (partition < 0 || partition >= (slots[high] ?? 0)) {
    return -1;
  }
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (slots[middle]! <= partition) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The threads of a link. Costs what can be drawn, not what there are of partitions. */
export function threadsOf(link: ILink, from: Slots, to: Slots): IThreads {
  const sizes = link.kind === 'shuffle' ? blockSizes(link, from, to) : null;
  const isExact = isTold(link, from, to);
  const columns = to.length - 1;
  const pairs: number[] = [];
  for (let a = 0; a + 1 < from.length; a++) {
    for (let b = 0; b < columns; b++) {
      const feeds =
        !isExact ||
        (sizes
          ? sizes[a * columns + b]! > 0
          : meets(link, from[a]!, from[a + 1]!, to[b]!, to[b + 1]!));
      if (feeds) {
        pairs.push(a * columns + b);
      }
    }
  }
  return {
    from: Int32Array.from(pairs, pair => Math.floor(pair / columns)),
    to: Int32Array.from(pairs, pair => pair % columns),
    bytes: sizes && Float64Array.from(pairs, pair => sizes[pair]!),
    isExact
  };
}

function isTold(link: ILink, from: Slots, to: Slots): boolean {
  switch (link.kind) {
    case 'unknown':
      return false;
    case 'group':
      // All of them, when there is but one.
      return to[to.length - 1] === 1 || from[from.length - 1] === 1;
    default:
      return true;
  }
}

/** Whether any partition of one run feeds any of another. */
function meets(
  { kind, offset }: ILink,
  from: number,
  fromEnd: number,
  to: number,
  toEnd: number
): boolean {
  switch (kind) {
    case 'one':
      return from + offset < toEnd && to < fromEnd + offset;
    case 'left':
      // Child i is made of left partition i / offset and right partition i % offset (`CartesianRDD`).
      return from * offset < toEnd && to < fromEnd * offset;
    case 'right': {
      const first = to % offset;
      const last = first + Math.min(toEnd - to, offset);
      return (
        (from < last && first < fromEnd) ||
        (from + offset < last && first < fromEnd + offset)
      );
    }
    default:
      return true;
  }
}

/** What went from one slot to the other; null when nobody knows. A shuffle's sizes come as powers of 1.1. */
function blockSizes(
  { shuffle }: ILink,
  from: Slots,
  to: Slots
): Float64Array | null {
  const matrix = shuffle?.matrix;
  const maps = from[from.length - 1] ?? 0;
  const reducers = to[to.length - 1] ?? 0;
  if (!matrix || maps !== shuffle.maps || reducers !== shuffle.reducers) {
    return null;
  }
  const columns = to.length - 1;
  const sizes = new Float64Array((from.length - 1) * columns);
  const rowSlots = slotsOfCells(from, matrix.rows);
  const columnSlots = slotsOfCells(to, matrix.columns);
  for (let row = 0; row < matrix.rows; row++) {
    for (let column = 0; column < matrix.columns; column++) {
      const log = matrix.logSizes[row * matrix.columns + column]!;
      if (log > 0) {
        const at = rowSlots[row]! * columns + columnSlots[column]!;
        sizes[at]! += Math.pow(LOG_BASE, log);
      }
    }
  }
  return sizes;
}

/** `MapStatus.LOG_BASE` */
const LOG_BASE = 1.1;

/** For each row or column of a matrix, which may stand for several partitions, the slot in whose middle it lies. */
function slotsOfCells(slots: Slots, cells: number): Int32Array {
  const partitions = slots[slots.length - 1]!;
  return Int32Array.from({ length: cells }, (_, cell) =>
    slotOf(slots, Math.floor(((cell + 0.5) * partitions) / cells))
  );
}

/** How many partitions of a shuffle got nothing; null when that is not known. */
export function emptyReducers(shuffle: IShuffle): number | null {
  return shuffle.reduceSizesBytes.length === shuffle.reducers
    ? shuffle.reduceSizesBytes.filter(bytes => bytes === 0).length
    : null;
}
