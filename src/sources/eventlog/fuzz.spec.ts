import { linesOf, logs } from '../../model/fixtures/read.cjs';
import { RowBuilder, parseEvent, type IBatch } from '../../events';
import type { Codec } from './codecs';
import { MemoryFile, logsOf } from './fixtures/files.cjs';
import { logOfFile } from './layout';
import { readLog } from './reader';

/** Numbers that are the same in every run. */
function numbersFrom(seed: number): (below: number) => number {
  return below => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((seed / 0x80000000) * below);
  };
}

type Random = (below: number) => number;

const encode = (text: string) => new TextEncoder().encode(text);

function spliced(
  bytes: Uint8Array,
  at: number,
  gone: number,
  added: Uint8Array
): Uint8Array {
  const rest = bytes.subarray(Math.min(bytes.length, at + gone));
  const out = new Uint8Array(at + added.length + rest.length);
  out.set(bytes.subarray(0, at));
  out.set(added, at);
  out.set(rest, at + added.length);
  return out;
}

const TOKENS = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\n',
  '-',
  '0',
  '.5',
  'e9',
  'null',
  'true',
  '\u0000',
  'ż',
  '\\u0041',
  '"Task ID":7,',
  '"Event":"SparkListenerTaskEnd",',
  '"__proto__":{},'
].map(encode);

/** What happens to bytes on bad disks and in bad hands. */
const MUTATIONS: readonly ((
  bytes: Uint8Array,
  random: Random
) => Uint8Array)[] = [
  // A flipped bit.
  (bytes, random) => {
    const out = bytes.slice();
    out[random(out.length)]! ^= 1 << random(8);
    return out;
  },
  // Another byte.
  (bytes, random) => {
    const out = bytes.slice();
    out[random(out.length)] = random(256);
    return out;
  },
  // A cut.
  (bytes, random) => bytes.slice(0, random(bytes.length)),
  // A piece gone.
  (bytes, random) =>
    spliced(bytes, random(bytes.length), 1 + random(40), new Uint8Array(0)),
  // A piece twice.
  (bytes, random) => {
    const from = random(bytes.length);
    const piece = bytes.subarray(from, from + 1 + random(60));
    return spliced(bytes, from, 0, piece);
  },
  // A piece somewhere else.
  (bytes, random) => {
    const from = random(bytes.length);
    const piece = bytes.subarray(from, from + 1 + random(60));
    return spliced(bytes, random(bytes.length), 0, piece);
  },
  // Something of JSON in the wrong place.
  (bytes, random) =>
    spliced(
      bytes,
      random(bytes.length),
      random(2),
      TOKENS[random(TOKENS.length)]!
    ),
  // A number in the place of another.
  (bytes, random) => {
    let at = random(bytes.length);
    while (at < bytes.length && !isDigit(bytes[at]!)) {
      at++;
    }
    let digits = 0;
    while (isDigit(bytes[at + digits] ?? 0)) {
      digits++;
    }
    const length = [1, 2, 14, 15, 16, 17, 25, 400][random(8)]!;
    let number = random(4) === 0 ? '-' : '';
    for (let i = 0; i < length; i++) {
      number += random(10);
    }
    return spliced(bytes, Math.min(at, bytes.length), digits, encode(number));
  }
];

const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;

function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  for (let times = 1 + random(3); times > 0 && bytes.length > 0; times--) {
    bytes = MUTATIONS[random(MUTATIONS.length)]!(bytes, random);
  }
  return bytes;
}

/** What a log says, as text. */
class Said {
  take(batch: Pick<IBatch, 'events' | 'rows' | 'badLines'>): void {
    const { events, rows, badLines = 0 } = batch;
    this.rowCount += rows?.length ?? 0;
    this.batches.push(
      JSON.stringify([
        badLines,
        events,
        rows?.length,
        rows?.columns.map(column => column && Array.from(column)),
        rows?.sql && Object.values(rows.sql).map(column => Array.from(column))
      ])
    );
  }

  readonly batches: string[] = [];
  rowCount = 0;
}

/** The slow path: every line by `JSON.parse`. */
function slowly(bytes: Uint8Array, size: number): string[] {
  const said = new Said();
  const builder = new RowBuilder();
  const lines = new TextDecoder('utf-8', { ignoreBOM: true })
    .decode(bytes)
    .split('\n');
  let badLines = 0;
  const flush = () => {
    if (builder.pending > 0 || badLines > 0) {
      said.take({ ...builder.take(), badLines });
      badLines = 0;
    }
  };
  for (const line of lines.filter(line => line.trim() !== '')) {
    const event = parseEvent(line);
    try {
      if (event) {
        builder.push(event);
      } else {
        badLines++;
      }
    } catch {
      badLines++;
    }
    if (builder.pending >= size) {
      flush();
    }
  }
  flush();
  return said.batches;
}

async function read(
  name: string,
  bytes: Uint8Array,
  random: Random,
  batchCount: number
): Promise<{ batches: string[]; rowCount: number; problems: string[] }> {
  const said = new Said();
  const problems: string[] = [];
  const sink = {
    apply: (batch: IBatch) => said.take(batch),
    problem: (code: string, detail: string) =>
      problems.push(`${code} ${detail}`)
  };
  await readLog(logOfFile(new MemoryFile(name, bytes)), sink, {
    rangeBytes: 1 + random(bytes.length + 100),
    batchCount,
    maxLineBytes: 1 << 20,
    sliceMs: 1000
  });
  return { batches: said.batches, rowCount: said.rowCount, problems };
}

/** A short log of a few lines of each kind, from all logs. */
function shortLog(random: Random): Uint8Array {
  const lines = linesOf(logs[random(logs.length)]!).filter(
    line => line.length < 6000
  );
  const tasks = lines.filter(line => line.includes('"SparkListenerTask'));
  const some = [];
  for (let i = 0; i < 4; i++) {
    some.push(tasks[random(tasks.length)]!);
  }
  some.push(lines[random(lines.length)]!, tasks[random(tasks.length)]!);
  return encode(`${some.join('\n')}\n`);
}

const COUNT = 10_000;

it(`${COUNT} damaged logs are read as the slow path reads them`, async () => {
  const random = numbersFrom(20_261_124);
  const originals = Array.from({ length: 60 }, () => shortLog(random));
  let withRows = 0;
  let withBadLines = 0;
  for (let i = 0; i < COUNT; i++) {
    const bytes = mutated(originals[i % originals.length]!, random);
    const size = 1 + random(8);
    const { batches, rowCount, problems } = await read(
      'app',
      bytes,
      random,
      size
    );
    // A first byte of a packed file makes the whole log something else.
    if (problems.some(problem => problem.startsWith('wrongCodec'))) {
      continue;
    }
    const expected = slowly(bytes, size);
    if (batches.join('\n') !== expected.join('\n')) {
      throw new Error(`log ${i} differs: ${new TextDecoder().decode(bytes)}`);
    }
    withRows += rowCount > 0 ? 1 : 0;
    withBadLines += problems.length > 0 ? 1 : 0;
  }
  // Neither all whole nor all broken, or nothing was shown.
  expect(withRows).toBeGreaterThan(COUNT / 2);
  expect(withBadLines).toBeGreaterThan(COUNT / 10);
}, 120_000);

it.each<Codec>(['zstd', 'lz4', 'snappy', 'lzf'])(
  'damaged files are read as far as they can be: %s',
  async codec => {
    const random = numbersFrom(7);
    const { files } = logsOf('4.3');
    const name = `app-${codec}_1.${codec}`;
    const whole = files.find(file => file.name === name) as MemoryFile;
    let withRows = 0;
    let withProblems = 0;
    for (let i = 0; i < 500; i++) {
      const bytes = mutated(whole.bytes, random);
      const { rowCount, problems } = await read(name, bytes, random, 50);
      withRows += rowCount > 0 ? 1 : 0;
      withProblems += problems.length > 0 ? 1 : 0;
    }
    expect(withRows).toBeGreaterThan(250);
    expect(withProblems).toBeGreaterThan(100);
  },
  120_000
);
