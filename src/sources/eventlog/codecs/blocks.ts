import { ByteQueue } from './byte-queue';
import { DecodeError, type Decoder } from './codec';

/** A codec whose files are a row of blocks, each unpacked as a whole. */
export interface IBlocks {
  /**
   * Unpack the next block.
   *
   * @returns what it holds (nothing for a header), or null when more bytes must come first.
   */
  next(queue: ByteQueue): Uint8Array | null;
  /** Whether a file may not end here even though no byte is left. */
  readonly isOpen: boolean;
}

/** The decoder of a codec of blocks. */
export function decoderOfBlocks(start: () => IBlocks): Decoder {
  return async function* (input) {
    const queue = new ByteQueue();
    const blocks = start();
    for await (const bytes of input) {
      queue.add(bytes);
      for (
        let block = blocks.next(queue);
        block !== null;
        block = blocks.next(queue)
      ) {
        // Also when it is empty: whoever reads may want to pause or stop.
        yield block;
      }
    }
    if (queue.length > 0 || blocks.isOpen) {
      throw new DecodeError('cut', 'the file ends in the middle of a block');
    }
  };
}

/** An error for bytes that a codec did not expect. */
export function corrupt(message: string): DecodeError {
  return new DecodeError('corrupt', message);
}

/**
 * Repeat bytes that were written `distance` before: the one thing that LZ4, Snappy and LZF have in common.
 *
 * @returns the place after them.
 * @throws {@link DecodeError} when they lie before the beginning or do not fit.
 */
export function repeat(
  out: Uint8Array,
  at: number,
  distance: number,
  length: number
): number {
  const from = at - distance;
  if (distance <= 0 || from < 0 || at + length > out.length) {
    throw corrupt('a repetition points outside its block');
  }
  if (distance >= length) {
    out.copyWithin(at, from, from + length);
  } else {
    // Bytes that are being written are read again.
    for (let i = 0; i < length; i++) {
      out[at + i] = out[from + i]!;
    }
  }
  return at + length;
}

/**
 * Copy bytes as they are.
 *
 * @throws {@link DecodeError} when they are not there or do not fit.
 */
export function copy(
  packed: Uint8Array,
  from: number,
  out: Uint8Array,
  at: number,
  length: number
): void {
  if (from + length > packed.length || at + length > out.length) {
    throw corrupt('a block is shorter than it says');
  }
  out.set(packed.subarray(from, from + length), at);
}
