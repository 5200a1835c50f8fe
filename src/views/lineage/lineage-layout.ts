import type { ILineage } from '../../analysis/lineage';
import type { Slots } from '../../analysis/lineage-threads';

/** Partitions up to here are drawn one by one where there is room. */
export const MOST_SLOTS = 32;

/** Smallest and largest distance from one partition to the next, px. */
const LEAST_PITCH = 4;
const MOST_PITCH = 18;
/** From one column to the next, px. */
const LEAST_COLUMN = 124;
const MOST_COLUMN = 300;
export const CELL_PX = 16;
const LEFT = 4;

/** Where a step stands, px from the top left of the picture. */
export interface IPlacedStep {
  readonly x: number;
  /** Top of its words. */
  readonly top: number;
  /** How wide its words may be. */
  readonly room: number;
  /** Lines of its words; where steps share a column, name and number of partitions share a line. */
  readonly lines: number;
  /** Top of its first cell, and from one cell to the next. */
  readonly cells: number;
  readonly pitch: number;
  readonly count: number;
}

/** A lineage's places. */
export interface ILineageLayout {
  readonly width: number;
  readonly height: number;
  /** Height of a line of words. */
  readonly line: number;
  /** By step. */
  readonly steps: readonly IPlacedStep[];
}

/** What the words of the last column need, px: threads get the rest. */
const LAST_COLUMN = 120;

/** Lines of words above the cells of a step: name, partitions, and what is kept of it or goes on from it. */
const LINES = 3;
const SHARED_LINES = 2;

/** How many slots a step may have where so much height is given, px. */
export function mostSlots(
  lineage: ILineage,
  height: number,
  fontPx: number
): number {
  let most = MOST_SLOTS;
  for (let column = 0; column < lineage.columns; column++) {
    const steps = lineage.steps.filter(step => step.column === column).length;
    const room = height - steps * headOf(steps, fontPx);
    const share = Math.floor(room / LEAST_PITCH / Math.max(1, steps));
    most = Math.min(most, Math.max(8, share));
  }
  return most;
}

/**
 * Place the steps: a column each, those of one column below each other.
 *
 * @param slots - by step.
 * @param width - and height that there is; the picture may come out larger.
 */
export function layOutLineage(
  lineage: ILineage,
  slots: readonly Slots[],
  width: number,
  height: number,
  fontPx: number
): ILineageLayout {
  const { steps, columns } = lineage;
  const across = Math.max(
    LEAST_COLUMN,
    Math.min(
      MOST_COLUMN,
      (width - LEFT - LAST_COLUMN) / Math.max(1, columns - 1)
    )
  );
  const stacks = Array.from({ length: columns }, (_, column) => {
    const ids = steps.flatMap(step => (step.column === column ? step.id : []));
    const cells = ids.reduce((sum, id) => sum + countOf(slots, id), 0);
    const head = headOf(ids.length, fontPx);
    const room = (height - ids.length * head) / Math.max(1, cells);
    const pitch = Math.max(LEAST_PITCH, Math.min(MOST_PITCH, Math.floor(room)));
    return { ids, head, pitch, high: ids.length * head + cells * pitch };
  });
  const high = stacks.reduce((most, stack) => Math.max(most, stack.high), 0);
  const placed: IPlacedStep[] = [];
  stacks.forEach(({ ids, head, pitch, high: own }, column) => {
    // What is left over goes around the cells, so that all columns are as high.
    const spare = (high - own) / Math.max(1, ids.length);
    let top = 0;
    for (const id of ids) {
      const count = countOf(slots, id);
      placed[id] = {
        x: LEFT + Math.round(column * across),
        top,
        room: (column < columns - 1 ? across : LAST_COLUMN) - 12,
        lines: ids.length > 1 ? SHARED_LINES : LINES,
        cells: Math.round(top + head + spare / 2),
        pitch,
        count
      };
      top += head + spare + count * pitch;
    }
  });
  return {
    width: Math.max(
      width,
      LEFT + Math.ceil((columns - 1) * across) + LAST_COLUMN
    ),
    height: Math.ceil(high) + 2,
    line: lineOf(fontPx),
    steps: placed
  };
}

/** The step and the slot at a point; the slot is -1 above the cells. Null where there is neither. */
export function slotAt(
  layout: ILineageLayout,
  x: number,
  y: number
): { step: number; slot: number } | null {
  for (const [step, place] of layout.steps.entries()) {
    const isWithin = x >= place.x - 6 && x <= place.x + CELL_PX + 6;
    const slot = Math.floor((y - place.cells) / place.pitch);
    if (isWithin && slot >= 0 && slot < place.count) {
      return { step, slot };
    }
    const words = layout.line * place.lines;
    if (
      x >= place.x &&
      x <= place.x + place.room &&
      y >= place.top &&
      y <= place.top + words
    ) {
      return { step, slot: -1 };
    }
  }
  return null;
}

/** The middle of a slot's cell, px from the top. */
export function middleOf(place: IPlacedStep, slot: number): number {
  return place.cells + (slot + 0.5) * place.pitch - 0.5;
}

function lineOf(fontPx: number): number {
  return Math.round(fontPx * 1.35);
}

/** Room above the cells of a step that shares its column with so many. */
function headOf(steps: number, fontPx: number): number {
  return (steps > 1 ? SHARED_LINES : LINES) * lineOf(fontPx) + 4;
}

function countOf(slots: readonly Slots[], step: number): number {
  return Math.max(0, slots[step]!.length - 1);
}
