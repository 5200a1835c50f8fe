/**
 * A few bytes to compare with, eight at a time: as doubles, which `DataView` reads fastest. ASCII but for NUL, no eight bytes of that are a
 * NaN or a zero, so two are equal only when their bytes are.
 */
export class Literal {
  readonly length: number;
  /** Eight bytes each; the last ones may overlap those before. Empty when there are fewer than eight. */
  readonly words: Float64Array;
  /** The first four and the last four bytes of such a short one. */
  readonly first: number;
  readonly last: number;

  /** @param bytes - four or more, ASCII without NUL. */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const count = bytes.length < 8 ? 0 : Math.ceil(bytes.length / 8);
    this.length = bytes.length;
    this.words = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const at = Math.min(i * 8, bytes.length - 8);
      this.words[i] = view.getFloat64(at, true);
    }
    this.first = view.getInt32(0, true);
    this.last = view.getInt32(bytes.length - 4, true);
  }
}

/** @param text - four characters or more, ASCII. */
export function literal(text: string): Literal {
  return new Literal(
    Uint8Array.from(text, character => character.charCodeAt(0))
  );
}
