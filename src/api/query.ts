import { badParameter, Failure, notFound } from './failure';

/** What follows the `?`, read as Jersey reads it for Spark. What it cannot read is, to it, a page that does not exist. */
export class Query {
  constructor(text: string) {
    this._parameters = new URLSearchParams(text);
  }

  /** The value of a parameter, or what Spark takes for it when it is not there. */
  text(name: string, otherwise: string): string {
    return this._parameters.get(name) ?? otherwise;
  }

  /** `true` in any case, or not. */
  flag(name: string, otherwise: boolean): boolean {
    const text = this._parameters.get(name) ?? '';
    return text.trim() === '' ? otherwise : text.toLowerCase() === 'true';
  }

  /**
   * A Java `int`.
   *
   * @throws Failure 404 when it is none.
   */
  int(name: string, otherwise: number): number {
    const text = this._parameters.get(name) ?? '';
    return text.trim() === '' ? otherwise : readInt(text);
  }

  /**
   * All values of a parameter, each one of `names` in any case; empty when it is not there.
   *
   * @throws Failure 404 when one is none of them.
   */
  names<T extends string>(name: string, names: readonly T[]): T[] {
    return this._parameters.getAll(name).map(text => {
      const known = names.find(other => other === text.toUpperCase());
      if (known === undefined) {
        throw notFound();
      }
      return known;
    });
  }

  /**
   * Numbers between commas, sorted.
   *
   * @throws Failure 400 when one is no number.
   */
  quantiles(otherwise: string): number[] {
    const parts = this.text('quantiles', otherwise).split(',');
    // Java's split drops what is empty at the end, but keeps a lone empty text.
    while (parts.length > 1 && parts[parts.length - 1] === '') {
      parts.pop();
    }
    if (parts.length === 1 && parts[0] === '') {
      const text = this.text('quantiles', otherwise);
      if (text !== '') {
        return [];
      }
    }
    // To Java, what is no number is above all numbers.
    const place = (value: number): number =>
      Number.isNaN(value) ? Infinity : value;
    return parts.map(readDouble).sort((a, b) => place(a) - place(b) || 0);
  }

  /**
   * A day (`2026-11-24`) or a time (`2026-11-24T10:42:36.463GMT`), ms since 1970.
   *
   * @throws Failure 400 when it is neither.
   */
  time(name: string, otherwise: string): number {
    return readTime(this.text(name, otherwise));
  }

  private readonly _parameters: URLSearchParams;
}

/** `Integer.valueOf`. */
export function readInt(text: string): number {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= -2147483648 && value <= 2147483647)) {
    throw notFound();
  }
  return value;
}

const DOUBLE = /^[+-]?(NaN|Infinity|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[fFdD]?)$/;

/** `Double.parseDouble`, without hexadecimal. */
function readDouble(text: string): number {
  const trimmed = text.trim();
  if (!DOUBLE.test(trimmed)) {
    throw badParameter('quantiles', 'double', text);
  }
  return Number(/\d[fFdD]$/.test(trimmed) ? trimmed.slice(0, -1) : trimmed);
}

const TIME =
  /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)\.(\d+)(?:GMT|UTC|UT)?([+-]\d\d?:?\d\d)?/;
const DAY = /^(\d+)-(\d+)-(\d+)/;

/** `SimpleDateParam`: like Java's lenient formats it lets 32 November be 2 December. */
function readTime(text: string): number {
  const time = TIME.exec(text);
  const named = /\d(GMT|UTC|UT|[+-]\d)/.test(text.slice(text.indexOf('.')));
  if (time && named) {
    const [year, month, day, hour, minute, second, ms] = time
      .slice(1, 8)
      .map(Number);
    const offset = time[8] ? minutesOf(time[8]) : 0;
    return (
      Date.UTC(year!, month! - 1, day, hour, minute, second, ms) -
      offset * 60_000
    );
  }
  const date = DAY.exec(text);
  if (!date) {
    throw new Failure(400, `Couldn't parse date: ${text}`);
  }
  return Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3]));
}

function minutesOf(offset: string): number {
  const digits = offset.replace(/\D/g, '').padStart(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return offset.startsWith('-') ? -minutes : minutes;
}
