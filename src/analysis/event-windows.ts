// Derived (2) from the plans of a query's batches and from its table of batches.
import type { Application, IRunQuery, StreamingQuery } from '../model';
import { streamFigures } from './stream-figures';

/** Windows of event time, as `window(column, width, slide)` makes them. ms. */
export interface IWindowKind {
  readonly widthMs: number;
  /** From the beginning of one to that of the next; the width where they do not overlap. */
  readonly slideMs: number;
  /** Where the first begins, after 1970. */
  readonly offsetMs: number;
}

/** One window of event time. ms since 1970. */
export interface IEventWindow {
  readonly from: number;
  readonly to: number;
  /** Closed: the watermark has passed its end, so that rows of it come too late. */
  readonly isClosed: boolean;
}

/** A picture of event time shows this much at least, ms. */
const LEAST_SPAN_MS = 60_000;
/** It shows so many times the distance of the watermark, or the width of a window: over hours both would be a line. */
const TIMES_DISTANCE = 12;

/** How much of a query's newest time a picture shows in which the watermark is seen to follow and windows to close, ms; Infinity = all. */
export function eventTimeSpanMs(entry: IRunQuery | null): number {
  if (!entry) {
    return Infinity;
  }
  const { watermarkLagMs } = streamFigures(entry.query);
  const widthMs = windowKindOf(entry.application, entry.query)?.widthMs ?? 0;
  return Number.isNaN(watermarkLagMs)
    ? Infinity
    : Math.max(
        LEAST_SPAN_MS,
        TIMES_DISTANCE * Math.max(watermarkLagMs, widthMs)
      );
}

/** More than these are not told one by one: a picture could not show them. */
const MOST_WINDOWS = 200;

/**
 * The windows that a plan groups by, read from what Spark makes of `window()`: `start` is the time less its remainder by the slide, `end` is
 * `start` and the width (`TimeWindowing` in Spark's analyzer), in µs.
 *
 * @returns null where there is none, or windows without a fixed width (`session_window`).
 */
export function windowKind(plan: string): IWindowKind | null {
  const at = plan.indexOf('named_struct(start, ');
  if (at < 0) {
    return null;
  }
  const text = plan.slice(at, at + 4000);
  const slide = /LongType\) - (-?\d+)\) % (\d+)\)/.exec(text);
  const width =
    /, end, [^]*? \+ (\d+)\), LongType, Timestamp(?:NTZ)?Type\)/.exec(text);
  if (!slide || !width) {
    return null;
  }
  const kind = {
    offsetMs: Number(slide[1]) / 1000,
    slideMs: Number(slide[2]) / 1000,
    widthMs: Number(width[1]) / 1000
  };
  return kind.slideMs > 0 && kind.widthMs > 0 ? kind : null;
}

/** The windows that a query groups by: from the plan of its newest batch that has one. */
export function windowKindOf(
  application: Application,
  query: StreamingQuery
): IWindowKind | null {
  const known = kinds.get(query);
  if (known) {
    return known;
  }
  const newest = [...query.executionIds.values()].slice(-2).flat();
  for (const id of newest.reverse()) {
    const kind = windowKind(
      application.sql.get(id)?.plans[0]?.physicalPlanDescription ?? ''
    );
    if (kind) {
      kinds.set(query, kind);
      return kind;
    }
  }
  return null;
}

const kinds = new WeakMap<StreamingQuery, IWindowKind>();

/**
 * The windows that lie in a span of event time, oldest first; none when there would be more than 200.
 *
 * @param watermark - ms since 1970; NaN while there is none.
 */
export function windowsIn(
  kind: IWindowKind,
  from: number,
  to: number,
  watermark: number
): readonly IEventWindow[] {
  const { widthMs, slideMs, offsetMs } = kind;
  if (!(to - from >= 0) || (to - from) / slideMs > MOST_WINDOWS) {
    return [];
  }
  const windows: IEventWindow[] = [];
  // The first window that holds `from`.
  let start =
    Math.floor((from - offsetMs - widthMs) / slideMs + 1) * slideMs + offsetMs;
  for (; start <= to; start += slideMs) {
    const end = start + widthMs;
    windows.push({ from: start, to: end, isClosed: watermark >= end });
  }
  return windows;
}
