import { linesOf } from '../../model/fixtures/read.cjs';
import { MemoryFile } from './fixtures/files.cjs';
import { Sink } from './fixtures/sink.cjs';
import { logOfFile, type ILog } from './layout';
import { readLog, type ILogOptions } from './reader';

async function read(log: ILog, options?: ILogOptions): Promise<Sink> {
  const sink = new Sink();
  await readLog(log, sink, options);
  return sink;
}

const logOf = (name: string, content: string | Uint8Array) =>
  logOfFile(new MemoryFile(name, content));

const lines = linesOf('together-4.3');
const text = `${lines.join('\n')}\n`;
const event = (number: number) => `{"Event":"Test","Number":${number}}\n`;

describe('bounds', () => {
  /** A Zstandard frame of blocks that repeat one byte: 4 bytes each that unpack to 128 kB. */
  function bomb(blocks: number): Uint8Array {
    const bytes = new Uint8Array(6 + blocks * 4);
    bytes.set([0x28, 0xb5, 0x2f, 0xfd, 0, 0x48]);
    for (let i = 0; i < blocks; i++) {
      const header = ((1 << 17) << 3) | 2 | (i === blocks - 1 ? 1 : 0);
      bytes.set([header, header >> 8, header >> 16, 0x61], 6 + i * 4);
    }
    return bytes;
  }

  it('a few bytes that unpack to a line of a gigabyte', async () => {
    global.gc?.();
    const before = process.memoryUsage();
    const sink = await read(logOf('app.zstd', bomb(8192)), {
      maxLineBytes: 1 << 20
    });
    const after = process.memoryUsage();
    expect(sink.problems).toEqual([
      ['longLine', `app.zstd: line 1: ${2 ** 30}`]
    ]);
    const grown = after.arrayBuffers - before.arrayBuffers;
    expect(grown).toBeLessThan(200 << 20);
  });

  it('a line above the bound is left out', async () => {
    const long = `{"Event":"Test","Text":"${'x'.repeat(5000)}"}\n`;
    const sink = await read(logOf('app', event(1) + long + event(2)), {
      maxLineBytes: 1000,
      rangeBytes: 100
    });
    expect(sink.numbers).toEqual([1, 2]);
    expect(sink.badLines).toBe(1);
    expect(sink.problems).toEqual([
      ['longLine', `app: line 2: ${long.length - 1}`]
    ]);
  });

  it('a line of brackets is not parsed', async () => {
    const deep = '['.repeat(2 << 20);
    const sink = await read(logOf('app', `${deep}\n${event(1)}`));
    expect(sink.numbers).toEqual([1]);
    expect(sink.problems).toEqual([
      ['badLine', 'app: line 1: nested too deeply']
    ]);
  });

  it('a batch holds no more events and bytes than it may', async () => {
    const sink = await read(logOf('app', text), { batchBytes: 20_000 });
    expect(sink.batches.length).toBeGreaterThan(text.length / 40_000);
    const inHeartbeats = lines
      .filter(line => line.includes('"SparkListenerExecutorMetricsUpdate"'))
      .flatMap(line => JSON.parse(line)['Metrics Updated']);
    expect(sink.rowCount).toBe(
      lines.filter(line => /"SparkListenerTask/.test(line)).length +
        inHeartbeats.length
    );
  });

  it('a range is no longer than it may be', async () => {
    const file = new MemoryFile('app', text);
    await read(logOfFile(file), { rangeBytes: 5000 });
    expect(file.reads.length).toBe(Math.ceil(file.bytes.length / 5000));
    expect(file.reads.every(([from, to]) => to - from <= 5000)).toBe(true);
  });
});
