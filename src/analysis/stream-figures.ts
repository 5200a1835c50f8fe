import type { StreamingQuery } from '../model';
import { nthSmallest } from './nth';

/** The newest batches that say how a query does now. */
const RECENT = 100;

/** How a streaming query does, over its newest batches. Times are ms, rates rows a second, NaN where there is nothing to say it by. */
export interface IStreamFigures {
  /** Batches that were heard of, those without rows included. */
  readonly batches: number;
  /** Rows read since it was started. */
  readonly rows: number;
  /** Rows that came too late for the watermark, since it was started. */
  readonly lateRows: number;
  /** Mean rows that arrived a second, from the first of the newest triggers to the last. */
  readonly inputRate: number;
  /** Mean rows a second while it worked. */
  readonly processedRate: number;
  readonly medianMs: number;
  readonly longestMs: number;
  /** Share of the time that it works, 0 to 1: at 1 the next batch begins when one ends. */
  readonly busyShare: number;
  /** Newest values. */
  readonly stateRows: number;
  readonly stateBytes: number;
  readonly backlogRows: number;
  /** How far the watermark is behind the newest event time. */
  readonly watermarkLagMs: number;
}

/**
 * Sum up a query.
 *
 * Rates are those of `StreamingQueryProgress` (rows by the time between two triggers, and by the time of a batch), taken over the newest
 * 100 batches as sums of rows by sums of time: a mean of rates would give an empty batch the weight of a full one.
 */
export function streamFigures(query: StreamingQuery): IStreamFigures {
  const { batches } = query;
  const from = Math.max(0, batches.length - RECENT);
  const times = batches.column('time').subarray(from);
  const durations = batches.column('durationMs').subarray(from);
  const rows = batches.column('inputRows').subarray(from);
  const last = batches.length - 1;
  const worked = sum(durations);
  // What arrived before the first of these triggers was read by it.
  const spanMs = times.length > 1 ? times[times.length - 1]! - times[0]! : 0;
  const busyMs = sum(durations.subarray(0, -1));
  return {
    batches: batches.total,
    rows: sum(batches.column('inputRows')),
    lateRows: sum(batches.column('lateRows')),
    inputRate: spanMs > 0 ? (sum(rows.subarray(1)) / spanMs) * 1000 : NaN,
    processedRate: worked > 0 ? (sum(rows) / worked) * 1000 : NaN,
    medianMs:
      durations.length > 0
        ? nthSmallest(Float64Array.from(durations), durations.length >> 1)
        : NaN,
    longestMs: durations.reduce((most, one) => Math.max(most, one), NaN),
    busyShare: spanMs > 0 ? Math.min(1, busyMs / spanMs) : NaN,
    stateRows: batches.at(last, 'stateRows'),
    stateBytes: batches.at(last, 'stateBytes'),
    backlogRows: batches.at(last, 'backlogRows'),
    watermarkLagMs:
      newestOf(query, 'eventTimeMax') - newestOf(query, 'watermark')
  };
}

/** The newest value of a column that is there; NaN when there is none. */
export function newestOf(
  query: StreamingQuery,
  column: 'eventTimeMax' | 'watermark' | 'inputRows'
): number {
  const values = query.batches.column(column);
  for (let row = values.length - 1; row >= 0; row--) {
    if (!Number.isNaN(values[row]!)) {
      return values[row]!;
    }
  }
  return NaN;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) {
    total += Number.isNaN(value) ? 0 : value;
  }
  return total;
}
