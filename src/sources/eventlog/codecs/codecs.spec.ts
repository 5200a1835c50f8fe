import { gzipSync } from 'node:zlib';
import { linesOf } from '../../../model/fixtures/read.cjs';
import { logsOf, type MemoryFile } from '../fixtures/files.cjs';
import { DECODERS, DecodeError, sniff, type Codec } from './index';

const PACKED: readonly Codec[] = ['zstd', 'lz4', 'snappy', 'lzf'];

async function* cut(
  bytes: Uint8Array,
  size: number
): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.slice(at, at + size);
  }
}

/** What bytes unpack to, and how that ended. */
async function unpack(
  codec: Codec,
  bytes: Uint8Array,
  size = 1000
): Promise<{ text: string; error: string | null }> {
  const text = new TextDecoder();
  let all = '';
  try {
    for await (const piece of DECODERS[codec](cut(bytes, size))) {
      all += text.decode(piece, { stream: true });
    }
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeError);
    return { text: all, error: (error as DecodeError).code };
  }
  return { text: all + text.decode(), error: null };
}

const plain = (version: string) =>
  `${linesOf(`together-${version}`).join('\n')}\n`;

describe.each(['3.5', '4.3'] as const)('what Spark %s wrote', version => {
  const folder = logsOf(version);
  const bytesOf = (name: string) => {
    const file = folder.files.find(file => file.name === name);
    expect(file).toBeDefined();
    return (file as MemoryFile).bytes;
  };

  it.each(PACKED)('unpacks to the plain log: %s', async codec => {
    const bytes = bytesOf(`app-${codec}_1.${codec}`);
    expect(sniff(bytes.subarray(0, 8))).toEqual([codec]);
    for (const size of [1, 7, 4096, bytes.length]) {
      const { text, error } = await unpack(codec, bytes, size);
      expect(error).toBeNull();
      expect(text === plain(version)).toBe(true);
    }
  });

  it.each(PACKED)('unpacks as far as it was written: %s', async codec => {
    const bytes = bytesOf(`app-${codec}-running.${codec}.inprogress`);
    const { text } = await unpack(codec, bytes);
    // Spark 4.3 does not write LZF before a chunk is full.
    const isWritten = version === '3.5' || codec !== 'lzf';
    expect(text.length > 1000).toBe(isWritten);
    expect(plain(version).startsWith(text)).toBe(true);
  });

  it.each(PACKED)('unpacks up to where it is cut: %s', async codec => {
    const bytes = bytesOf(`app-${codec}_1.${codec}`);
    let longest = 0;
    for (const at of [0, 1, 10, 100, bytes.length >> 1, bytes.length - 1]) {
      const { text, error } = await unpack(codec, bytes.subarray(0, at));
      expect(plain(version).startsWith(text)).toBe(true);
      expect(text.length).toBeGreaterThanOrEqual(longest);
      longest = text.length;
      // A cut between two frames or blocks cannot be seen.
      expect(at === bytes.length - 1 ? ['cut'] : ['cut', null]).toContain(
        error
      );
    }
    expect(longest).toBeGreaterThan(1000);
  });
});

it.each(PACKED)('says that %s is not what it should be', async codec => {
  const bytes = new TextEncoder().encode('{"Event":"SparkListenerLogStart"}\n');
  const { text, error } = await unpack(codec, bytes);
  expect([text, error]).toEqual(['', 'corrupt']);
});

describe('gzip', () => {
  const packed = Uint8Array.from(gzipSync(plain('4.3')));

  it('unpacks', async () => {
    const { text, error } = await unpack('gzip', packed);
    expect(error).toBeNull();
    expect(text === plain('4.3')).toBe(true);
  });

  it('unpacks up to where it is cut', async () => {
    const { text, error } = await unpack('gzip', packed.subarray(0, 5000));
    expect(error).toBe('cut');
    expect(text.length).toBeGreaterThan(1000);
    expect(plain('4.3').startsWith(text)).toBe(true);
  });

  it('says that it is broken', async () => {
    const broken = packed.slice();
    broken.fill(0xff, 200, 300);
    expect((await unpack('gzip', broken)).error).toBe('corrupt');
  });

  it('passes on why its input ended', async () => {
    const input = (async function* () {
      yield packed.slice(0, 100);
      throw new Error('no network');
    })();
    const read = async () => {
      for await (const piece of DECODERS.gzip(input)) {
        void piece;
      }
    };
    await expect(read()).rejects.toThrow('no network');
  });

  it('can be left in the middle', async () => {
    let pieces = 0;
    for await (const piece of DECODERS.gzip(cut(packed, 100))) {
      pieces += piece.length > 0 ? 1 : 0;
      break;
    }
    expect(pieces).toBe(1);
  });
});
