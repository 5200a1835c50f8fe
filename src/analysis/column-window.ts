import type { LaneColumns } from './lane-columns';
import {
  aggregateColumns,
  timelineColumns,
  type ITimelineColumns
} from './timeline-columns';

/** What a window of columns is to show. */
export interface IColumnRequest {
  readonly lanes: readonly LaneColumns[];
  /** ms since 1970. */
  readonly from: number;
  readonly to: number;
  /** Columns of pixels from `from` to `to`. */
  readonly width: number;
  /** Where running tasks end for now. */
  readonly now: number;
  /** Changes whenever any of the above lanes' tasks do, or time passes for running ones. */
  readonly revision: string;
}

/**
 * The columns in view, kept from frame to frame: moving along the axis
 * computes only the columns that come into view. (Derivation 3 of the
 * timeline, memoised.)
 *
 * For that, columns lie on a grid: `from` counts as rounded to a whole column,
 * which is half a pixel at most.
 */
export class ColumnWindow {
  private columns: ITimelineColumns | null = null;
  private stripe: ITimelineColumns | null = null;
  private key = '';
  private lanes: readonly LaneColumns[] = [];
  /** The first column in view, counted from the start of 1970. */
  private first = 0;

  /** The columns of a request; valid until the next one. */
  show(request: IColumnRequest): ITimelineColumns {
    const { lanes, from, to, width, revision } = request;
    const step = (to - from) / width;
    // A range that was moved has the same length but for its last digits.
    const key = `${step.toPrecision(9)} ${width} ${revision}`;
    const first = Math.round(from / step);
    const moved = first - this.first;
    const known =
      this.columns !== null &&
      key === this.key &&
      lanes.length === this.lanes.length &&
      lanes.every((lane, i) => lane === this.lanes[i]) &&
      Math.abs(moved) < width;
    const columns = (this.columns = timelineColumns(
      width,
      lanes.length,
      this.columns
    ));
    if (!known) {
      aggregateColumns(lanes, from, to, request.now, columns);
    } else if (moved !== 0) {
      this.move(columns, moved);
      this.add(columns, request, moved, first * step, step);
    }
    this.key = key;
    this.lanes = lanes.slice();
    this.first = first;
    return columns;
  }

  /** Move what is known to where it is now. */
  private move(columns: ITimelineColumns, by: number): void {
    const { width, laneCount, dominant, cover, marks } = columns;
    for (const values of [dominant, cover, marks]) {
      for (let lane = 0; lane < laneCount; lane++) {
        const at = lane * width;
        if (by > 0) {
          values.copyWithin(at, at + by, at + width);
        } else {
          values.copyWithin(at - by, at, at + width + by);
        }
      }
    }
  }

  /** Compute the columns that have come into view. */
  private add(
    columns: ITimelineColumns,
    request: IColumnRequest,
    moved: number,
    from: number,
    step: number
  ): void {
    const { width, lanes, now } = request;
    const count = Math.abs(moved);
    const at = moved > 0 ? width - count : 0;
    const stripe = (this.stripe = timelineColumns(
      count,
      lanes.length,
      this.stripe
    ));
    const start = from + at * step;
    aggregateColumns(lanes, start, start + count * step, now, stripe);
    for (const part of ['dominant', 'cover', 'marks'] as const) {
      for (let lane = 0; lane < lanes.length; lane++) {
        const fresh = stripe[part].subarray(lane * count, (lane + 1) * count);
        columns[part].set(fresh, lane * width + at);
      }
    }
  }
}
