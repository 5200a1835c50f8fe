import type { IStageRow } from '../../analysis/stage-table';
import type { StageStatus } from '../../model';

/** A stage as a small square, px from the top left. */
export interface IChip {
  readonly row: IStageRow;
  readonly x: number;
  readonly y: number;
}

/** Squares on lines: stages of a job touch, jobs keep apart. */
export interface IChips {
  readonly chips: readonly IChip[];
  readonly height: number;
  readonly size: number;
}

/**
 * Lay out one square a stage, jobs in their order.
 *
 * @param width - of a line, px.
 * @param size - of a square, px.
 */
export function layOutChips(
  rows: readonly IStageRow[],
  width: number,
  size: number
): IChips {
  const groups: IStageRow[][] = [];
  let last: IStageRow['job'] | undefined;
  for (const row of rows) {
    if (row.job === last && groups.length > 0) {
      groups[groups.length - 1]!.push(row);
    } else {
      groups.push([row]);
      last = row.job;
    }
  }
  const step = size + 2;
  const apart = Math.round(size / 2);
  const line = size + apart;
  const chips: IChip[] = [];
  let [x, y] = [0, 0];
  for (const group of groups) {
    if (x > 0 && x + group.length * step > width) {
      x = 0;
      y += line;
    }
    for (const row of group) {
      if (x + size > width && x > 0) {
        x = 0;
        y += line;
      }
      chips.push({ row, x, y });
      x += step;
    }
    x += apart;
  }
  return { chips, height: chips.length > 0 ? y + size : 0, size };
}

/** The stage under a point, or null. */
export function chipAt(
  { chips, size }: IChips,
  x: number,
  y: number
): IChip | null {
  const near = (chip: IChip): boolean =>
    x >= chip.x - 1 &&
    x < chip.x + size + 1 &&
    y >= chip.y - 1 &&
    y < chip.y + size + 1;
  return chips.find(near) ?? null;
}

/**
 * The squares of one state as one SVG path: a node a state, however many
 * stages there are. States differ in shape too: done is filled, running a
 * filled half, failed a cross, waiting and skipped an outline.
 */
export function chipPath({ chips, size }: IChips, status: StageStatus): string {
  return chips
    .filter(chip => chip.row.status === status)
    .map(({ x, y }) => shape(status, x, y, size))
    .join('');
}

function shape(status: StageStatus, x: number, y: number, s: number): string {
  switch (status) {
    case 'complete':
      return `M${x},${y}h${s}v${s}h${-s}z`;
    case 'active':
      return `M${x + 0.5},${y + 0.5}h${s - 1}v${s - 1}h${1 - s}zM${x},${y + s / 2}h${s}v${s / 2}h${-s}z`;
    case 'failed':
      return `M${x + 1},${y + 1}l${s - 2},${s - 2}M${x + s - 1},${y + 1}l${2 - s},${s - 2}`;
    case 'pending':
    case 'skipped':
      return `M${x + 0.5},${y + 0.5}h${s - 1}v${s - 1}h${1 - s}z`;
  }
}
