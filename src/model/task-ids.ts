/** Up to this many ids beyond those in use are covered by the array; others go into a map. */
const SLACK = 1 << 16;

/**
 * Task id → row. Spark numbers tasks without large holes, so an array does, which begins near the first id: a compacted log has forgotten
 * those before. Hostile ids must not make it huge.
 */
export class TaskIds {
  /** Bytes of the array. */
  get byteLength(): number {
    return this._rows.byteLength;
  }

  /** The row of a task, or -1. */
  get(taskId: number): number {
    const place = taskId - this._base;
    // A row is stored plus one, so that 0 is a hole.
    const row = place >= 0 ? this._rows[place] : 0;
    return row
      ? row - 1
      : this._far.size > 0
        ? (this._far.get(taskId) ?? -1)
        : -1;
  }

  /** Remember a row. */
  set(taskId: number, row: number): void {
    if (this._rows.length === 0) {
      this._base = Math.max(0, taskId - SLACK);
    }
    const place = taskId - this._base;
    if (place >= 0 && place < this._rows.length) {
      this._rows[place] = row + 1;
    } else if (place >= 0 && place < row * 4 + 2 * SLACK) {
      // By a part of what it is, so that a million ids are not copied a million times.
      const grown = new Int32Array(place + 1024 + (place >> 1));
      grown.set(this._rows);
      this._rows = grown;
      this._rows[place] = row + 1;
    } else {
      this._far.set(taskId, row);
    }
  }

  /** Forget a task. */
  delete(taskId: number): void {
    const place = taskId - this._base;
    if (place >= 0 && place < this._rows.length) {
      this._rows[place] = 0;
    }
    this._far.delete(taskId);
  }

  private _base = 0;
  private _rows = new Int32Array(0);
  private readonly _far = new Map<number, number>();
}
