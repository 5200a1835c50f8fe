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
  const walk = new Walk(from, to, out);
  lanes.forEach((lane, index) => walk.lane(lane, index * out.width, now));
}

/** One pass over a lane; a class only to keep its sums out of the heap. */
class Walk {
  private readonly acc = new Float64Array(PHASE_COUNT);
  private gc = 0;
  private mark = 0;
  private touched = false;
  /** The column being filled, counted from the lane's first. */
  private column = 0;
  private offset = 0;
  private readonly step: number;

  constructor(
    private readonly from: number,
    private readonly to: number,
    private readonly out: ITimelineColumns
  ) {
    this.step = (to - from) / out.width;
  }

  lane(lane: LaneColumns, offset: number, now: number): void {
    const { from, to, step } = this;
    const { starts, ends } = lane;
    const last = this.out.width - 1;
    this.offset = offset;
    this.column = 0;
    let i = firstEndAfter(ends, 0, lane.count, from);
    while (i < lane.count && starts[i]! < to) {
      const start = starts[i]!;
      const column = Math.max(0, Math.min(last, this.at(start)));
      this.moveTo(column);
      const columnEnd = from + (column + 1) * step;
      const end = ends[i]!;
      if (start >= from && end < columnEnd) {
        const next = gallop(ends, i, lane.count, columnEnd);
        this.addWhole(lane, i, next);
        i = next;
      } else {
        this.addPart(lane, i, end === Infinity ? Math.max(now, start) : end);
        i++;
      }
    }
    this.flush();
  }

  private at(time: number): number {
    return Math.floor((time - this.from) / this.step);
  }

  private moveTo(column: number): void {
    if (column !== this.column) {
      this.flush();
      this.column = column;
    }
  }

  /** Tasks `first` … `next - 1`, which all lie within the column. */
  private addWhole(lane: LaneColumns, first: number, next: number): void {
    const { sums } = lane;
    const upTo = (next - 1) * LANE_SUMS;
    const before = (first - 1) * LANE_SUMS;
    for (let p = 0; p < PHASE_COUNT; p++) {
      const base = first > 0 ? sums[before + p]! : 0;
      this.acc[p]! += (sums[upTo + p]! - base) >>> 0;
    }
    this.gc += lane.sum(LaneSum.gcMs, first, next);
    this.markFailures(lane, first, next);
    this.touched = true;
  }

  private markFailures(lane: LaneColumns, first: number, next: number): void {
    if (lane.sum(LaneSum.failed, first, next) > 0) {
      this.mark |= ColumnMark.failed;
    }
    if (lane.sum(LaneSum.killed, first, next) > 0) {
      this.mark |= ColumnMark.killed;
    }
  }

  /** A task that reaches over a border: its phases in time order. */
  private addPart(lane: LaneColumns, i: number, end: number): void {
    const runs = lane.ends[i] === Infinity;
    const start = lane.starts[i]!;
    const total = Math.max(end - start, 1);
    const gcShare = lane.sum(LaneSum.gcMs, i, i + 1) / total;
    let at = start;
    for (let p = 0; p < PHASE_COUNT; p++) {
      const ms = runs
        ? p === PhaseIndex.compute
          ? end - start
          : 0
        : lane.sum(p, i, i + 1);
      if (ms > 0) {
        this.span(lane, i, at, at + ms, p, gcShare, runs);
        at += ms;
      }
    }
    if (at === start) {
      this.span(lane, i, start, start, PhaseIndex.compute, 0, runs);
    }
  }

  private span(
    lane: LaneColumns,
    i: number,
    start: number,
    end: number,
    phase: number,
    gcShare: number,
    runs: boolean
  ): void {
    const first = Math.max(start, this.from);
    const rest = Math.min(end, this.to);
    if (rest < first || (end > start && rest === first)) {
      return;
    }
    const last = Math.min(this.out.width - 1, this.at(rest));
    for (let c = Math.max(0, this.at(first)); c <= last; c++) {
      this.moveTo(c);
      const left = Math.max(first, this.from + c * this.step);
      const right = Math.min(rest, this.from + (c + 1) * this.step);
      if (right <= left && end > start) {
        continue;
      }
      this.acc[phase]! += Math.max(0, right - left);
      this.gc += gcShare * Math.max(0, right - left);
      this.touched = true;
      this.markFailures(lane, i, i + 1);
      if (runs) {
        this.mark |= ColumnMark.running;
      }
    }
  }

  private flush(): void {
    if (!this.touched) {
      return;
    }
    const { acc, out } = this;
    let most = PhaseIndex.compute as number;
    let sum = 0;
    for (let p = 0; p < PHASE_COUNT; p++) {
      sum += acc[p]!;
      if (acc[p]! > acc[most]!) {
        most = p;
      }
    }
    if (sum > 0 && this.gc >= MUCH_GC * sum) {
      this.mark |= ColumnMark.gc;
    }
    const at = this.offset + this.column;
    out.dominant[at] = most;
    out.cover[at] = Math.max(1, Math.min(255, (sum / this.step) * 255));
    out.marks[at] = this.mark;
    acc.fill(0);
    this.gc = 0;
    this.mark = 0;
    this.touched = false;
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

/** The first entry after `i` that is not below `limit`: near ones are found fast. */
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
  let low = i + (step >>> 1) + 1;
  let high = Math.min(i + step, count);
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
