import { LINE_END } from './bytes';

/** Where lines go. */
export interface ILines {
  /** A line, without its end: `bytes[from]` to `bytes[to - 1]`, valid during the call. */
  line(bytes: Uint8Array, from: number, to: number): void;
  /**
   * A line that begins at a place and may go on further than `bytes`.
   *
   * @returns the place of its end when it was taken, else -1. That place must hold the end of a line.
   */
  quick(bytes: Uint8Array, from: number): number;
  /** A line that was longer than the bound and was not kept. */
  tooLong(bytes: number): void;
}

const NOTHING: Uint8Array = new Uint8Array(0);
/** A longer line's room is given back. */
const KEPT_ROOM = 1 << 20;

/**
 * Finds the lines in bytes that come in pieces. Only a line that goes on in the next piece is copied, so characters of several bytes
 * may be cut anywhere.
 */
export class LineSplitter {
  /**
   * @param _lines - gets them.
   * @param _most - bytes of the longest line that is kept.
   */
  constructor(
    private readonly _lines: ILines,
    private readonly _most: number
  ) {}

  /** Take the next bytes. */
  push(bytes: Uint8Array): void {
    let from = 0;
    for (;;) {
      if (this._length === 0 && this._skipped === 0) {
        const taken = this._lines.quick(bytes, from);
        if (taken >= 0) {
          from = taken + 1;
          continue;
        }
      }
      const end = bytes.indexOf(LINE_END, from);
      if (end < 0) {
        break;
      }
      if (this._length > 0 || this._skipped > 0) {
        this._keep(bytes, from, end);
        this.finish();
      } else {
        this._say(bytes, from, end);
      }
      from = end + 1;
    }
    this._keep(bytes, from, bytes.length);
  }

  /** Whether bytes came after the last end of a line. */
  get isWithin(): boolean {
    return this._length > 0 || this._skipped > 0;
  }

  /** Take what came after the last end of a line as a line. */
  finish(): void {
    if (this._skipped > 0) {
      this._lines.tooLong(this._skipped);
    } else if (this._length > 0) {
      this._say(this._kept, 0, this._length);
    }
    this._skipped = 0;
    this._length = 0;
    if (this._kept.length > KEPT_ROOM) {
      this._kept = NOTHING;
    }
  }

  private _say(bytes: Uint8Array, from: number, to: number): void {
    if (to - from > this._most) {
      this._lines.tooLong(to - from);
    } else {
      this._lines.line(bytes, from, to);
    }
  }

  private _keep(bytes: Uint8Array, from: number, to: number): void {
    const length = this._length + to - from;
    if (this._skipped > 0) {
      this._skipped += to - from;
    } else if (length > this._most) {
      this._skipped = length;
      this._length = 0;
      this._kept = NOTHING;
    } else {
      if (length > this._kept.length) {
        const roomy = new Uint8Array(Math.max(8192, length * 2));
        roomy.set(this._kept.subarray(0, this._length));
        this._kept = roomy;
      }
      this._kept.set(bytes.subarray(from, to), this._length);
      this._length = length;
    }
  }

  private _kept: Uint8Array = NOTHING;
  private _length = 0;
  private _skipped = 0;
}
