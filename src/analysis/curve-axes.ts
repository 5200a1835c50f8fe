// Derived (2): where the points of a line stand, by what they are laid out along.
import type { Curve, CurveLine } from '../model';
import type { LineCosts } from './curve-costs';

/**
 * What points are laid out along: labelled examples scored, rows touched by the learner, ms since the curve's first point, CPU ms of Spark and
 * of the driver's Python, bytes that Spark read.
 */
export const AXES = ['examples', 'visits', 'wall', 'cpu', 'bytes'] as const;
export type CurveAxis = (typeof AXES)[number];

/** When the first point of a curve was made, ms since its start; 0 before there is one. */
export function firstPointMs(curve: Curve): number {
  let first = Infinity;
  for (const { points } of curve.lines) {
    first =
      points.length > 0 ? Math.min(first, points.at(0, 'elapsedMs')) : first;
  }
  return Number.isFinite(first) ? first : 0;
}

const NO_COSTS = { cpuNs: new Float64Array(0), bytes: new Float64Array(0) };

/**
 * Where each point of a line stands, by row; kept up as points come. An axis never runs backwards: a value below the one before counts as that.
 *
 * May be longer than `length`, and is valid until the next update.
 */
export class LineAxis {
  constructor(
    readonly line: CurveLine,
    readonly axis: CurveAxis
  ) {}

  length = 0;
  x = new Float64Array(0);

  /**
   * Take in the points that have come.
   *
   * @param costs - the line's, for the axes of CPU and bytes, just updated: jobs that end change points of before.
   * @param firstMs - of `firstPointMs`, for the axis of time.
   */
  update(costs: LineCosts | null, firstMs = 0): void {
    const { points } = this.line;
    const { length } = points;
    const isCost = this.axis === 'cpu' || this.axis === 'bytes';
    const isMoved = points.changes !== this.changes || firstMs !== this.firstMs;
    const from = isMoved
      ? 0
      : Math.min(this.length, isCost ? this.changedIn(costs) : Infinity);
    this.changes = points.changes;
    this.firstMs = firstMs;
    if (this.x.length < length) {
      const longer = new Float64Array(Math.max(64, Math.ceil(length * 1.5)));
      longer.set(this.x.subarray(0, this.length));
      this.x = longer;
    }
    this.length = length;
    const { x } = this;
    let last = from > 0 ? x[from - 1]! : -Infinity;
    if (isCost) {
      const python = points.column('pythonCpuNs');
      const { cpuNs, bytes } = costs ?? NO_COSTS;
      let sum = from > 0 ? x[from - 1]! : 0;
      for (let row = from; row < length; row++) {
        sum +=
          this.axis === 'bytes'
            ? (bytes[row] ?? 0)
            : ((cpuNs[row] ?? 0) + (python[row]! || 0)) / 1e6;
        x[row] = sum;
      }
      return;
    }
    const column = points.column(
      this.axis === 'examples'
        ? 'at'
        : this.axis === 'visits'
          ? 'visits'
          : 'elapsedMs'
    );
    const less = this.axis === 'wall' ? firstMs : 0;
    for (let row = from; row < length; row++) {
      const value = column[row]! - less;
      last = value > last ? value : last;
      x[row] = last;
    }
  }

  /** The first row whose cost may be another than at the last update. */
  private changedIn(costs: LineCosts | null): number {
    const before = this.costs;
    this.costs = costs && { of: costs, revision: costs.revision };
    return before && before.of === costs
      ? before.of.changedSince(before.revision)
      : before === costs
        ? Infinity
        : 0;
  }

  private costs: { of: LineCosts; revision: number } | null = null;
  private changes = 0;
  private firstMs = 0;
}
