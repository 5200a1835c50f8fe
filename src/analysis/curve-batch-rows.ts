// Raw (1): which point of a line each micro-batch made.
import { GrowingColumn, type CurveLine } from '../model';

/** The first row of each micro-batch of one run of a query. */
class RowsOfRun {
  /** Note the row of a batch, when it is its first: rows come in their order. */
  add(batch: number, row: number): boolean {
    const last = this.batches.length - 1;
    if (last < 0 || batch > this.batches.at(last)) {
      this.batches.push(batch);
      this.rows.push(row);
      return true;
    }
    if (this.rowOf(batch) >= 0) {
      return false;
    }
    this.late.set(batch, row);
    return true;
  }

  /** The row of a batch; -1 for none. */
  rowOf(batch: number): number {
    let low = 0;
    let high = this.batches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.batches.at(middle) < batch) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.batches.at(low) === batch
      ? this.rows.at(low)
      : (this.late.get(batch) ?? -1);
  }

  private readonly batches = new GrowingColumn();
  private readonly rows = new GrowingColumn();
  /** Batches with a smaller number than one before them: they are rare. */
  private readonly late = new Map<number, number>();
}

/** The first row of each micro-batch of a line; kept up as points come, in eight bytes a batch. */
export class BatchRows {
  constructor(private readonly line: CurveLine) {}

  /** The runs of queries that the line has points of. */
  get runIds(): Iterable<string> {
    return this.runs.keys();
  }

  /** The row of a micro-batch; -1 for none. */
  rowOf(runId: string, batch: number): number {
    return this.runs.get(runId)?.rowOf(batch) ?? -1;
  }

  /** Take in the points that have come, and say of each micro-batch that is new among them. */
  update(isNew: (runId: string, batch: number, row: number) => void): void {
    const { points } = this.line;
    if (points.origins.every(({ queryRunId }) => queryRunId === null)) {
      // Rows of before belong to no query; those that come may.
      this.length = points.length;
      return;
    }
    const batchIds = points.column('batchId');
    const origins = points.column('origin');
    for (let row = this.length; row < points.length; row++) {
      const runId = points.origins[origins[row]!]?.queryRunId ?? null;
      const batch = batchIds[row]!;
      if (runId === null || Number.isNaN(batch)) {
        continue;
      }
      let rows = this.runs.get(runId);
      if (!rows) {
        this.runs.set(runId, (rows = new RowsOfRun()));
      }
      if (rows.add(batch, row)) {
        isNew(runId, batch, row);
      }
    }
    this.length = points.length;
  }

  private length = 0;
  private readonly runs = new Map<string, RowsOfRun>();
}
