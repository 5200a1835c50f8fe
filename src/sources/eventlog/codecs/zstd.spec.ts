import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decompress } from 'fzstd';
import { DecodeError } from './codec';
import { zstd } from './zstd';

const FOLDER = join(__dirname, '..', 'fixtures', 'zstd');

async function unpack(bytes: Uint8Array): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const input = (async function* () {
    yield bytes;
  })();
  for await (const piece of zstd(input)) {
    pieces.push(piece.slice());
  }
  return Uint8Array.from(Buffer.concat(pieces));
}

it.each(readdirSync(FOLDER))(
  'unpacks %s as another decoder does',
  async name => {
    const bytes = new Uint8Array(readFileSync(join(FOLDER, name)));
    const ours = await unpack(bytes);
    expect(Buffer.compare(ours, decompress(bytes))).toBe(0);
  }
);

it('says of damaged bytes that they are, or unpacks something; no more than it may', async () => {
  // A generator with a seed: a failure can be found again.
  let seed = 20261124;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const names = readdirSync(FOLDER).filter(name => !name.startsWith('zeros'));
  let refused = 0;
  for (let round = 0; round < 600; round++) {
    const name = names[round % names.length]!;
    const bytes = new Uint8Array(readFileSync(join(FOLDER, name)));
    for (let i = random(3) + 1; i > 0; i--) {
      bytes[random(Math.min(bytes.length, 4000))] = random(256);
    }
    try {
      const { length } = await unpack(bytes);
      expect(length).toBeLessThan(50_000_000);
    } catch (error) {
      expect(error).toBeInstanceOf(DecodeError);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(200);
});
