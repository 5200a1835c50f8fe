import { copy, corrupt, decoderOfBlocks, repeat, type IBlocks } from './blocks';
import type { ByteQueue } from './byte-queue';

const RAW_HEADER = 5;
const PACKED_HEADER = 7;

/** The chunks of compress-lzf (`ZV`), which is what Spark's codec `lzf` writes. */
export const lzf = decoderOfBlocks(() => new LzfBlocks());

class LzfBlocks implements IBlocks {
  readonly isOpen = false;

  next(queue: ByteQueue): Uint8Array | null {
    if (queue.length < RAW_HEADER) {
      return null;
    }
    const kind = queue.at(2);
    if (queue.at(0) !== 0x5a || queue.at(1) !== 0x56 || kind > 1) {
      throw corrupt('not the beginning of an LZF chunk');
    }
    const header = kind === 0 ? RAW_HEADER : PACKED_HEADER;
    const packedLength = (queue.at(3) << 8) | queue.at(4);
    if (queue.length < header + packedLength) {
      return null;
    }
    const length = (queue.at(5) << 8) | queue.at(6);
    queue.take(header);
    const packed = queue.take(packedLength);
    if (kind === 0) {
      return packed;
    }
    const out = this._room.subarray(0, length);
    unpackLzf(packed, out);
    return out;
  }

  private readonly _room = new Uint8Array(0xffff);
}

/**
 * Unpack one LZF chunk.
 *
 * @param out - is filled exactly.
 */
export function unpackLzf(packed: Uint8Array, out: Uint8Array): void {
  let from = 0;
  let at = 0;
  while (from < packed.length) {
    const control = packed[from++]!;
    if (control < 32) {
      copy(packed, from, out, at, control + 1);
      from += control + 1;
      at += control + 1;
      continue;
    }
    let length = control >> 5;
    if (length === 7) {
      length += packed[from++] ?? 0;
    }
    const distance = ((control & 31) << 8) + (packed[from++] ?? 0) + 1;
    at = repeat(out, at, distance, length + 2);
  }
  if (at !== out.length) {
    throw corrupt('an LZF chunk does not have the length it says');
  }
}
