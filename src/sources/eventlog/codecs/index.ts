import type { Codec, Decoder } from './codec';
import { gzip } from './gzip';
import { lz4 } from './lz4';
import { lzf } from './lzf';
import { snappy } from './snappy';
import { zstd } from './zstd';

export { DecodeError, sniff, type Codec, type Decoder } from './codec';

/** By what a file is packed with. */
export const DECODERS: Readonly<Record<Codec, Decoder>> = {
  plain: input => input,
  zstd,
  lz4,
  snappy,
  lzf,
  gzip
};
