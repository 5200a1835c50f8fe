/** How the bytes of a file are packed. */
export type Codec = 'plain' | 'zstd' | 'lz4' | 'snappy' | 'lzf' | 'gzip';

/**
 * What packed bytes unpack to, as they come. A piece is valid until the next one is asked for, and no longer than a few MB whatever
 * comes in.
 *
 * @throws {@link DecodeError} after everything that could be unpacked.
 */
export type Decoder = (
  input: AsyncIterable<Uint8Array>
) => AsyncIterable<Uint8Array>;

/** Packed bytes that cannot be unpacked further. */
export class DecodeError extends Error {
  /**
   * @param code - `cut`: they end too early, as those of a file that is still written do; `corrupt`: they are not what they should be.
   */
  constructor(
    readonly code: 'cut' | 'corrupt',
    message: string
  ) {
    super(message);
  }
}

/** The first bytes of each kind of file; `null`: any value. */
const MAGIC: readonly (readonly [Codec, readonly (number | null)[]])[] = [
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  // A zstd file may begin with a skippable frame.
  ['zstd', [null, 0x2a, 0x4d, 0x18]],
  // "LZ4Block"
  ['lz4', [0x4c, 0x5a, 0x34, 0x42, 0x6c, 0x6f, 0x63, 0x6b]],
  ['snappy', [0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]],
  // "ZV", then 0 or 1
  ['lzf', [0x5a, 0x56]],
  ['gzip', [0x1f, 0x8b]]
];

/**
 * What a file is by its first bytes; one that begins like none of the packed kinds is plain.
 *
 * @param head - eight bytes, or all of a shorter file: then also kinds that could go on like this.
 */
export function sniff(head: Uint8Array): readonly Codec[] {
  const found = MAGIC.filter(([, magic]) =>
    magic.every(
      (byte, i) => i >= head.length || byte === null || byte === head[i]
    )
  ).map(([codec]) => codec);
  const isPlain = found.length === 0 || head.length < 2;
  return isPlain ? [...found, 'plain'] : found;
}
