import { LANE_SUMS, LaneSum, type LaneColumns } from './lane-columns';
import { PHASE_COUNT, PhaseIndex } from './phases';

/** No task in a column. */
export const IDLE = 255;

/** What else is true of a column: bits. */
export const ColumnMark = {
  failed: 1,
  killed: 2,
  /** Garbage collection took a fifth of the time or more. */
  gc: 4,
  running: 8
} as const;

/** Share of a column's busy time from which garbage collection is marked. */
const MUCH_GC = 0.2;

/** What a lane looks like, one entry a column of pixels. */
export interface ITimelineColumns {
  readonly width: number;
  readonly laneCount: number;
  /** `width × laneCount`: the phase that took most of the column, or {@link IDLE}. */
  readonly dominant: Uint8Array;
  /** How much of the column was busy, 1–255; 0 when idle. */
  readonly cover: Uint8Array;
  /** Bits of {@link ColumnMark}. */
  readonly marks: Uint8Array;
}

/** Room for `width × laneCount` columns; hand it back in to use it again. */
export function timelineColumns(
  width: number,
  laneCount: number,
  reuse: ITimelineColumns | null = null
): ITimelineColumns {
  const size = width * laneCount;
  const fits = reuse !== null && reuse.dominant.length >= size;
  return {
    width,
    laneCount,
    dominant: fits ? reuse.dominant : new Uint8Array(size),
    cover: fits ? reuse.cover : new Uint8Array(size),
    marks: fits ? reuse.marks : new Uint8Array(size)
  };
}

/**
 * Lanes → columns of pixels: which phase took most of each column and how much
 * of it was busy. (Derivation 3 of the timeline.)
 *
 * Tasks that lie within a column are not visited: two entries of the lane's
 * running sums say what they add up to, and a search finds where they end. So
 * the time depends on pixels × lanes, hardly on tasks.
 *
 * @param from - first moment shown, ms since 1970.
 * @param to - last moment shown.
 * @param now - where running tasks end for now.
 * @param out - gets the columns of `lanes`, as wide as `out.width`.
 */
export function aggregateColumns(
  lanes: readonly LaneColumns[],
  from: number,
  to: number,
  now: number,
  out: ITimelineColumns
): void {
  const size = out.width * lanes.length;
  out.dominant.fill(IDLE, 0, size);
  out.cover.fill(0, 0, size);
  out.marks.fill(0, 0, size);
  if (!(to > from) || out.width < 1) {
    return;
  }
  const walk = new Walk(from, to, now, out);
  lanes.forEach((lane, index) => walk.lane(lane, index * out.width));
}

/** One pass over lanes; a class so that what adds up stays in place. */
class Walk {
  /** What the current column adds up to, by phase and then by `LaneSum`. */
  private readonly acc = new Float64Array(LANE_SUMS);
  private isTouched = false;
  private isRunning = false;
  /** Index of the current column in the output. */
  private at = 0;
  private readonly step: number;
  private readonly perMs: number;

  constructor(
    private readonly from: number,
    private readonly to: number,
    private readonly now: number,
    private readonly out: ITimelineColumns
  ) {
    this.step = (to - from) / out.width;
    this.perMs = out.width / (to - from);
  }

  lane(lane: LaneColumns, offset: number): void {
    const { from, to, step, perMs, acc } = this;
    const { starts, ends, sums, count } = lane;
    const last = this.out.width - 1;
    this.at = offset;
    // One that ended just at `from` may be one without length that starts here.
    let i = firstNotBelow(ends, 0, count, from);
    while (i < count) {
      const start = starts[i]!;
      if (start >= to) {
        break;
      }
      const column =
        start <= from ? 0 : Math.min(last, (start - from) * perMs) | 0;
      if (offset + column !== this.at) {
        this.flush();
        this.at = offset + column;
      }
      const columnEnd = from + (column + 1) * step;
      if (start >= from && ends[i]! < columnEnd) {
        // Tasks i … next - 1 lie within the column.
        const next = gallop(ends, i, count, columnEnd);
        const before = i * LANE_SUMS;
        const after = next * LANE_SUMS;
        for (let s = 0; s < LANE_SUMS; s++) {
          acc[s] = acc[s]! + ((sums[after + s]! - sums[before + s]!) >>> 0);
        }
        this.isTouched = true;
        i = next;
      } else {
        this.part(lane, i, offset);
        i++;
      }
    }
    this.flush();
  }

  /** A task that reaches over a border: its phases in time order. */
  private part(lane: LaneColumns, i: number, offset: number): void {
    const { sums } = lane;
    const before = i * LANE_SUMS;
    const after = before + LANE_SUMS;
    const start = lane.starts[i]!;
    if (lane.ends[i] === Infinity) {
      const end = Math.max(this.now, start);
      this.span(
        start,
        end,
        PhaseIndex.compute,
        offset,
        before,
        after,
        sums,
        0,
        true
      );
      return;
    }
    const total = Math.max(lane.ends[i]! - start, 1);
    const gc =
      (sums[after + LaneSum.gcMs]! - sums[before + LaneSum.gcMs]!) >>> 0;
    let at = start;
    for (let p = 0; p < PHASE_COUNT; p++) {
      const ms = (sums[after + p]! - sums[before + p]!) >>> 0;
      if (ms > 0) {
        this.span(
          at,
          at + ms,
          p,
          offset,
          before,
          after,
          sums,
          gc / total,
          false
        );
        at += ms;
      }
    }
    if (at === start) {
      this.span(
        start,
        start,
        PhaseIndex.compute,
        offset,
        before,
        after,
        sums,
        0,
        false
      );
    }
  }

  /** One phase of task i, from column to column. */
  private span(
    start: number,
    end: number,
    phase: number,
    offset: number,
    before: number,
    after: number,
    sums: Uint32Array,
    gcShare: number,
    runs: boolean
  ): void {
    const { acc, from, step, perMs } = this;
    let left = start < from ? from : start;
    const right = end > this.to ? this.to : end;
    if (right < left || (right === left && end > start)) {
      return;
    }
    const last = this.out.width - 1;
    let column = Math.min(last, (left - from) * perMs) | 0;
    do {
      if (offset + column !== this.at) {
        this.flush();
        this.at = offset + column;
      }
      const border = column === last ? right : from + (column + 1) * step;
      const upTo = border < right ? border : right;
      if (upTo > left) {
        acc[phase] = acc[phase]! + upTo - left;
        acc[LaneSum.gcMs] = acc[LaneSum.gcMs]! + gcShare * (upTo - left);
      }
      acc[LaneSum.failed] =
        acc[LaneSum.failed]! +
        sums[after + LaneSum.failed]! -
        sums[before + LaneSum.failed]!;
      acc[LaneSum.killed] =
        acc[LaneSum.killed]! +
        sums[after + LaneSum.killed]! -
        sums[before + LaneSum.killed]!;
      this.isTouched = true;
      this.isRunning = this.isRunning || runs;
      left = upTo;
      column++;
    } while (left < right);
  }

  /** The column is done: write it, and begin with nothing. */
  private flush(): void {
    if (!this.isTouched) {
      return;
    }
    const { acc, out, at } = this;
    let most: number = PhaseIndex.compute;
    let sum = 0;
    for (let p = 0; p < PHASE_COUNT; p++) {
      const ms = acc[p]!;
      sum += ms;
      if (ms > acc[most]!) {
        most = p;
      }
    }
    out.dominant[at] = most;
    out.cover[at] = Math.max(1, Math.min(255, sum * this.perMs * 255));
    out.marks[at] =
      (acc[LaneSum.failed]! > 0 ? ColumnMark.failed : 0) |
      (acc[LaneSum.killed]! > 0 ? ColumnMark.killed : 0) |
      (sum > 0 && acc[LaneSum.gcMs]! >= MUCH_GC * sum ? ColumnMark.gc : 0) |
      (this.isRunning ? ColumnMark.running : 0);
    for (let s = 0; s < LANE_SUMS; s++) {
      acc[s] = 0;
    }
    this.isTouched = this.isRunning = false;
  }
}

/** The first entry from `low` on that is above `limit`. */
export function firstEndAfter(
  ends: Float64Array,
  low: number,
  high: number,
  limit: number
): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle]! > limit) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/** The first entry from `low` on that is not below `limit`. */
function firstNotBelow(
  ends: Float64Array,
  low: number,
  high: number,
  limit: number
): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle]! < limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The same after `i`, whose entry is below `limit`: near ones are found fast. */
function gallop(
  ends: Float64Array,
  i: number,
  count: number,
  limit: number
): number {
  let step = 1;
  while (i + step < count && ends[i + step]! < limit) {
    step *= 2;
  }
  const low = i + (step >>> 1) + 1;
  return firstNotBelow(ends, low, Math.min(i + step, count), limit);
}

/** Colours for {@link paintColumns}, each a little-endian RGBA word without alpha. */
export interface IColumnPaint {
  /** By phase. */
  readonly phases: readonly number[];
  readonly failed: number;
  readonly killed: number;
  /** Alpha of a column that was hardly busy, 0–1. */
  readonly leastAlpha: number;
}

/**
 * Columns → pixels. The share of time that was busy becomes the alpha, so that
 * paper shines through where cores idled; failed and killed tasks are never
 * thinned out.
 *
 * @param pixels - gets `width × laneCount` RGBA words.
 */
export function paintColumns(
  columns: ITimelineColumns,
  paint: IColumnPaint,
  pixels: Uint32Array
): void {
  const { dominant, cover, marks, width } = columns;
  const size = width * columns.laneCount;
  const alpha = new Uint32Array(256);
  for (let c = 1; c < 256; c++) {
    const share = paint.leastAlpha + (1 - paint.leastAlpha) * (c / 255);
    alpha[c] = Math.round(255 * share) << 24;
  }
  const opaque = 0xff << 24;
  for (let i = 0; i < size; i++) {
    const phase = dominant[i]!;
    if (phase === IDLE) {
      pixels[i] = 0;
      continue;
    }
    const mark = marks[i]!;
    if (mark & ColumnMark.failed) {
      pixels[i] = (paint.failed | opaque) >>> 0;
    } else if (mark & ColumnMark.killed) {
      pixels[i] = (paint.killed | opaque) >>> 0;
    } else {
      pixels[i] = (paint.phases[phase]! | alpha[cover[i]!]!) >>> 0;
    }
  }
}
