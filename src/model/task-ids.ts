/** Up to this many ids beyond those in use are covered by the array; others go into a map. */
const SLACK = 1 << 16;

/**
 * Task id → row. Spark numbers tasks from 0 without large holes, so an array does; hostile ids must not make it huge.
 */
export class TaskIds {
  /** Bytes of the array. */
  get byteLength(): number {
    return this._rows.byteLength;
  }

  /** The row of a task, or -1. */
  get(taskId: number): number {
    // A row is stored plus one, so that 0 is a hole.
    const row = taskId >= 0 ? this._rows[taskId] : 0;
    return row
      ? row - 1
      : this._far.size > 0
        ? (this._far.get(taskId) ?? -1)
        : -1;
  }

  /** Remember a row. */
  set(taskId: number, row: number): void {
    if (taskId >= 0 && taskId < this._rows.length) {
      this._rows[taskId] = row + 1;
    } else if (taskId >= 0 && taskId < row * 4 + SLACK) {
      const grown = new Int32Array(
        Math.max(taskId + 1, Math.min(this._rows.length * 2, row * 2 + SLACK))
      );
      grown.set(this._rows);
      this._rows = grown;
      this._rows[taskId] = row + 1;
    } else {
      this._far.set(taskId, row);
    }
  }

  private _rows = new Int32Array(0);
  private readonly _far = new Map<number, number>();
}
