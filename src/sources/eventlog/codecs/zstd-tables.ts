import { corrupt } from './blocks';

/** States of a finite-state entropy code (RFC 8878, section 4.1): what each stands for, and how the next is found. */
export interface IStates {
  /** A state has so many bits. */
  readonly log: number;
  readonly symbols: Uint8Array;
  /** How many bits to read for the next state … */
  readonly bits: Uint8Array;
  /** … and what to add them to. */
  readonly next: Uint16Array;
}

/** Codes of literals (section 4.2): what the next `log` bits begin with. */
export interface ICodes {
  readonly log: number;
  readonly symbols: Uint8Array;
  /** How many of the bits the code has. */
  readonly bits: Uint8Array;
}

/** The place of the highest bit of a number above 0. */
const highBit = (value: number): number => 31 - Math.clz32(value);

/** States that only ever stand for one symbol. */
export function oneState(symbol: number): IStates {
  return {
    log: 0,
    symbols: Uint8Array.of(symbol),
    bits: new Uint8Array(1),
    next: new Uint16Array(1)
  };
}

/**
 * States by how often each symbol comes among them (section 4.1.1).
 *
 * @param counts - −1 for "less than once": one state at the very end.
 */
export function statesOf(counts: readonly number[], log: number): IStates {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  const bits = new Uint8Array(size);
  const next = new Uint16Array(size);
  const seen = new Uint16Array(counts.length);
  let last = size;
  counts.forEach((count, symbol) => {
    if (count < 0) {
      symbols[--last] = symbol;
    }
    seen[symbol] = Math.abs(count);
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  counts.forEach((count, symbol) => {
    for (let i = 0; i < count; i++) {
      symbols[at] = symbol;
      do {
        at = (at + step) & (size - 1);
      } while (at >= last);
    }
  });
  for (let state = 0; state < size; state++) {
    const nth = seen[symbols[state]!]!++;
    bits[state] = log - highBit(nth);
    next[state] = (nth << bits[state]!) - size;
  }
  return { log, symbols, bits, next };
}

/**
 * Read a table of states.
 *
 * @param mostLog - a table with more bits is not allowed here.
 * @param symbols - how many symbols there may be.
 * @returns the states, and the place after them.
 */
export function readStates(
  data: Uint8Array,
  from: number,
  to: number,
  mostLog: number,
  symbols: number
): { states: IStates; end: number } {
  let bit = from * 8;
  const read = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++, bit++) {
      value |= ((data[bit >> 3]! >> (bit & 7)) & 1) << i;
    }
    if (bit > to * 8) {
      throw corrupt('a table ends too early');
    }
    return value;
  };
  const log = read(4) + 5;
  if (log > mostLog) {
    throw corrupt('a table is too large');
  }
  const counts: number[] = [];
  let left = 1 << log;
  while (left > 0 && counts.length < symbols) {
    // So few values are possible that the small ones need a bit less.
    const width = highBit(left + 1) + 1;
    const short = (1 << width) - 1 - (left + 1);
    let value = read(width - 1);
    if (value >= short) {
      value |= read(1) << (width - 1);
      if (value >= 1 << (width - 1)) {
        value -= short;
      }
    }
    const count = value - 1;
    left -= Math.abs(count);
    counts.push(count);
    if (count === 0) {
      let more: number;
      do {
        more = read(2);
        for (let i = 0; i < more; i++) {
          counts.push(0);
        }
      } while (more === 3);
    }
  }
  if (left !== 0 || counts.length > symbols) {
    throw corrupt('a table does not add up');
  }
  return { states: statesOf(counts, log), end: (bit + 7) >> 3 };
}

const MOST_CODE_BITS = 11;

/**
 * Read the codes of literals (section 4.2.1).
 *
 * @returns the codes, and the place after them.
 */
export function readCodes(
  data: Uint8Array,
  from: number,
  to: number
): { codes: ICodes; end: number } {
  const header = data[from]!;
  const packed = header < 128;
  const count = header - 127;
  const end = from + 1 + (packed ? header : (count + 1) >> 1);
  if (from >= to || end > to) {
    throw corrupt('a table ends too early');
  }
  const weights = packed
    ? packedWeights(data, from + 1, end)
    : Array.from({ length: count }, (_, i) => {
        const byte = data[from + 1 + (i >> 1)]!;
        return i & 1 ? byte & 15 : byte >> 4;
      });
  return { codes: codesOf(weights), end };
}

/** Codes by the weights of all symbols but the last, whose weight follows. */
function codesOf(weights: number[]): ICodes {
  const sum = weights.reduce((all, w) => all + (w > 0 ? 1 << (w - 1) : 0), 0);
  const log = sum > 0 ? highBit(sum) + 1 : 0;
  const left = (1 << log) - sum;
  if (
    log === 0 ||
    log > MOST_CODE_BITS ||
    weights.length > 255 ||
    (left & (left - 1)) !== 0
  ) {
    throw corrupt('a table does not add up');
  }
  weights.push(highBit(left) + 1);
  const symbols = new Uint8Array(1 << log);
  const bits = new Uint8Array(1 << log);
  let at = 0;
  for (let weight = 1; weight <= log; weight++) {
    weights.forEach((own, symbol) => {
      if (own === weight) {
        const next = at + (1 << (weight - 1));
        symbols.fill(symbol, at, next);
        bits.fill(log + 1 - weight, at, next);
        at = next;
      }
    });
  }
  return { log, symbols, bits };
}

/** Weights that are packed themselves: two states take turns, from the last bit to the first. */
function packedWeights(data: Uint8Array, from: number, to: number): number[] {
  const { states, end } = readStates(data, from, to, 6, 13);
  const last = data[to - 1]!;
  if (end >= to || last === 0) {
    throw corrupt('a table ends too early');
  }
  const first = end * 8;
  let bit = (to - 1) * 8 + highBit(last);
  /** Bits before the first one are zeros. */
  const read = (count: number): number => {
    bit -= count;
    let value = 0;
    for (let i = Math.max(0, first - bit); i < count; i++) {
      value |= ((data[(bit + i) >> 3]! >> ((bit + i) & 7)) & 1) << i;
    }
    return value;
  };
  let now = read(states.log);
  let other = read(states.log);
  const weights: number[] = [];
  while (weights.length < 255) {
    weights.push(states.symbols[now]!);
    now = states.next[now]! + read(states.bits[now]!);
    if (bit < first) {
      weights.push(states.symbols[other]!);
      return weights;
    }
    [now, other] = [other, now];
  }
  throw corrupt('a table does not end');
}
