import { CurveFlag } from '../events';
import { GrowingColumn } from './growing-column';
import type { Numbers } from './numbers';

/** What is known of each point of a line. */
export const POINT_COLUMNS = [
  /** Counts the points that its learner told of from 0; a number that is missing is of a point that was lost, or is late. */
  'ordinal',
  /** Distinct labelled examples scored so far, at the right edge of what the point adds. Of epochs: the epoch. */
  'at',
  /** Examples that it adds; 0: a gap. */
  'examples',
  /** Sum of their losses, or the number; NaN where it is none. */
  'lossSum',
  /** Sum of the squares of their losses. */
  'lossSquares',
  /** Since the curve's start. */
  'elapsedMs',
  /** Rows that the learner has touched so far. */
  'visits',
  /** CPU time of the driver's Python in this step alone. */
  'pythonCpuNs',
  /** Size of the model as it is pickled; NaN where nobody measured. */
  'modelBytes',
  /** Micro-batch; NaN for none. */
  'batchId',
  /** Bits of `CurveFlag`. */
  'flags',
  /** Place of its first example in the line's `examples`; NaN where only its sums are known. */
  'firstExample',
  /** Index into `origins`. */
  'origin',
  /** How many points it stands for: 1, and more where older ones were laid together. */
  'points'
] as const;
export type PointColumn = (typeof POINT_COLUMNS)[number];
export type IPoint = Readonly<Record<Exclude<PointColumn, 'points'>, number>>;

/** Points that are kept of a line. */
export const MOST_POINTS = 1_500_000;

/** Who made a point. */
export interface IPointOrigin {
  /** The run of the cell. */
  readonly cellRunId: string | null;
  /** The run of the streaming query whose micro-batches the points are. */
  readonly queryRunId: string | null;
}

/**
 * The points of a line in columns as narrow as they allow, in the order of their ordinals; about 25 bytes a point.
 *
 * When it is full, each two neighbours of the older half become one: their sums add up, and what else the later says stays.
 */
export class CurvePoints {
  constructor(private readonly most = MOST_POINTS) {}

  /** Rows. */
  get length(): number {
    return this._columns.ordinal.length;
  }

  /** Rises when a row that was there is another now, or elsewhere: a late point came in between, or points were laid together. */
  changes = 0;

  /** What the column `origin` counts. */
  readonly origins: IPointOrigin[] = [];

  /** How many points were told of, those that were laid together included. */
  get told(): number {
    return this._known;
  }

  /** Points that are not there, though later ones are. */
  get missing(): number {
    const last = this.length - 1;
    return last < 0 ? 0 : this.at(last, 'ordinal') + 1 - this._known;
  }

  /** A column, by row; may be longer than `length`. Valid until the next point. */
  column(name: PointColumn): Numbers {
    return this._columns[name].values;
  }

  /** A value of a row; NaN outside. */
  at(row: number, name: PointColumn): number {
    return this._columns[name].at(row);
  }

  /** Whether a bit of `CurveFlag` is set. */
  has(row: number, flag: keyof typeof CurveFlag): boolean {
    return (this.at(row, 'flags') & CurveFlag[flag]) !== 0;
  }

  /** Who made a point. */
  originOf(row: number): IPointOrigin | null {
    return this.origins[this.at(row, 'origin')] ?? null;
  }

  /** The row of the newest point of a micro-batch of a query; -1 for none. */
  rowOfBatch(queryRunId: string, batchId: number): number {
    for (let row = this.length - 1; row >= 0; row--) {
      if (
        this.at(row, 'batchId') === batchId &&
        this.originOf(row)?.queryRunId === queryRunId
      ) {
        return row;
      }
    }
    return -1;
  }

  /** The last row whose ordinal is not above a number; -1 for none. */
  rowUpTo(ordinal: number): number {
    const { values } = this._columns.ordinal;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle]! <= ordinal) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** Whether a point is there already, or is in one of those that were laid together: the writer's. */
  knows(ordinal: number): boolean {
    if (ordinal > this._lastOrdinal) {
      return false;
    }
    const row = this.rowUpTo(ordinal);
    return (
      (row >= 0 && this.at(row, 'ordinal') === ordinal) ||
      ordinal <= this._foldedUpTo
    );
  }

  /** Index into `origins`: the writer's. */
  originIndex(origin: IPointOrigin): number {
    const at = this.origins.findIndex(
      ({ cellRunId, queryRunId }) =>
        cellRunId === origin.cellRunId && queryRunId === origin.queryRunId
    );
    return at >= 0 ? at : this.origins.push(origin) - 1;
  }

  /** Add a point that is not known: the writer's. One that is late finds its place. */
  add(point: IPoint): void {
    const row = this.rowUpTo(point.ordinal) + 1;
    if (row === this.length) {
      for (const name of POINT_COLUMNS) {
        this._columns[name].push(name === 'points' ? 1 : point[name]);
      }
    } else {
      for (const name of POINT_COLUMNS) {
        this._columns[name].insert(row, name === 'points' ? 1 : point[name]);
      }
      this.changes++;
    }
    this._lastOrdinal = Math.max(this._lastOrdinal, point.ordinal);
    this._known++;
    if (this.length > this.most) {
      this._fold();
    }
  }

  private _fold(): void {
    const columns = this._columns;
    const half = this.length >> 1;
    this._foldedUpTo = columns.ordinal.at(half - 1);
    let into = 0;
    for (let row = 0; row < this.length; row++, into++) {
      const joins = row + 1 < half && this._joins(row, row + 1);
      for (const name of POINT_COLUMNS) {
        const column = columns[name];
        const [first, last] = [
          column.at(row),
          column.at(row + (joins ? 1 : 0))
        ];
        column.set(
          into,
          !joins
            ? first
            : SUMS.has(name)
              ? first + last
              : name === 'firstExample'
                ? first
                : last
        );
      }
      row += joins ? 1 : 0;
    }
    for (const name of POINT_COLUMNS) {
      columns[name].truncate(into);
    }
    this.changes++;
  }

  /** Whether two rows can be one. */
  private _joins(row: number, next: number): boolean {
    const same = (name: PointColumn): boolean =>
      Object.is(this.at(row, name), this.at(next, name));
    const examples = this.at(row, 'examples');
    const first = this.at(row, 'firstExample');
    const following = this.at(next, 'firstExample');
    return (
      same('flags') &&
      same('origin') &&
      examples > 0 &&
      this.at(next, 'examples') > 0 &&
      (Number.isNaN(first)
        ? Number.isNaN(following)
        : first + examples === following)
    );
  }

  private _known = 0;
  private _lastOrdinal = -1;
  /** Ordinals up to this are known, or will not come any more. */
  private _foldedUpTo = -1;
  private readonly _columns = Object.fromEntries(
    POINT_COLUMNS.map(name => [name, new GrowingColumn()])
  ) as Record<PointColumn, GrowingColumn>;
}

/** What adds up when two points become one. */
const SUMS: ReadonlySet<PointColumn> = new Set<PointColumn>([
  'examples',
  'lossSum',
  'lossSquares',
  'pythonCpuNs',
  'points'
]);
