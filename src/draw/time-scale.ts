/** A stretch of time, in milliseconds. `to` is never before `from`. */
export interface ITimeRange {
  readonly from: number;
  readonly to: number;
}

/** Which time is at which pixel. */
export class TimeScale implements ITimeRange {
  readonly from: number;
  readonly to: number;
  /** Pixels from the first to the last moment. */
  readonly width: number;
  /** Pixels a millisecond. */
  readonly perMs: number;

  constructor(range: ITimeRange, width: number) {
    this.from = range.from;
    this.to = range.to;
    this.width = width;
    this.perMs = width / Math.max(range.to - range.from, Number.MIN_VALUE);
  }

  /** The pixel of a moment; may lie outside `[0, width]`. */
  x(time: number): number {
    return (time - this.from) * this.perMs;
  }

  /** The moment at a pixel. */
  time(x: number): number {
    return this.from + x / this.perMs;
  }
}

/** The shortest stretch a timeline zooms into: Spark's clock has milliseconds. */
export const SHORTEST_SPAN_MS = 2;

/**
 * Keep a range within its limits without changing its length, unless it is
 * longer than they are (then it becomes the limits) or shorter than `shortest`.
 */
export function clampRange(
  range: ITimeRange,
  limits: ITimeRange,
  shortest = SHORTEST_SPAN_MS
): ITimeRange {
  const room = Math.max(limits.to - limits.from, shortest);
  const span = Math.min(Math.max(range.to - range.from, shortest), room);
  const from = Math.min(
    Math.max(range.from, limits.from),
    limits.from + room - span
  );
  return { from, to: from + span };
}

/** Move a range by so many milliseconds, to its limit at most. */
export function panRange(
  range: ITimeRange,
  byMs: number,
  limits: ITimeRange
): ITimeRange {
  return clampRange({ from: range.from + byMs, to: range.to + byMs }, limits);
}

/**
 * Zoom about a moment, which keeps its place on the screen.
 *
 * @param factor above 1 zooms in, below 1 out.
 */
export function zoomRange(
  range: ITimeRange,
  about: number,
  factor: number,
  limits: ITimeRange,
  shortest = SHORTEST_SPAN_MS
): ITimeRange {
  const old = range.to - range.from;
  const span = Math.max(old / factor, shortest);
  const place = old > 0 ? (about - range.from) / old : 0.5;
  const from = about - place * span;
  return clampRange({ from, to: from + span }, limits, shortest);
}

/** Whether the range shows everything there is, to a pixel's worth. */
export function isWhole(range: ITimeRange, limits: ITimeRange): boolean {
  const slack = Math.max(limits.to - limits.from, SHORTEST_SPAN_MS) / 2000;
  return range.from <= limits.from + slack && range.to >= limits.to - slack;
}
