import { deflateSync } from 'node:zlib';
import { linesOf, logs } from '../model/fixtures/read.cjs';
import type { IBatch } from './batch';
import { COLUMN_COUNT, Column } from './columns';
import { batchesOfLog } from './eventlog-line';
import { decodeFrame, encodeFrame, FrameError } from './frame';
import { rowsFrom } from './rows';

const batch: IBatch = {
  application: 3,
  backfill: true,
  events: [
    { Event: 'SparkListenerJobEnd', 'Job ID': 1 },
    { Event: 'Zażółć "gęślą" \u2028 <b>', __proto__x: [1, null] }
  ],
  rows: rowsFrom([
    columnValues({
      after: 0,
      taskId: 900,
      launchTime: 1.795e12,
      partitionId: -1
    }),
    columnValues({ after: 2, taskId: 7, launchTime: 1.795e12 - 5, stageId: 4 }),
    columnValues({ after: 2, taskId: 8, executorCpuTimeNs: 2 ** 53 - 1 })
  ])
};

function columnValues(
  values: Partial<Record<keyof typeof Column, number>>
): number[] {
  const row = new Array<number>(COLUMN_COUNT).fill(0);
  for (const [name, value] of Object.entries(values)) {
    row[Column[name as keyof typeof Column]] = value;
  }
  return row;
}

/** A frame of sections that are packed as they are given. */
function frameOf(
  options: {
    magic?: string;
    version?: number;
    flags?: number;
    rows?: number;
    events?: string;
    rowBytes?: Uint8Array | null;
    sums?: string;
    announced?: number[];
  } = {}
): Uint8Array {
  const sections = [
    new TextEncoder().encode(options.events ?? ''),
    options.rowBytes ?? new Uint8Array(0),
    new TextEncoder().encode(options.sums ?? '')
  ];
  const packed = sections.map(section =>
    section.length > 0 ? deflateSync(section) : section
  );
  const header = Buffer.alloc(40);
  header.write(options.magic ?? 'SGL1', 'latin1');
  header.writeUInt16LE(options.version ?? 1, 4);
  header.writeUInt16LE(options.flags ?? 0, 6);
  header.writeUInt32LE(1, 8);
  header.writeUInt32LE(options.rows ?? 0, 12);
  packed.forEach((section, i) => {
    header.writeUInt32LE(
      options.announced?.[i] ?? sections[i]!.length,
      16 + i * 8
    );
    header.writeUInt32LE(section.length, 20 + i * 8);
  });
  return Buffer.concat([header, ...packed]);
}

async function failure(bytes: Uint8Array): Promise<FrameError> {
  try {
    await decodeFrame(bytes);
  } catch (error) {
    if (error instanceof FrameError) {
      return error;
    }
    throw error;
  }
  throw new Error('was read');
}

describe('a frame', () => {
  it('is read back as it was written', async () => {
    const read = await decodeFrame(await encodeFrame(batch));
    expect(read).toEqual({ ...batch, badLines: 0 });
  });

  it('may be a part of a larger buffer', async () => {
    const frame = await encodeFrame(batch);
    const larger = new Uint8Array(frame.length + 20).fill(9);
    larger.set(frame, 13);
    const read = await decodeFrame(larger.subarray(13, 13 + frame.length));
    expect(read.rows).toEqual(batch.rows);
  });

  it.each(logs)('holds the log %s', async name => {
    for (const part of batchesOfLog(linesOf(name), { size: 100 })) {
      // Frames have no place for updates of SQL metrics.
      const rows = part.rows && { ...part.rows, sql: undefined };
      const read = await decodeFrame(await encodeFrame(part));
      expect(read).toEqual({ ...part, rows });
    }
  });

  it('without anything is 40 bytes', async () => {
    const empty = { application: 0, backfill: false, events: [], rows: null };
    const frame = await encodeFrame(empty);
    expect(frame.length).toBe(40);
    expect(await decodeFrame(frame)).toEqual({ ...empty, badLines: 0 });
  });

  it.each([-1, 0.5, NaN, 2 ** 53])(
    'is not written with a duration of %d',
    async durationMs => {
      const rows = rowsFrom([columnValues({ durationMs })]);
      await expect(encodeFrame({ ...batch, rows })).rejects.toThrow(RangeError);
    }
  );
});

describe('constant columns', () => {
  it('hold the same value, or with Δ the same difference', async () => {
    const bytes = new Uint8Array(COLUMN_COUNT + 2);
    bytes.set([1, 7], Column.kind);
    bytes.set([1, 4], Column.taskId + 1);
    const read = await decodeFrame(frameOf({ rows: 3, rowBytes: bytes }));
    expect([...read.rows!.columns[Column.kind]!]).toEqual([7, 7, 7]);
    expect([...read.rows!.columns[Column.taskId]!]).toEqual([2, 4, 6]);
    expect(read.rows!.columns[Column.stageId]).toBeNull();
  });
});

describe('lines that are no events', () => {
  const events =
    'not json\n{"Event":"a"}\n[1]\n{"Event":5}\nnull\n{"Event":"b"}\n';

  it('are left out and counted', async () => {
    const read = await decodeFrame(frameOf({ events }));
    expect(read.events).toEqual([{ Event: 'a' }, { Event: 'b' }]);
    expect(read.badLines).toBe(4);
  });

  it('do not move rows to other events', async () => {
    const rowBytes = new Uint8Array(COLUMN_COUNT + 4);
    // After 1, 2, 5 and 6 lines.
    rowBytes.set([2, 2, 2, 6, 2]);
    const read = await decodeFrame(frameOf({ events, rows: 4, rowBytes }));
    expect([...read.rows!.columns[Column.after]!]).toEqual([0, 1, 1, 2]);
  });
});

describe('rows that are gone', () => {
  const sums = '{"Event":"x","Stage ID":2,"Succeeded":5}\n{bad\n';
  const events = '{"Event":"a"}\n';

  it.each([
    ['flagged', 2],
    ['just missing', 0]
  ])('come as their sums, after the events (%s)', async (_, flags) => {
    const frame = frameOf({ flags, rows: 9, events, sums });
    expect(await decodeFrame(frame)).toEqual({
      application: 1,
      backfill: false,
      events: [
        { Event: 'a' },
        { Event: 'SparkglassTasksDropped', 'Stage ID': 2, Succeeded: 5 }
      ],
      rows: null,
      badLines: 1
    });
  });

  it('make no difference while the rows are there', async () => {
    const rowBytes = new Uint8Array(COLUMN_COUNT);
    const read = await decodeFrame(
      frameOf({ rows: 9, events, sums, rowBytes })
    );
    expect(read.events).toEqual([{ Event: 'a' }]);
    expect(read.rows!.length).toBe(9);
  });
});

describe('what is no frame', () => {
  it('is refused by its first bytes', async () => {
    expect((await failure(frameOf({ magic: 'SGL2' }))).code).toBe('magic');
    expect((await failure(new Uint8Array(0))).code).toBe('magic');
  });

  it('is refused by its version, naming both', async () => {
    const error = await failure(frameOf({ version: 2 }));
    expect(error.code).toBe('version');
    expect(error.message).toContain('version 2');
    expect(error.message).toContain('version 1');
  });

  it('is refused when it is cut anywhere', async () => {
    const frame = await encodeFrame(batch);
    for (let length = 4; length < frame.length; length++) {
      const error = await failure(frame.subarray(0, length));
      expect(error.code).toBe('corrupt');
    }
  });

  it.each([
    ['longer', [100]],
    ['shorter', [3]],
    ['huge', [0xffffffff]],
    ['more than can be packed into so few bytes', [60_000]]
  ])('is refused when a section is %s than it says', async (_, announced) => {
    const events = '{"Event":"a"}\n';
    expect((await failure(frameOf({ events, announced }))).code).toBe(
      'corrupt'
    );
  });

  it('is refused before it fills the memory', async () => {
    const constants = new Uint8Array(COLUMN_COUNT * 2).fill(1);
    const before = process.memoryUsage().arrayBuffers;
    for (const rows of [40_000_000, 0xffffffff]) {
      const error = await failure(frameOf({ rows, rowBytes: constants }));
      expect(error.code).toBe('corrupt');
    }
    const events = ' '.repeat(5_000_000);
    const announced = [1000];
    expect((await failure(frameOf({ events, announced }))).code).toBe(
      'corrupt'
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e8);
  });

  it.each([
    ['an unknown layout', [3]],
    ['values that end too early', [2, 1]],
    ['columns that end too early', [0, 0, 0]]
  ])('is refused for %s', async (_, rowBytes) => {
    const frame = frameOf({ rows: 5, rowBytes: Uint8Array.from(rowBytes) });
    expect((await failure(frame)).code).toBe('corrupt');
  });

  it('is refused for data after the last column', async () => {
    const rowBytes = new Uint8Array(COLUMN_COUNT + 1);
    expect((await failure(frameOf({ rows: 5, rowBytes }))).code).toBe(
      'corrupt'
    );
  });

  it('never hangs and never throws anything else, whichever byte is damaged', async () => {
    const frame = await encodeFrame(batch);
    let refused = 0;
    for (let at = 0; at < frame.length; at++) {
      for (const change of [0x01, 0x80, 0xff]) {
        const damaged = frame.slice();
        damaged[at]! ^= change;
        try {
          await decodeFrame(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
          refused++;
        }
      }
    }
    // zlib's checksum finds damage in the sections, the header's bytes are few.
    expect(refused).toBeGreaterThan(frame.length * 2);
  });
});
