/** A column of numbers that is as wide as its largest value needs. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/**
 * A column of a table that grows and widens as values come: most of Spark's metrics are 0 in most jobs, and few need eight bytes.
 */
export class NumberColumn {
  /** What to read; before the first value other than 0, an array of zeros shared with other columns. */
  values: Numbers;
  private _ownsValues = false;

  constructor(zeros: Uint8Array) {
    this.values = zeros;
  }

  /** Bytes of its own. */
  get byteLength(): number {
    return this._ownsValues ? this.values.byteLength : 0;
  }

  /** Whether any value other than 0 was announced. */
  get present(): boolean {
    return this._ownsValues;
  }

  /**
   * Make room for more rows.
   *
   * @param zeros - the shared zeros, already of the new length.
   */
  grow(zeros: Uint8Array): void {
    if (this._ownsValues) {
      this.values = copied(this.values, zeros.length, widthOf(this.values));
    } else {
      this.values = zeros;
    }
  }

  /** Make sure that values from `least` to `most` fit; call it before writing. */
  fit(least: number, most: number): void {
    if (most === 0 && least === 0) {
      return;
    }
    const wanted = widthFor(least, most);
    if (!this._ownsValues || widthOf(this.values) < wanted) {
      this.values = copied(this.values, this.values.length, wanted);
      this._ownsValues = true;
    }
  }
}

type Width = 1 | 2 | 4 | 8;

function widthOf(values: Numbers): Width {
  return values.BYTES_PER_ELEMENT as Width;
}

function widthFor(least: number, most: number): Width {
  // NaN fails all comparisons and so ends up where it can be held.
  if (!(least >= 0) || !(most <= 0xffffffff)) {
    return 8;
  }
  return most <= 0xff ? 1 : most <= 0xffff ? 2 : 4;
}

function copied(values: Numbers, length: number, width: Width): Numbers {
  const copy =
    width === 1
      ? new Uint8Array(length)
      : width === 2
        ? new Uint16Array(length)
        : width === 4
          ? new Uint32Array(length)
          : new Float64Array(length);
  copy.set(values);
  return copy;
}
