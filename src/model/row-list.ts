/**
 * Row numbers of a task table, growing at the end.
 */
export class RowList {
  /** How many. */
  get length(): number {
    return this._length;
  }

  /** The i-th row number, or -1 outside the list. */
  at(i: number): number {
    return i >= 0 && i < this._length ? this._rows[i]! : -1;
  }

  /** All of them without a copy; valid until the next push. */
  view(): Int32Array {
    return this._rows.subarray(0, this._length);
  }

  /** Append a row number. */
  push(row: number): void {
    if (this._length === this._rows.length) {
      const grown = new Int32Array(Math.max(16, this._length * 2));
      grown.set(this._rows);
      this._rows = grown;
    }
    this._rows[this._length++] = row;
  }

  private _rows = new Int32Array(0);
  private _length = 0;
}
