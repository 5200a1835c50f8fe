/** Bytes that came in pieces, taken out in others. Holds what has not been taken, in one array. */
export class ByteQueue {
  /** How many bytes wait. */
  get length(): number {
    return this._to - this._from;
  }

  /** Put bytes at the end. They are copied only when others still wait. */
  add(bytes: Uint8Array): void {
    if (this.length === 0) {
      this._bytes = bytes;
      this._from = 0;
      this._to = bytes.length;
      this._owned = false;
      return;
    }
    const length = this.length + bytes.length;
    if (!this._owned || this._to + bytes.length > this._bytes.length) {
      const roomy = new Uint8Array(Math.max(length * 2, 1024));
      roomy.set(this._bytes.subarray(this._from, this._to));
      this._bytes = roomy;
      this._to = this.length;
      this._from = 0;
      this._owned = true;
    }
    this._bytes.set(bytes, this._to);
    this._to += bytes.length;
  }

  /** The waiting byte at a place; 0 past the end. */
  at(index: number): number {
    return index < this.length ? this._bytes[this._from + index]! : 0;
  }

  /** Four waiting bytes as a number below 2^32. */
  uint32(index: number, littleEndian: boolean): number {
    const [a, b, c, d] = littleEndian ? [3, 2, 1, 0] : [0, 1, 2, 3];
    return (
      ((this.at(index + a!) << 24) |
        (this.at(index + b!) << 16) |
        (this.at(index + c!) << 8) |
        this.at(index + d!)) >>>
      0
    );
  }

  /** The first bytes, which stay; valid until the next `add`. */
  peek(count: number): Uint8Array {
    return this._bytes.subarray(
      this._from,
      this._from + Math.min(count, this.length)
    );
  }

  /** The first bytes, which leave; valid until the next `add`. */
  take(count: number): Uint8Array {
    const taken = this.peek(count);
    this._from += taken.length;
    return taken;
  }

  private _bytes: Uint8Array = new Uint8Array(0);
  private _from = 0;
  private _to = 0;
  /** Whether `_bytes` is ours to write to. */
  private _owned = false;
}
