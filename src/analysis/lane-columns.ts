import { PHASE_COUNT } from './phases';

/**
 * What a lane adds up, task by task: the phases, then these. All are running
 * sums, so that any stretch of a lane is known by two of its entries, however
 * many tasks lie in between.
 */
export const LaneSum = {
  gcMs: PHASE_COUNT,
  failed: PHASE_COUNT + 1,
  killed: PHASE_COUNT + 2
} as const;

/** Entries a task in {@link LaneColumns.sums}. */
export const LANE_SUMS = PHASE_COUNT + 3;

/**
 * The tasks of one lane as columns, in time order, never overlapping. Arrays
 * may be longer than `count`, and are valid until the next task is added.
 */
export class LaneColumns {
  /** How many tasks. */
  count = 0;
  /** Launch, ms since 1970. */
  starts = new Float64Array(0);
  /** When the task left the lane; Infinity while it runs (only the last can). */
  ends = new Float64Array(0);
  /** Rows of the task table. */
  rows = new Int32Array(0);
  /**
   * Running sums: `sums[i * LANE_SUMS + s]` is sum `s` over the tasks before
   * task i; there is one entry more than tasks. They wrap at 2^32, so subtract
   * with `>>> 0`. A running task adds nothing yet.
   */
  sums = new Uint32Array(LANE_SUMS);

  constructor(
    readonly executor: string,
    readonly core: number
  ) {}

  /** Whether the last task still runs. */
  get isOpen(): boolean {
    return this.count > 0 && this.ends[this.count - 1] === Infinity;
  }

  /** Sum `s` over tasks `from` … `to - 1`. */
  sum(s: number, from: number, to: number): number {
    return (
      (this.sums[to * LANE_SUMS + s]! - this.sums[from * LANE_SUMS + s]!) >>> 0
    );
  }

  /** Milliseconds of ended tasks, over the whole lane. */
  get busyMs(): number {
    let busy = 0;
    for (let p = 0; p < PHASE_COUNT; p++) {
      busy += this.sum(p, 0, this.count);
    }
    return busy;
  }

  /** Append a task, which adds nothing before {@link setLast}. */
  push(row: number, start: number, end: number): void {
    if (this.count === this.rows.length) {
      this.grow();
    }
    const i = this.count++;
    this.starts[i] = start;
    this.ends[i] = end;
    this.rows[i] = row;
    const at = i * LANE_SUMS;
    this.sums.copyWithin(at + LANE_SUMS, at, at + LANE_SUMS);
  }

  /** Set when the last task left, and what it adds. */
  setLast(end: number, adds: ArrayLike<number>): void {
    this.ends[this.count - 1] = end;
    const at = this.count * LANE_SUMS;
    for (let s = 0; s < LANE_SUMS; s++) {
      this.sums[at + s] = this.sums[at - LANE_SUMS + s]! + Math.round(adds[s]!);
    }
  }

  private grow(): void {
    const size = Math.max(16, this.rows.length * 2);
    const grown = <T extends Float64Array | Int32Array | Uint32Array>(
      from: T,
      to: T
    ): T => {
      to.set(from);
      return to;
    };
    this.starts = grown(this.starts, new Float64Array(size));
    this.ends = grown(this.ends, new Float64Array(size));
    this.rows = grown(this.rows, new Int32Array(size));
    this.sums = grown(this.sums, new Uint32Array((size + 1) * LANE_SUMS));
  }
}
