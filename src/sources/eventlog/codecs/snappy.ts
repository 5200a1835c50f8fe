import { copy, corrupt, decoderOfBlocks, repeat, type IBlocks } from './blocks';
import type { ByteQueue } from './byte-queue';

/** 0x82, "SNAPPY", 0, version, compatible version. */
const HEADER = 16;
const MAGIC = 0x82534e41;

/** Spark writes blocks of 32 kB (`spark.io.compression.snappy.blockSize`). */
const LARGEST_BLOCK = 32 << 20;

/** The stream of snappy-java's `SnappyOutputStream`, which is what Spark's codec `snappy` writes: not the Snappy framing format. */
export const snappy = decoderOfBlocks(() => new SnappyBlocks());

class SnappyBlocks implements IBlocks {
  readonly isOpen = false;

  next(queue: ByteQueue): Uint8Array | null {
    if (queue.length < 4) {
      return null;
    }
    const length = queue.uint32(0, false);
    if (length === MAGIC) {
      // Also in the middle, where one stream was written after another.
      return queue.length < HEADER ? null : queue.take(HEADER).subarray(0, 0);
    }
    if (length > LARGEST_BLOCK) {
      throw corrupt('a Snappy block is longer than it may be');
    }
    if (queue.length < 4 + length) {
      return null;
    }
    queue.take(4);
    return this._unpack(queue.take(length));
  }

  private _unpack(packed: Uint8Array): Uint8Array {
    const { length, from } = lengthOf(packed);
    // Three bytes repeat 64 at most.
    if (length > Math.min(LARGEST_BLOCK, packed.length * 22)) {
      throw corrupt('a Snappy block holds more than it may');
    }
    if (this._room.length < length) {
      this._room = new Uint8Array(length);
    }
    const out = this._room.subarray(0, length);
    unpackSnappy(packed, from, out);
    return out;
  }

  private _room = new Uint8Array(0);
}

/** The length that a block unpacks to, and where it begins. */
function lengthOf(packed: Uint8Array): { length: number; from: number } {
  let length = 0;
  for (let from = 0; from < Math.min(5, packed.length); from++) {
    const byte = packed[from]!;
    length += (byte & 0x7f) * 2 ** (7 * from);
    if (byte < 0x80) {
      return { length, from: from + 1 };
    }
  }
  throw corrupt('a Snappy block does not say its length');
}

/**
 * Unpack one raw Snappy block (format_description.txt).
 *
 * @param from - where it begins, after its length.
 * @param out - is filled exactly.
 */
export function unpackSnappy(
  packed: Uint8Array,
  from: number,
  out: Uint8Array
): void {
  const byte = (i: number): number => packed[i] ?? 0;
  let at = 0;
  while (from < packed.length) {
    const tag = packed[from++]!;
    const high = tag >> 2;
    switch (tag & 3) {
      case 0: {
        let length = high + 1;
        if (high >= 60) {
          const bytes = high - 59;
          length = 1;
          for (let i = 0; i < bytes; i++) {
            length += byte(from + i) * 2 ** (8 * i);
          }
          from += bytes;
        }
        copy(packed, from, out, at, length);
        from += length;
        at += length;
        break;
      }
      case 1: {
        const distance = ((tag >> 5) << 8) | byte(from);
        from += 1;
        at = repeat(out, at, distance, (high & 7) + 4);
        break;
      }
      case 2: {
        const distance = byte(from) | (byte(from + 1) << 8);
        from += 2;
        at = repeat(out, at, distance, high + 1);
        break;
      }
      default: {
        const distance =
          (byte(from) | (byte(from + 1) << 8) | (byte(from + 2) << 16)) +
          byte(from + 3) * 2 ** 24;
        from += 4;
        at = repeat(out, at, distance, high + 1);
      }
    }
  }
  if (at !== out.length) {
    throw corrupt('a Snappy block does not have the length it says');
  }
}
