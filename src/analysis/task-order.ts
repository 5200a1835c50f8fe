import type { Application } from '../model';
import {
  isText,
  numberReader,
  textReader,
  type NumberReader,
  type TaskColumn
} from './task-columns';

/** Bits a pass of the sort looks at: 2,048 counters stay in the cache. */
const BITS = 11;
const BUCKETS = 1 << BITS;
const WORD = 2 ** 32;

/**
 * Rows in the order of a column; equal ones stay as they were.
 *
 * A radix sort over whole numbers: a million rows take a tenth of the time of
 * a comparison sort, and only as many passes as the range of values needs.
 *
 * @param now - driver time in ms since 1970, for tasks that run.
 * @returns a new array.
 */
export function sortRows(
  application: Application,
  rows: Int32Array,
  column: TaskColumn,
  descending: boolean,
  now: number
): Int32Array {
  const values = isText(column)
    ? ranksOf(application, rows, column)
    : valuesOf(rows, numberReader(application, column, now));
  return sortByValues(rows, values, descending);
}

function valuesOf(rows: Int32Array, read: NumberReader): Float64Array {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    values[i] = read(rows[i]!);
  }
  return values;
}

/**
 * Rows in the order of a whole number each.
 *
 * @param values - one for each of `rows`; the largest less than 2^53 above the
 *   smallest.
 */
export function sortByValues(
  rows: Int32Array,
  values: ArrayLike<number>,
  descending: boolean
): Int32Array {
  const count = rows.length;
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    least = value < least ? value : least;
    most = value > most ? value : most;
  }
  const range = most - least;
  if (count < 2 || !(range > 0)) {
    return rows.slice();
  }
  const low = new Uint32Array(count);
  const high = range < WORD ? null : new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const key = descending ? most - values[i]! : values[i]! - least;
    low[i] = key % WORD;
    if (high) {
      high[i] = key / WORD;
    }
  }
  let order = new Uint32Array(count);
  let spare = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    order[i] = i;
  }
  const counts = new Uint32Array(BUCKETS);
  for (const [keys, top] of [
    [low, Math.min(range, WORD - 1)],
    [high, Math.floor(range / WORD)]
  ] as const) {
    for (let shift = 0; keys && top / 2 ** shift >= 1; shift += BITS) {
      pass(keys, shift, order, spare, counts);
      [order, spare] = [spare, order];
    }
  }
  const sorted = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    sorted[i] = rows[order[i]!]!;
  }
  return sorted;
}

function pass(
  keys: Uint32Array,
  shift: number,
  from: Uint32Array,
  into: Uint32Array,
  counts: Uint32Array
): void {
  counts.fill(0);
  for (let i = 0; i < keys.length; i++) {
    counts[(keys[i]! >>> shift) & (BUCKETS - 1)]!++;
  }
  let sum = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = counts[bucket]!;
    counts[bucket] = sum;
    sum += count;
  }
  for (let i = 0; i < from.length; i++) {
    const item = from[i]!;
    into[counts[(keys[item]! >>> shift) & (BUCKETS - 1)]!++] = item;
  }
}

/** Words are few: the place of each in the alphabet stands for it. */
function ranksOf(
  application: Application,
  rows: Int32Array,
  column: TaskColumn
): Int32Array {
  const { tasks, stageList, strings } = application;
  switch (column) {
    case 'stage': {
      const ranks = ranksBy(stageList.length, (a, b) => {
        const [x, y] = [stageList[a]!, stageList[b]!];
        return x.id - y.id || x.attempt - y.attempt;
      });
      return rows.map(row => ranks[tasks.stage[row]!] ?? 0);
    }
    case 'state':
      return rows.map(row => tasks.state[row]!);
    case 'locality':
      return rows.map(row => tasks.locality[row]!);
    case 'executor':
    case 'host': {
      const ranks = ranksOfWords(strings);
      const values = tasks[column];
      return rows.map(row => ranks[values[row]!] ?? 0);
    }
    default: {
      const read = textReader(application, column);
      const places = new Map<string, number>();
      const seen = rows.map(row => {
        const word = read(row);
        const place = places.get(word) ?? places.size;
        places.set(word, place);
        return place;
      });
      const ranks = ranksOfWords([...places.keys()]);
      return seen.map(place => ranks[place]!);
    }
  }
}

/** Words in the order of the alphabet, numbers in theirs; what has no text comes last. */
function ranksOfWords(words: readonly string[]): Int32Array {
  const collator = new Intl.Collator('en', { numeric: true });
  return ranksBy(
    words.length,
    (a, b) =>
      Number(words[a] === '') - Number(words[b] === '') ||
      collator.compare(words[a]!, words[b]!)
  );
}

function ranksBy(
  count: number,
  compare: (a: number, b: number) => number
): Int32Array {
  const ranks = new Int32Array(count);
  Array.from({ length: count }, (_, i) => i)
    .sort(compare)
    .forEach((item, rank) => {
      ranks[item] = rank;
    });
  return ranks;
}
