import { QUOTE } from './bytes';
import { LINE_END } from './bytes';
import { Literal, literal } from './literal';

const TRUE = literal('true');
const FALSE = literal('false');

/** More digits may not fit a double exactly. */
const MOST_DIGITS = 15;

/** 1 for bytes that a text may not hold as they are, or that need care: quotes, escapes, control characters, other than ASCII. */
const SPECIAL = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === 0x22 || byte === 0x5c || byte >= 0x80 ? 1 : 0
);

/** How many different texts are kept as strings, and how long they may be. */
const TEXTS = 256;
const LONGEST_TEXT = 512;

/**
 * A place in one line of JSON. Each method takes what it names and moves on, or says no: then the place is of no use any more, unless
 * it says otherwise.
 */
export class ByteCursor {
  /** Begin at a line. */
  set(bytes: Uint8Array, from: number, to: number): void {
    if (bytes !== this._bytes) {
      this._bytes = bytes;
      this._view = new DataView(
        bytes.buffer,
        bytes.byteOffset,
        bytes.byteLength
      );
    }
    this._at = from;
    this._to = to;
  }

  /** Where the next byte is. */
  get at(): number {
    return this._at;
  }

  /** What was taken since a place, as a literal; null when it is too short for one. */
  literalFrom(from: number): Literal | null {
    return this._at - from < 4
      ? null
      : new Literal(this._bytes.subarray(from, this._at));
  }

  /** Whether all of the line was taken and nothing else: what follows is its end, or nothing. */
  get isAtEnd(): boolean {
    return this._at === this._to || this._bytes[this._at] === LINE_END;
  }

  /** Take this text; stays when it is not there. */
  is(literal: Literal): boolean {
    const at = this._at;
    const end = at + literal.length;
    if (end > this._to) {
      return false;
    }
    const view = this._view;
    const { words } = literal;
    if (words.length === 0) {
      if (
        view.getInt32(at, true) !== literal.first ||
        view.getInt32(end - 4, true) !== literal.last
      ) {
        return false;
      }
    } else {
      for (let i = 0; i < words.length - 1; i++) {
        if (view.getFloat64(at + i * 8, true) !== words[i]) {
          return false;
        }
      }
      if (view.getFloat64(end - 8, true) !== words[words.length - 1]) {
        return false;
      }
    }
    this._at = end;
    return true;
  }

  /** Take this byte; stays when it is not there. */
  isByte(byte: number): boolean {
    if (this._at < this._to && this._bytes[this._at] === byte) {
      this._at++;
      return true;
    }
    return false;
  }

  /** Take a whole number of at most 15 digits and put it into `values[index]`. */
  number(values: Float64Array, index: number): boolean {
    const bytes = this._bytes;
    const isNegative = bytes[this._at] === 0x2d;
    const from = isNegative ? this._at + 1 : this._at;
    let at = from;
    let value = 0;
    let digit = (bytes[at] ?? 0) - 0x30;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digit = (bytes[++at] ?? 0) - 0x30;
    }
    values[index] = isNegative ? -value : value;
    this._at = at;
    return this._isPlain(from, at, isNegative);
  }

  /** Take such a number and forget it. */
  skipNumber(): boolean {
    const bytes = this._bytes;
    const isNegative = bytes[this._at] === 0x2d;
    const from = isNegative ? this._at + 1 : this._at;
    let at = from;
    let digit = (bytes[at] ?? 0) - 0x30;
    while (digit >= 0 && digit <= 9) {
      digit = (bytes[++at] ?? 0) - 0x30;
    }
    this._at = at;
    return this._isPlain(from, at, isNegative);
  }

  /** Look back at such a number, which may be a text of one, and put it into `values[index]`; stays in any case. */
  numberAt(from: number, values: Float64Array, index: number): boolean {
    const at = this._at;
    const isText = this._bytes[from] === QUOTE;
    this._at = isText ? from + 1 : from;
    const isPlain =
      this.number(values, index) &&
      (!isText || this._bytes[this._at] === QUOTE);
    this._at = at;
    return isPlain;
  }

  /** Digits that JSON allows and a double holds exactly, but for -0. */
  private _isPlain(from: number, to: number, isNegative: boolean): boolean {
    const digits = to - from;
    return (
      digits > 0 &&
      digits <= MOST_DIGITS &&
      (this._bytes[from] !== 0x30 || (digits === 1 && !isNegative))
    );
  }

  /**
   * Take `true` or `false`.
   *
   * @returns 1 or 0; -1 when there is neither.
   */
  boolean(): number {
    return this.is(FALSE) ? 0 : this.is(TRUE) ? 1 : -1;
  }

  /** Take a text's characters and its closing quote; the opening one was taken. */
  skipText(): boolean {
    const bytes = this._bytes;
    const to = this._to;
    let at = this._at;
    while (at < to && SPECIAL[bytes[at]!] === 0) {
      at++;
    }
    this._at = at + 1;
    return at < to && bytes[at] === 0x22;
  }

  /**
   * Take a text's characters and its closing quote.
   *
   * @returns null when it is not plain, or long.
   */
  text(): string | null {
    const from = this._at;
    return this.skipText() && this._at - from <= LONGEST_TEXT
      ? this._string(from, this._at - 1)
      : null;
  }

  /** The string of some bytes, kept: the same few come again and again. */
  private _string(from: number, to: number): string {
    const bytes = this._bytes;
    let hash = to - from;
    for (let i = from; i < to; i++) {
      hash = (Math.imul(hash, 31) + bytes[i]!) | 0;
    }
    const slot = hash & (TEXTS - 1);
    const known = this._texts[slot];
    if (known !== undefined && this._equals(known, from, to)) {
      return known;
    }
    const text = String.fromCharCode(...bytes.subarray(from, to));
    this._texts[slot] = text;
    return text;
  }

  private _equals(text: string, from: number, to: number): boolean {
    if (text.length !== to - from) {
      return false;
    }
    for (let i = 0; i < text.length; i++) {
      if (text.charCodeAt(i) !== this._bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  private _bytes: Uint8Array = new Uint8Array(0);
  private _view: DataView = new DataView(new ArrayBuffer(0));
  private _at = 0;
  private _to = 0;
  private readonly _texts: (string | undefined)[] = new Array(TEXTS);
}
