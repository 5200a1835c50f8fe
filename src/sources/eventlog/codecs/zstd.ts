import { corrupt, decoderOfBlocks, type IBlocks } from './blocks';
import type { ByteQueue } from './byte-queue';
import { ZstdFrame } from './zstd-frame';
import { LARGEST_BLOCK } from './zstd-literals';

const MAGIC = 0xfd2fb528;
/** Frames that hold nothing for us begin with this number and the 15 after it. */
const SKIPPABLE = 0x184d2a50;

/** Zstandard's strongest level looks back 128 MB; so much room is made for it. */
const LARGEST_WINDOW = 2 ** 27;

const NOTHING: Uint8Array = new Uint8Array(0);

/**
 * Zstandard (RFC 8878). A log that Spark writes has a frame for each flush; the last one is open while the application runs.
 *
 * Frames and blocks are told apart here, which bounds memory and shows where a file is cut; `ZstdFrame` unpacks the blocks. Checksums are
 * not checked.
 */
export const zstd = decoderOfBlocks(() => new ZstdBlocks());

class ZstdBlocks implements IBlocks {
  get isOpen(): boolean {
    return this._frame !== null || this._skip > 0;
  }

  next(queue: ByteQueue): Uint8Array | null {
    if (this._skip > 0) {
      const skipped = queue.take(this._skip).length;
      this._skip -= skipped;
      return skipped > 0 ? NOTHING : null;
    }
    return this._frame
      ? this._block(this._frame, queue)
      : this._frameHeader(queue);
  }

  private _frameHeader(queue: ByteQueue): Uint8Array | null {
    if (queue.length < 8) {
      return null;
    }
    const magic = queue.uint32(0, true);
    if ((magic & ~0x0f) >>> 0 === SKIPPABLE) {
      this._skip = queue.uint32(4, true);
      queue.take(8);
      return NOTHING;
    }
    if (magic !== MAGIC) {
      throw corrupt('not the beginning of a Zstandard frame');
    }
    const descriptor = queue.at(4);
    const isSingle = (descriptor & 0x20) !== 0;
    const dictionary = [0, 1, 2, 4][descriptor & 3]!;
    const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
    const length = 5 + (isSingle ? 0 : 1) + dictionary + sizeBytes;
    if (queue.length < length) {
      return null;
    }
    const window = isSingle
      ? sizeAt(queue, length - sizeBytes, sizeBytes)
      : windowOf(queue.at(5));
    if (window > LARGEST_WINDOW) {
      throw corrupt('a Zstandard frame needs more memory than it may');
    }
    this._hasChecksum = (descriptor & 4) !== 0;
    this._frame = new ZstdFrame(window);
    queue.take(length);
    return NOTHING;
  }

  private _block(frame: ZstdFrame, queue: ByteQueue): Uint8Array | null {
    if (queue.length < 3) {
      return null;
    }
    const header = queue.uint32(0, true) & 0xffffff;
    const isLast = (header & 1) !== 0;
    const kind = (header >> 1) & 3;
    const size = header >> 3;
    if (kind === 3 || size > LARGEST_BLOCK) {
      throw corrupt('not the beginning of a Zstandard block');
    }
    // A block of one repeated byte holds that byte.
    const length =
      3 + (kind === 1 ? 1 : size) + (isLast && this._hasChecksum ? 4 : 0);
    if (queue.length < length) {
      return null;
    }
    if (isLast) {
      this._frame = null;
    }
    const content = queue.take(length).subarray(3, kind === 1 ? 4 : 3 + size);
    return frame.block(kind, content, size);
  }

  private _frame: ZstdFrame | null = null;
  private _hasChecksum = false;
  /** How much of a skippable frame is left. */
  private _skip = 0;
}

/** `Window_Size` from a window descriptor. */
function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** `Frame_Content_Size`. */
function sizeAt(queue: ByteQueue, from: number, bytes: number): number {
  let size = bytes === 2 ? 256 : 0;
  for (let i = 0; i < bytes; i++) {
    size += queue.at(from + i) * 2 ** (8 * i);
  }
  return size;
}
