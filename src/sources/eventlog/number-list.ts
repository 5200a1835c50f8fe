import type { ByteCursor } from './byte-cursor';
import { CLOSE, COLON, COMMA, OPEN, QUOTE } from './bytes';
import type { Literal } from './literal';

/** Spark has about 25. */
const MOST = 256;

/** An object of numbers that has the same names in the same order each time, as Spark writes `Task Executor Metrics` and `Push Based Shuffle`. */
export class NumberList {
  /** The numbers of the last object, in the order of its names. */
  readonly values = new Float64Array(MOST);
  /** How many; -1 when there was no object. */
  count = -1;

  /** Read an object. The first one says which names there are; one with others is not taken. */
  read(cursor: ByteCursor): boolean {
    this.count = 0;
    if (!cursor.isByte(OPEN)) {
      return false;
    }
    if (cursor.isByte(CLOSE)) {
      return this._names === null || this._names.length === 0;
    }
    return this._names === null
      ? this._learn(cursor)
      : this._follow(cursor, this._names);
  }

  private _follow(cursor: ByteCursor, names: readonly Literal[]): boolean {
    for (let i = 0; i < names.length; i++) {
      if (!(
        (i === 0 || cursor.isByte(COMMA)) &&
        cursor.is(names[i]!) &&
        cursor.number(this.values, i)
      )) {
        return false;
      }
    }
    this.count = names.length;
    return cursor.isByte(CLOSE);
  }

  private _learn(cursor: ByteCursor): boolean {
    const names: Literal[] = [];
    const seen = new Set<string>();
    do {
      const from = cursor.at;
      if (!(
        cursor.isByte(QUOTE) &&
        cursor.skipText() &&
        cursor.isByte(COLON)
      )) {
        return false;
      }
      const name = cursor.literalFrom(from);
      const text = name?.words.join();
      // A name that comes twice has one value in JSON; one of a few letters is none of Spark's.
      if (!name || !text || names.length >= MOST || seen.has(text)) {
        return false;
      }
      seen.add(text);
      if (!cursor.number(this.values, names.length)) {
        return false;
      }
      names.push(name);
    } while (cursor.isByte(COMMA));
    if (!cursor.isByte(CLOSE)) {
      return false;
    }
    this._names = names;
    this.count = names.length;
    return true;
  }

  private _names: readonly Literal[] | null = null;
}
