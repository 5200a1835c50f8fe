import { copy, corrupt, decoderOfBlocks, repeat, type IBlocks } from './blocks';
import type { ByteQueue } from './byte-queue';

/** "LZ4Block", token, packed length, length, checksum. */
const HEADER = 21;
const RAW = 0x10;
const PACKED = 0x20;

/**
 * The stream of lz4-java's `LZ4BlockOutputStream`, which is what Spark's codec `lz4` writes: not the LZ4 frame format. Checksums are not checked.
 */
export const lz4 = decoderOfBlocks(() => new Lz4Blocks());

class Lz4Blocks implements IBlocks {
  readonly isOpen = false;

  next(queue: ByteQueue): Uint8Array | null {
    if (queue.length < HEADER) {
      return null;
    }
    if (
      queue.uint32(0, false) !== 0x4c5a3442 ||
      queue.uint32(4, false) !== 0x6c6f636b
    ) {
      throw corrupt('not the beginning of an LZ4 block');
    }
    const token = queue.at(8);
    const packedLength = queue.uint32(9, true);
    const length = queue.uint32(13, true);
    // The low half of the token is the logarithm of the largest block, from 1 kB to 32 MB.
    const most = 1 << (10 + (token & 0x0f));
    if (length > most || packedLength > most + (most >> 7) + 64) {
      throw corrupt('an LZ4 block is longer than it may be');
    }
    if (queue.length < HEADER + packedLength) {
      return null;
    }
    queue.take(HEADER);
    const packed = queue.take(packedLength);
    switch (token & 0xf0) {
      case RAW:
        return packed;
      case PACKED:
        return this._unpack(packed, length);
      default:
        throw corrupt('an LZ4 block is packed in an unknown way');
    }
  }

  private _unpack(packed: Uint8Array, length: number): Uint8Array {
    if (this._room.length < length) {
      this._room = new Uint8Array(length);
    }
    const out = this._room.subarray(0, length);
    unpackLz4(packed, out);
    return out;
  }

  private _room = new Uint8Array(0);
}

/**
 * Unpack one LZ4 block (lz4_Block_format.md).
 *
 * @param out - is filled exactly.
 */
export function unpackLz4(packed: Uint8Array, out: Uint8Array): void {
  let from = 0;
  let at = 0;
  const more = (length: number): number => {
    let byte = 255;
    while (byte === 255) {
      byte = packed[from++] ?? 0;
      length += byte;
    }
    return length;
  };
  while (from < packed.length) {
    const token = packed[from++]!;
    const literals = token >> 4 === 15 ? more(15) : token >> 4;
    copy(packed, from, out, at, literals);
    from += literals;
    at += literals;
    if (from >= packed.length) {
      break;
    }
    const distance = packed[from]! | ((packed[from + 1] ?? 0) << 8);
    from += 2;
    const length = (token & 15) === 15 ? more(15) : token & 15;
    at = repeat(out, at, distance, length + 4);
  }
  if (at !== out.length) {
    throw corrupt('an LZ4 block does not have the length it says');
  }
}
