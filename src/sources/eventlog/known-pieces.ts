import type { ByteCursor } from './byte-cursor';
import type { Literal } from './literal';

/** More are forgotten. */
const MOST = 128;

/** Pieces of JSON that were read once and come again, mostly in the same order: each is compared as a whole instead of read. */
export class KnownPieces {
  /** The next pieces are those of another object or list. */
  begin(): void {
    this._next = this._first;
    this._isFirst = true;
  }

  /** Take one of the pieces; the cursor stays when there is none. */
  take(cursor: ByteCursor): boolean {
    const pieces = this._pieces;
    const count = pieces.length;
    let i = this._next;
    for (let tries = 0; tries < count; tries++) {
      if (i >= count) {
        i = 0;
      }
      if (cursor.is(pieces[i]!)) {
        this._taken(i);
        return true;
      }
      i++;
    }
    return false;
  }

  /** Know a piece that had to be read. */
  learn(piece: Literal | null): void {
    if (piece === null) {
      return;
    }
    if (this._pieces.length >= MOST) {
      this._pieces.length = 0;
      this._next = 0;
    }
    this._pieces.splice(this._next, 0, piece);
    this._taken(this._next);
  }

  private _taken(i: number): void {
    this._next = i + 1;
    if (this._isFirst) {
      this._first = i;
      this._isFirst = false;
    }
  }

  private readonly _pieces: Literal[] = [];
  private _next = 0;
  /** Where the last object or list began. */
  private _first = 0;
  private _isFirst = true;
}
