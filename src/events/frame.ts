import type { IBatch } from './batch';

/** The version of docs/protocol.md that this code speaks. */
export const PROTOCOL_VERSION = 1;

/** Why bytes are not a frame: of something else, of another version, or damaged. */
export type FrameErrorCode = 'magic' | 'version' | 'corrupt';

/** Bytes that cannot be read as a frame; `message` says why in plain words. */
export class FrameError extends Error {
  constructor(
    readonly code: FrameErrorCode,
    message: string
  ) {
    super(message);
    this.name = 'FrameError';
  }
}

/**
 * Read one frame (docs/protocol.md, section 1).
 *
 * Where the rows are gone their sums follow as `SparkglassTasksDropped` events at the end of `events`.
 *
 * @throws FrameError (as a rejection).
 */
export async function decodeFrame(bytes: Uint8Array): Promise<IBatch> {
  throw new FrameError('magic', `${bytes.length} bytes`);
}

/**
 * Write one frame, without sums: what {@link decodeFrame} reads back as an equal batch.
 *
 * @throws RangeError for a value below 0 in a column without Δ or from 2^53.
 */
export async function encodeFrame(batch: IBatch): Promise<Uint8Array> {
  throw new FrameError('magic', `${batch.events.length} events`);
}
