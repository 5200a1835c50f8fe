import type { Numbers } from './numbers';

const FIRST_CAPACITY = 64;

/**
 * Numbers that are added at the end, one after the other: in bytes while all are whole and below 256, wider when one needs it. NaN and
 * fractions take eight bytes.
 */
export class GrowingColumn {
  /** How many. */
  get length(): number {
    return this._length;
  }

  /** What to read, by index below `length`; valid until the next value. */
  get values(): Numbers {
    return this._values;
  }

  /** Bytes that it occupies. */
  get byteLength(): number {
    return this._values.byteLength;
  }

  /** The i-th value; NaN outside. */
  at(i: number): number {
    return i >= 0 && i < this._length ? this._values[i]! : NaN;
  }

  /** Add a value at the end. */
  push(value: number): void {
    this._fit(value);
    this._values[this._length++] = value;
  }

  /** Put another value in the place of one. */
  set(i: number, value: number): void {
    this._widen(widthOf(value), this._values.length);
    this._values[i] = value;
  }

  /** Put a value in before the i-th. */
  insert(i: number, value: number): void {
    this._fit(value);
    this._values.copyWithin(i + 1, i, this._length);
    this._values[i] = value;
    this._length++;
  }

  /** Let the first `count` values go. */
  dropFirst(count: number): void {
    this._values.copyWithin(0, count, this._length);
    this._length -= count;
  }

  /** Let go of all from the i-th on. */
  truncate(length: number): void {
    this._length = Math.min(this._length, length);
  }

  /** Make sure that one more value fits, and this one. */
  private _fit(value: number): void {
    const capacity = this._values.length;
    this._widen(
      widthOf(value),
      this._length < capacity
        ? capacity
        : Math.max(FIRST_CAPACITY, capacity * 2)
    );
  }

  private _widen(width: number, capacity: number): void {
    const before = this._values;
    if (width > before.BYTES_PER_ELEMENT || capacity > before.length) {
      this._values = numbers(
        Math.max(width, before.BYTES_PER_ELEMENT),
        capacity
      );
      this._values.set(before.subarray(0, this._length));
    }
  }

  private _values: Numbers = new Uint8Array(0);
  private _length = 0;
}

function widthOf(value: number): number {
  if (value === (value & 0xff)) {
    return 1;
  }
  return value === value >>> 0 ? (value <= 0xffff ? 2 : 4) : 8;
}

function numbers(width: number, length: number): Numbers {
  return width === 1
    ? new Uint8Array(length)
    : width === 2
      ? new Uint16Array(length)
      : width === 4
        ? new Uint32Array(length)
        : new Float64Array(length);
}
