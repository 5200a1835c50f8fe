/** 2^53: what a value must stay below. */
const LIMIT = 2 ** 53;

/** A varint that does not end, or that is too large for a number. */
export class VarintError extends Error {}

/**
 * Reads unsigned LEB128 numbers below 2^53, and single bytes.
 *
 * Each method throws {@link VarintError} at the end of the bytes.
 */
export class VarintReader {
  constructor(private readonly _bytes: Uint8Array) {}

  /** Whether everything was read. */
  get atEnd(): boolean {
    return this._at === this._bytes.length;
  }

  /** How many bytes are left. */
  get left(): number {
    return this._bytes.length - this._at;
  }

  /** The next byte. */
  byte(): number {
    if (this._at >= this._bytes.length) {
      throw new VarintError('The data ends too early.');
    }
    return this._bytes[this._at++]!;
  }

  /** The next number. */
  number(): number {
    const bytes = this._bytes;
    let at = this._at;
    let byte = bytes[at++]!;
    if (byte < 0x80) {
      this._at = at;
      return byte;
    }
    // Bit operations reach 31 bits; beyond, factors.
    let low = byte & 0x7f;
    for (let shift = 7; shift <= 21; shift += 7) {
      byte = bytes[at++]!;
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this._at = at;
        return low;
      }
    }
    let value = low;
    let factor = 2 ** 28;
    while (at < bytes.length) {
      byte = bytes[at++]!;
      value += (byte & 0x7f) * factor;
      if (value >= LIMIT) {
        throw new VarintError('A number is too large.');
      }
      if (byte < 0x80) {
        this._at = at;
        return value;
      }
      factor *= 128;
    }
    throw new VarintError('The data ends too early.');
  }

  private _at = 0;
}

/**
 * Writes what {@link VarintReader} reads.
 */
export class VarintWriter {
  /** Append a byte. */
  byte(value: number): void {
    this._reserve(1);
    this._bytes[this._at++] = value;
  }

  /**
   * Append a number.
   *
   * @throws RangeError when it is not a whole number from 0 to 2^53 − 1.
   */
  number(value: number): void {
    if (!(value >= 0 && value < LIMIT) || value % 1 !== 0) {
      throw new RangeError(`${value} does not fit into a varint`);
    }
    this._reserve(8);
    while (value >= 0x80) {
      this._bytes[this._at++] = (value % 128) + 128;
      value = Math.floor(value / 128);
    }
    this._bytes[this._at++] = value;
  }

  /** What was written. */
  take(): Uint8Array<ArrayBuffer> {
    return this._bytes.slice(0, this._at);
  }

  private _reserve(count: number): void {
    if (this._at + count > this._bytes.length) {
      const grown = new Uint8Array((this._bytes.length + count) * 2);
      grown.set(this._bytes);
      this._bytes = grown;
    }
  }

  private _bytes = new Uint8Array(1024);
  private _at = 0;
}

/** A whole number as one that is not negative: 0, −1, 1, −2, … become 0, 1, 2, 3, … */
export function zigzag(value: number): number {
  return value >= 0 ? 2 * value : -2 * value - 1;
}

/** The inverse of {@link zigzag}. */
export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
