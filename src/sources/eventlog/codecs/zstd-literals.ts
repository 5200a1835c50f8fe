import { corrupt } from './blocks';
import { readCodes, type ICodes } from './zstd-tables';

/** No block holds more. */
export const LARGEST_BLOCK = 1 << 17;

/**
 * The literals of a packed block: bytes that are not repeated from before (RFC 8878, section 3.1.1.3.1).
 *
 * @param data - with zeros around what lies between `from` and `end`.
 * @param known - codes of an earlier block, which may be used again.
 */
export function readLiterals(
  data: Uint8Array,
  from: number,
  end: number,
  known: ICodes | null
): { bytes: Uint8Array; codes: ICodes | null; end: number } {
  const head = data[from]!;
  const kind = head & 3;
  const format = (head >> 2) & 3;
  if (kind < 2) {
    // As they are, or one byte again and again; the size has 5, 12 or 20 bits.
    const bytes = format & 1 ? (format === 1 ? 2 : 3) : 1;
    const size =
      bytes === 1
        ? head >> 3
        : (head >> 4) |
          (data[from + 1]! << 4) |
          (bytes === 3 ? data[from + 2]! << 12 : 0);
    const at = from + bytes;
    const next = at + (kind === 0 ? size : 1);
    if (size > LARGEST_BLOCK || next > end) {
      throw corrupt('literals end too early');
    }
    return {
      bytes:
        kind === 0
          ? data.subarray(at, next)
          : new Uint8Array(size).fill(data[at]!),
      codes: known,
      end: next
    };
  }
  // Two sizes, of 10, 14 or 18 bits each, behind four bits.
  const width = [10, 10, 14, 18][format]!;
  const bytes = [3, 3, 4, 5][format]!;
  const low =
    (head | (data[from + 1]! << 8) | (data[from + 2]! << 16)) +
    data[from + 3]! * 2 ** 24 +
    data[from + 4]! * 2 ** 32;
  const size = Math.floor(low / 16) & ((1 << width) - 1);
  const packed = Math.floor(low / 2 ** (4 + width)) & ((1 << width) - 1);
  let at = from + bytes;
  const next = at + packed;
  if (size > LARGEST_BLOCK || next > end) {
    throw corrupt('literals end too early');
  }
  let codes = known;
  if (kind === 2) {
    const table = readCodes(data, at, next);
    codes = table.codes;
    at = table.end;
  }
  if (!codes) {
    throw corrupt('a table is used again that never was');
  }
  const out = new Uint8Array(size);
  if (format === 0) {
    decode(data, at, next, codes, out, 0, size);
  } else {
    decodeFour(data, at, next, codes, out);
  }
  return { bytes: out, codes, end: next };
}

/** Four streams behind a table of where they begin, each of a quarter. */
function decodeFour(
  data: Uint8Array,
  from: number,
  end: number,
  codes: ICodes,
  out: Uint8Array
): void {
  const quarter = (out.length + 3) >> 2;
  let at = from + 6;
  for (let i = 0; i < 4; i++) {
    const next =
      i === 3 ? end : at + data[from + 2 * i]! + (data[from + 2 * i + 1]! << 8);
    const to = i === 3 ? out.length : (i + 1) * quarter;
    if (next > end || to > out.length) {
      throw corrupt('literals end too early');
    }
    decode(data, at, next, codes, out, i * quarter, to);
    at = next;
  }
}

/** One stream, from its last bit to its first. */
function decode(
  data: Uint8Array,
  from: number,
  end: number,
  { log, symbols, bits }: ICodes,
  out: Uint8Array,
  first: number,
  to: number
): void {
  const last = end > from ? data[end - 1]! : 0;
  if (last === 0) {
    throw corrupt('the end of literals is not marked');
  }
  const mask = (1 << log) - 1;
  let bit = (end - 1) * 8 + 31 - Math.clz32(last);
  for (let i = first; i < to; i++) {
    // Bits before the first are never part of a code: it would not fit, and the place after it tells.
    const from = bit - log;
    const at = from >> 3;
    const code =
      ((data[at]! | (data[at + 1]! << 8) | (data[at + 2]! << 16)) >>
        (from & 7)) &
      mask;
    out[i] = symbols[code]!;
    bit -= bits[code]!;
  }
  if (bit !== from * 8) {
    throw corrupt('literals do not fill their stream');
  }
}
