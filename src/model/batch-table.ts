/** What is known of each micro-batch of a streaming query: one number a batch. Times are ms, sizes bytes, counts rows. */
export const BATCH_COLUMNS = [
  'batchId',
  /** When the trigger fired, ms since 1970. */
  'time',
  /** `batchDuration`: of the whole trigger. */
  'durationMs',
  'latestOffsetMs',
  'getBatchMs',
  'queryPlanningMs',
  'walCommitMs',
  'addBatchMs',
  'commitOffsetsMs',
  /** From the time of the batch to its first job; only of DStreams. */
  'waitedMs',
  'inputRows',
  /** Rows a second; NaN where Spark gives none. */
  'inputRate',
  'processedRate',
  /** Rows written; NaN for a sink that does not count (`foreachBatch`). */
  'sinkRows',
  /** Event times, ms since 1970; NaN in a batch without rows or without a watermark. */
  'eventTimeMin',
  'eventTimeAvg',
  'eventTimeMax',
  'watermark',
  'stateRows',
  'stateBytes',
  /** Rows that were taken out of the state. */
  'removedRows',
  /** Rows that came later than the watermark allows. */
  'lateRows',
  /** Rows between the newest offset of the sources and the end of the batch; NaN where no source tells. */
  'backlogRows',
  /** How many batches the row stands for: 1, and more where older ones were laid together. */
  'batches'
] as const;
export type BatchColumn = (typeof BATCH_COLUMNS)[number];

/** How two batches that are laid together are shown as one: rows add up, the longest time counts, and the later state. */
const FOLD: Readonly<Record<BatchColumn, 'first' | 'sum' | 'most' | 'last'>> = {
  batchId: 'first',
  time: 'first',
  durationMs: 'most',
  latestOffsetMs: 'most',
  getBatchMs: 'most',
  queryPlanningMs: 'most',
  walCommitMs: 'most',
  addBatchMs: 'most',
  commitOffsetsMs: 'most',
  waitedMs: 'most',
  inputRows: 'sum',
  inputRate: 'most',
  processedRate: 'last',
  sinkRows: 'sum',
  eventTimeMin: 'first',
  eventTimeAvg: 'last',
  eventTimeMax: 'most',
  watermark: 'last',
  stateRows: 'last',
  stateBytes: 'last',
  removedRows: 'sum',
  lateRows: 'sum',
  backlogRows: 'most',
  batches: 'sum'
};

/** Two values of a column as one; one that is missing leaves the other, but a first stays the first. */
function together(
  rule: (typeof FOLD)[BatchColumn],
  a: number,
  b: number
): number {
  if (rule === 'first' || Number.isNaN(b)) {
    return a;
  }
  if (rule === 'last' || Number.isNaN(a)) {
    return b;
  }
  return rule === 'sum' ? a + b : Math.max(a, b);
}

/** Rows that are kept at most: 1.5 MB a query. */
export const MOST_BATCHES = 8192;

/**
 * The micro-batches of a query, oldest first, in columns.
 *
 * When it is full, each two neighbours of the older half become one row: an hour of ten batches a second is kept with its extremes, the
 * newest 4,096 batches as they were.
 */
export class BatchTable {
  constructor(private readonly most = MOST_BATCHES) {}

  /** Rows. */
  length = 0;
  /** Batches that were heard of. */
  total = 0;
  /** Rises with every word of a batch. */
  revision = 0;
  /** Rises when rows were laid together: what had been drawn of them stands elsewhere now. */
  folds = 0;

  /** The values of a column, one a row. Valid until the next batch. */
  column(name: BatchColumn): Float64Array {
    return this._columns[name].subarray(0, this.length);
  }

  /** A value of a row. */
  at(row: number, name: BatchColumn): number {
    return row >= 0 && row < this.length ? this._columns[name][row]! : NaN;
  }

  /** The first row of which something new was heard after a revision; `length` when nothing was. */
  changedSince(revision: number): number {
    const heard = this._heard.subarray(0, this.length);
    const row = heard.findIndex(each => each > revision);
    return row < 0 ? this.length : row;
  }

  /** The row in which a batch is, or is laid together with others; -1 when it is not known. */
  rowOf(batchId: number): number {
    const ids = this.column('batchId');
    for (let row = this.length - 1; row >= 0; row--) {
      if (ids[row]! <= batchId) {
        return batchId < ids[row]! + this.at(row, 'batches') ? row : -1;
      }
    }
    return -1;
  }

  /**
   * Add a batch. The same batch again (Spark reports a batch without data under the id of the next one, again and again; one of DStreams grows
   * with each of its jobs) takes the place of what was said of it.
   *
   * @param values - what is missing is NaN.
   */
  add(values: Readonly<Partial<Record<BatchColumn, number>>>): void {
    const known = this.rowOf(values.batchId ?? NaN);
    if (known >= 0 && this.at(known, 'batches') > 1) {
      // It was laid together with others.
      return;
    }
    const again = known >= 0;
    const row = again ? known : this._room();
    for (const name of BATCH_COLUMNS) {
      this._columns[name][row] = values[name] ?? NaN;
    }
    this._columns.batches[row] = 1;
    this.total += again ? 0 : 1;
    this._hear(row);
  }

  /**
   * The same batches in fewer rows: the older ones laid together.
   *
   * @param most - rows, at least 8.
   */
  folded(most: number): BatchTable {
    const table = new BatchTable(most);
    for (let row = 0; row < this.length; row++) {
      const to = table._room();
      for (const name of BATCH_COLUMNS) {
        table._columns[name][to] = this._columns[name][row]!;
      }
    }
    table.total = this.total;
    return table;
  }

  /**
   * Take the rows of another table, each `size` neighbours as one, the last perhaps of fewer.
   *
   * @param from - rows of this table before it are what they would become again, and stay.
   */
  group(whole: BatchTable, size: number, from: number): void {
    this.length = Math.min(this.length, from);
    for (let row = this.length * size; row < whole.length; row++) {
      const isFirst = row % size === 0;
      const to = isFirst ? this._room() : this.length - 1;
      for (const name of BATCH_COLUMNS) {
        const value = whole._columns[name][row]!;
        const column = this._columns[name];
        column[to] = isFirst ? value : together(FOLD[name], column[to]!, value);
      }
    }
    this.total = whole.total;
    this._hear(from);
  }

  /**
   * Take the rows of a table that was saved, in the place of what is here.
   *
   * @param total - batches that were heard of.
   * @param columns - each with a value a row; NaN for what is missing.
   */
  restore(
    total: number,
    columns: Readonly<Partial<Record<BatchColumn, readonly number[]>>>
  ): void {
    this.length = 0;
    const rows = Math.min(this.most, columns.batchId?.length ?? 0);
    for (let row = 0; row < rows; row++) {
      const to = this._room();
      for (const name of BATCH_COLUMNS) {
        this._columns[name][to] = columns[name]?.[row] ?? NaN;
      }
    }
    this.total = total;
    this._hear(0);
  }

  /** Something new is in the rows from this one on. */
  private _hear(row: number): void {
    this.revision++;
    this._heard.fill(this.revision, row, this.length);
  }

  private _room(): number {
    if (this.length >= this.most) {
      this._fold();
    }
    if (this.length >= this._columns.batchId.length) {
      const size = Math.min(this.most, Math.max(64, this.length * 2));
      for (const name of BATCH_COLUMNS) {
        this._columns[name] = widened(this._columns[name], size);
      }
      this._heard = widened(this._heard, size);
    }
    return this.length++;
  }

  private _fold(): void {
    const half = this.length >> 1;
    const pairs = half >> 1;
    for (const name of BATCH_COLUMNS) {
      const column = this._columns[name];
      const rule = FOLD[name];
      for (let pair = 0; pair < pairs; pair++) {
        const [a, b] = [column[2 * pair]!, column[2 * pair + 1]!];
        column[pair] = together(rule, a, b);
      }
      column.copyWithin(pairs, 2 * pairs, this.length);
    }
    this.length -= pairs;
    this._heard.fill(this.revision + 1);
    this.folds++;
  }

  /** The revision in which each row was heard of last. */
  private _heard = new Float64Array(0);
  private readonly _columns = Object.fromEntries(
    BATCH_COLUMNS.map(name => [name, new Float64Array(0)])
  ) as Record<BatchColumn, Float64Array>;
}

/** Values with room for more. */
function widened(
  values: Float64Array,
  size: number
): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(size);
  wider.set(values);
  return wider;
}
