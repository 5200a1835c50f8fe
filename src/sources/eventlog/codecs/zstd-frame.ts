import { corrupt } from './blocks';
import { LARGEST_BLOCK, readLiterals } from './zstd-literals';
import {
  oneState,
  readStates,
  statesOf,
  type ICodes,
  type IStates
} from './zstd-tables';

/** Room behind the window, so that it is moved to the front only now and then. */
const SLACK = 1 << 20;

/** So many zeros stand around the bytes of a block: bits are read four bytes at a time. */
const MARGIN = 8;

/** A longer piece is copied by the engine; calling it costs as much as copying so many bytes in fours. */
const LONG = 256;

// What a code stands for at least, and how many bits say how much more (RFC 8878, section 3.1.1.3.2.1.1).
const LITERALS_BASE = Uint32Array.of(
  ...Array.from({ length: 16 }, (_, i) => i),
  ...[16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024],
  ...[2048, 4096, 8192, 16384, 32768, 65536]
);
const LITERALS_BITS = Uint8Array.of(
  ...new Array<number>(16).fill(0),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
);
const MATCH_BASE = Uint32Array.of(
  ...Array.from({ length: 32 }, (_, i) => i + 3),
  ...[35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027],
  ...[2051, 4099, 8195, 16387, 32771, 65539]
);
const MATCH_BITS = Uint8Array.of(
  ...new Array<number>(32).fill(0),
  ...[1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
);
const MOST_OFFSET_CODE = 31;

// The tables that blocks use which bring none (section 3.1.1.3.2.2).
const LITERALS_STATES = statesOf(
  [
    4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2,
    3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1
  ],
  6
);
const MATCH_STATES = statesOf(
  [
    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1,
    -1, -1, -1, -1
  ],
  6
);
const OFFSET_STATES = statesOf(
  [
    1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1,
    -1, -1, -1, -1
  ],
  5
);

/**
 * A Zstandard frame while it is unpacked, block by block (RFC 8878, section 3.1.1).
 *
 * Event logs repeat themselves: a block is a few long repetitions of what stands shortly before. They are copied by `copyWithin`
 * inside one array that holds the window and the block, which is why this is faster than a decoder for any data.
 */
export class ZstdFrame {
  /** @param _window - how far back a repetition may reach, in bytes. */
  constructor(private readonly _window: number) {}

  /**
   * Unpack a block.
   *
   * @param kind - 0: as it is, 1: one byte `size` times, 2: packed.
   * @returns what it holds; valid until the next call.
   * @throws `DecodeError` when it is damaged.
   */
  block(kind: number, content: Uint8Array, size: number): Uint8Array {
    this._makeRoom();
    const from = this._at;
    if (kind === 0) {
      this._out.set(content, from);
      this._at += content.length;
    } else if (kind === 1) {
      this._out.fill(content[0]!, from, from + size);
      this._at += size;
    } else {
      this._unpack(content);
    }
    return this._out.subarray(from, this._at);
  }

  private _makeRoom(): void {
    const out = this._out;
    if (this._at + LARGEST_BLOCK + MARGIN <= out.length) {
      return;
    }
    const most = this._window + SLACK + LARGEST_BLOCK + MARGIN;
    if (out.length < most) {
      const roomier = Math.max(
        out.length * 2,
        this._at + LARGEST_BLOCK + MARGIN
      );
      this._out = new Uint8Array(Math.min(most, roomier));
      this._out.set(out.subarray(0, this._at));
    } else {
      out.copyWithin(0, this._at - this._window, this._at);
      this._at = this._window;
    }
  }

  private _unpack(content: Uint8Array): void {
    const length = content.length;
    if (this._packed.length < length + 2 * MARGIN) {
      this._packed = new Uint8Array(length + 2 * MARGIN);
    }
    const data = this._packed;
    data.fill(0, 0, MARGIN);
    data.set(content, MARGIN);
    const end = MARGIN + length;
    data.fill(0, end, end + MARGIN);
    const literals = readLiterals(data, MARGIN, end, this._codes);
    this._codes = literals.codes;
    this._sequences(data, literals.end, end, literals.bytes);
  }

  private _sequences(
    data: Uint8Array,
    from: number,
    end: number,
    literals: Uint8Array
  ): void {
    let at = from;
    let count = data[at++]!;
    if (count > 127) {
      count =
        count === 255
          ? data[at++]! + (data[at++]! << 8) + 0x7f00
          : ((count - 128) << 8) + data[at++]!;
    }
    let taken = 0;
    if (count > 0) {
      const modes = data[at++]!;
      at = this._tables(data, at, end, modes);
      if (at >= end) {
        throw corrupt('a block ends before its sequences');
      }
      taken = this._run(data, at, end, count, literals);
    }
    const rest = literals.length - taken;
    this._out.set(literals.subarray(taken), this._at);
    this._at += rest;
  }

  /** What the three codes of a sequence are read with. */
  private _tables(
    data: Uint8Array,
    from: number,
    end: number,
    modes: number
  ): number {
    let at = from;
    const read = (
      mode: number,
      known: IStates | null,
      usual: IStates,
      mostLog: number,
      symbols: number
    ): IStates => {
      switch (mode) {
        case 0:
          return usual;
        case 1: {
          const symbol = data[at++]!;
          if (symbol >= symbols) {
            throw corrupt('a table holds what does not exist');
          }
          return oneState(symbol);
        }
        case 2: {
          const table = readStates(data, at, end, mostLog, symbols);
          at = table.end;
          return table.states;
        }
        default:
          if (!known) {
            throw corrupt('a table is used again that never was');
          }
          return known;
      }
    };
    this._ll = read(
      modes >> 6,
      this._ll,
      LITERALS_STATES,
      9,
      LITERALS_BASE.length
    );
    this._of = read(
      (modes >> 4) & 3,
      this._of,
      OFFSET_STATES,
      8,
      MOST_OFFSET_CODE + 1
    );
    this._ml = read(
      (modes >> 2) & 3,
      this._ml,
      MATCH_STATES,
      9,
      MATCH_BASE.length
    );
    return at;
  }

  /** Follow the sequences: so many literals, then a repetition. Bits are read from the last to the first. */
  private _run(
    data: Uint8Array,
    from: number,
    end: number,
    count: number,
    literals: Uint8Array
  ): number {
    const out = this._out;
    const view = new DataView(out.buffer);
    const start = this._at;
    const most = start + LARGEST_BLOCK;
    const [ll, of, ml] = [this._ll!, this._of!, this._ml!];
    const [llSymbols, llBits, llNext] = [ll.symbols, ll.bits, ll.next];
    const [ofSymbols, ofBits, ofNext] = [of.symbols, of.bits, of.next];
    const [mlSymbols, mlBits, mlNext] = [ml.symbols, ml.bits, ml.next];
    let [recent, second, third] = this._offsets;
    const last = data[end - 1]!;
    if (last === 0) {
      throw corrupt('the end of a block is not marked');
    }
    let bit = (end - 1) * 8 + 31 - Math.clz32(last);
    let i = (bit -= ll.log) >> 3;
    let llState =
      ((data[i]! | (data[i + 1]! << 8)) >> (bit & 7)) & ((1 << ll.log) - 1);
    i = (bit -= of.log) >> 3;
    let ofState =
      ((data[i]! | (data[i + 1]! << 8)) >> (bit & 7)) & ((1 << of.log) - 1);
    i = (bit -= ml.log) >> 3;
    let mlState =
      ((data[i]! | (data[i + 1]! << 8)) >> (bit & 7)) & ((1 << ml.log) - 1);
    const first = from * 8;
    let at = start;
    let taken = 0;
    for (let left = count; left > 0; left--) {
      const ofCode = ofSymbols[ofState]!;
      const mlCode = mlSymbols[mlState]!;
      const llCode = llSymbols[llState]!;
      const mlExtra = MATCH_BITS[mlCode]!;
      const llExtra = LITERALS_BITS[llCode]!;
      // The highest bits of an offset come first; four bytes hold 25 bits from any bit on.
      let low = ofCode;
      let offset = 1;
      if (ofCode > 24) {
        low = 24;
        bit -= ofCode - 24;
        offset =
          (1 << (ofCode - 24)) |
          (((data[bit >> 3]! | (data[(bit >> 3) + 1]! << 8)) >> (bit & 7)) &
            ((1 << (ofCode - 24)) - 1));
      }
      i = (bit -= low) >> 3;
      offset =
        offset * 2 ** low +
        (((data[i]! |
          (data[i + 1]! << 8) |
          (data[i + 2]! << 16) |
          (data[i + 3]! << 24)) >>>
          (bit & 7)) &
          ((1 << low) - 1));
      i = (bit -= mlExtra) >> 3;
      const matchLength =
        MATCH_BASE[mlCode]! +
        (((data[i]! | (data[i + 1]! << 8) | (data[i + 2]! << 16)) >>
          (bit & 7)) &
          ((1 << mlExtra) - 1));
      i = (bit -= llExtra) >> 3;
      const literalLength =
        LITERALS_BASE[llCode]! +
        (((data[i]! | (data[i + 1]! << 8) | (data[i + 2]! << 16)) >>
          (bit & 7)) &
          ((1 << llExtra) - 1));
      if (left > 1) {
        const [a, b, c] = [
          llBits[llState]!,
          mlBits[mlState]!,
          ofBits[ofState]!
        ];
        i = (bit -= a) >> 3;
        llState =
          llNext[llState]! +
          (((data[i]! | (data[i + 1]! << 8)) >> (bit & 7)) & ((1 << a) - 1));
        i = (bit -= b) >> 3;
        mlState =
          mlNext[mlState]! +
          (((data[i]! | (data[i + 1]! << 8)) >> (bit & 7)) & ((1 << b) - 1));
        i = (bit -= c) >> 3;
        ofState =
          ofNext[ofState]! +
          (((data[i]! | (data[i + 1]! << 8)) >> (bit & 7)) & ((1 << c) - 1));
      }
      // The three offsets used last have numbers of their own (section 3.1.1.5).
      if (offset > 3) {
        offset -= 3;
        third = second;
        second = recent;
        recent = offset;
      } else {
        const place = offset - (literalLength > 0 ? 1 : 0);
        if (place === 0) {
          offset = recent;
        } else {
          offset = place === 1 ? second : place === 2 ? third : recent - 1;
          if (place > 1) {
            third = second;
          }
          second = recent;
          recent = offset;
        }
      }
      const next = at + literalLength;
      if (
        bit < first ||
        taken + literalLength > literals.length ||
        next + matchLength > most ||
        offset < 1 ||
        offset > next
      ) {
        throw corrupt('a sequence points outside its block');
      }
      if (literalLength > LONG) {
        out.set(literals.subarray(taken, taken + literalLength), at);
        taken += literalLength;
      } else {
        for (let to = at; to < next; to++) {
          out[to] = literals[taken++]!;
        }
      }
      at = next + matchLength;
      if (offset < 4) {
        for (let to = next; to < at; to++) {
          out[to] = out[to - offset]!;
        }
      } else if (matchLength > LONG && offset >= matchLength) {
        out.copyWithin(next, next - offset, next - offset + matchLength);
      } else {
        // Up to three bytes too many, which whatever comes next overwrites.
        for (let to = next; to < at; to += 4) {
          view.setInt32(to, view.getInt32(to - offset, true), true);
        }
      }
    }
    if (at + literals.length - taken > most) {
      throw corrupt('a block is larger than it may be');
    }
    this._at = at;
    this._offsets = [recent, second, third];
    return taken;
  }

  private _out = new Uint8Array(0);
  private _at = 0;
  private _packed = new Uint8Array(0);
  private _codes: ICodes | null = null;
  private _ll: IStates | null = null;
  private _of: IStates | null = null;
  private _ml: IStates | null = null;
  private _offsets: readonly [number, number, number] = [1, 4, 8];
}
