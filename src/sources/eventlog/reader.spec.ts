import { linesOf } from '../../model/fixtures/read.cjs';
import { batchesOfLog, type IBatch } from '../../events';
import { MemoryFile, MemoryFolder, logsOf } from './fixtures/files.cjs';
import { Sink } from './fixtures/sink.cjs';
import { logOfFile, logOfFolder, logsIn, type ILog } from './layout';
import { readLog, type ILogOptions, type ILogProgress } from './reader';

async function read(log: ILog, options?: ILogOptions): Promise<Sink> {
  const sink = new Sink();
  await readLog(log, sink, options);
  return sink;
}

const logOf = (name: string, content: string | Uint8Array) =>
  logOfFile(new MemoryFile(name, content));

/** A batch as something that can be compared. */
const plain = ({ events, rows, badLines, ...rest }: IBatch) => ({
  ...rest,
  badLines: badLines ?? 0,
  events,
  length: rows?.length ?? 0,
  columns: rows?.columns.map(column => column && [...column])
});

const lines = linesOf('together-4.3');
const text = `${lines.join('\n')}\n`;

/** The line of an event that nobody knows. */
const event = (number: number) => `{"Event":"Test","Number":${number}}\n`;

it('reads what the slow path reads', async () => {
  const sink = await read(logOf('app', text), { rangeBytes: 999 });
  expect(sink.problems).toEqual([]);
  expect(sink.batches.map(plain)).toEqual(batchesOfLog(lines).map(plain));
});

it('numbers texts over all batches as one log', async () => {
  const sink = await read(logOf('app', text), { batchCount: 7 });
  const expected = batchesOfLog(lines, { size: 7 });
  expect(sink.batches.map(plain)).toEqual(expected.map(plain));
  expect(sink.batches.length).toBeGreaterThan(10);
});

describe.each(['3.5', '4.3'] as const)('the logs of Spark %s', version => {
  const expected = batchesOfLog(linesOf(`together-${version}`)).map(plain);
  const all = () => logsIn(logsOf(version));

  it('hold the same in every layout and codec', async () => {
    const finished = (await all()).filter(
      ({ name, inProgress }) => !inProgress && !name.includes('compacted')
    );
    expect(finished).toHaveLength(6);
    for (const log of finished) {
      const sink = await read(log, { rangeBytes: 1000 });
      expect(sink.problems).toEqual([]);
      expect(sink.batches.map(plain)).toEqual(expected);
    }
  });

  it('say nothing of the end of one that is written', async () => {
    const running = (await all()).filter(({ inProgress }) => inProgress);
    expect(running).toHaveLength(4);
    for (const log of running) {
      const sink = await read(log);
      expect([log.name, sink.problems]).toEqual([log.name, []]);
      expect(sink.badLines).toBe(0);
      // Spark 4.3 does not write LZF before a chunk is full.
      const isWritten = version === '3.5' || !log.name.includes('lzf');
      expect([log.name, sink.rowCount > 0]).toEqual([log.name, isWritten]);
    }
  });

  it('can be compacted', async () => {
    const [log] = (await all()).filter(({ name }) =>
      name.includes('compacted')
    );
    expect(log?.parts.map(({ compact }) => compact)).toEqual([true, false]);
    const sink = await read(log!);
    expect(sink.problems).toEqual([]);
    const last = sink.events[sink.events.length - 1];
    expect(last?.Event).toBe('SparkListenerApplicationEnd');
  });
});

describe('a bad log', () => {
  it('with garbage is read around it', async () => {
    const garbage = ['{"Event":', 'hello', '[]', '{}', 'null', '\u0000', '7'];
    const sink = await read(
      logOf('app', event(1) + garbage.join('\n') + '\n' + event(2))
    );
    expect(sink.numbers).toEqual([1, 2]);
    expect(sink.badLines).toBe(7);
    expect(sink.problems).toHaveLength(5);
    expect(sink.problems[0]![0]).toBe('badLine');
    expect(sink.problems[0]![1]).toMatch(/^app: line 2: ./);
    expect(sink.problems[2]![1]).toBe('app: line 4: no event');
  });

  it('cut in its last line says so, with file, line and cause', async () => {
    const sink = await read(logOf('app', event(1) + event(2).slice(0, -9)));
    expect(sink.numbers).toEqual([1]);
    expect(sink.badLines).toBe(1);
    expect(sink.problems).toHaveLength(1);
    expect(sink.problems[0]![0]).toBe('cut');
    expect(sink.problems[0]![1]).toMatch(/^app: line 2: ./);
  });

  it('may end without the end of its last line', async () => {
    const sink = await read(logOf('app', event(1) + event(2).trimEnd()));
    expect([sink.numbers, sink.problems]).toEqual([[1, 2], []]);
  });

  it('in progress may be cut', async () => {
    const content = event(1) + event(2).slice(0, -9);
    const sink = await read(logOf('app.inprogress', content));
    expect([sink.numbers, sink.problems, sink.badLines]).toEqual([[1], [], 0]);
  });

  it('with the wrong codec is named, and read as what it is', async () => {
    const [packed] = logsOf('4.3').files.filter(({ name }) =>
      name.endsWith('.lz4')
    );
    const bytes = (packed as MemoryFile).bytes;
    const sink = await read(logOf('app.zstd', bytes));
    expect(sink.problems).toEqual([['wrongCodec', 'app.zstd: zstd, lz4']]);
    expect(sink.batches.map(plain)).toEqual(batchesOfLog(lines).map(plain));
    const text = await read(logOf('app.lz4', event(1)));
    expect(text.problems).toEqual([['wrongCodec', 'app.lz4: lz4, plain']]);
    expect(text.numbers).toEqual([1]);
  });

  it('that is broken in the middle is shown up to there', async () => {
    for (const codec of ['zstd', 'lz4', 'snappy', 'lzf']) {
      const file = logsOf('4.3').files.find(
        ({ name }) => name === `app-${codec}_1.${codec}`
      ) as MemoryFile;
      const bytes = file.bytes.slice();
      bytes.fill(0xee, bytes.length >> 1);
      const sink = await read(logOf(file.name, bytes));
      expect(sink.rowCount).toBeGreaterThan(0);
      // What is unpacked wrongly before that may be no lines any more.
      const [code, detail] = sink.problems[sink.problems.length - 1]!;
      expect(code).toMatch(/^(corrupt|cut)$/);
      expect(detail).toMatch(/^app-\w+\.\w+: ./);
    }
  });

  it('whose file does not answer says so', async () => {
    const file = new MemoryFile('app', event(1));
    file.isGone = true;
    const sink = await read(logOfFile(file));
    expect(sink.problems).toEqual([['unreadable', 'app: app is gone']]);
  });

  it('without files says so', async () => {
    const sink = await read(
      await logOfFolder(new MemoryFolder('eventlog_v2_app', []))
    );
    expect(sink.problems).toEqual([['empty', 'eventlog_v2_app']]);
  });

  it('keeps its numbers of 400 digits out of the columns', async () => {
    const endless = lines
      .join('\n')
      .replace(
        /"Executor Run Time":\d+/g,
        `"Executor Run Time":${'9'.repeat(400)}`
      );
    const sink = await read(logOf('app', `${endless}\n`));
    expect(sink.problems).toEqual([]);
    expect(sink.batches.map(plain)).toEqual(
      batchesOfLog(endless.split('\n')).map(plain)
    );
  });

  it('with a field that cannot become text goes on', async () => {
    const hostile = lines
      .find(line => line.includes('TaskEnd'))!
      .replace(
        '{"Reason":"Success"}',
        '{"Reason":"TaskCommitDenied","Job ID":{"toString":0,"valueOf":0}}'
      );
    const sink = await read(logOf('app', `${hostile}\n${event(1)}`));
    expect(sink.numbers).toEqual([1]);
    expect([sink.badLines, sink.problems.length]).toEqual([1, 1]);
  });
});

describe('a rolling log', () => {
  const rolling = (names: string[], status = 'appstatus_app') =>
    logOfFolder(
      new MemoryFolder('eventlog_v2_app', [
        new MemoryFile(status, ''),
        ...names.map(
          name =>
            new MemoryFile(name, event(Number(/\d+/.exec(name)?.[0] ?? 0)))
        )
      ])
    );

  it('without one of its files is read without it', async () => {
    const sink = await read(
      await rolling(['events_1_app', 'events_2_app', 'events_5_app'])
    );
    expect(sink.numbers).toEqual([1, 2, 5]);
    expect(sink.problems).toEqual([
      ['missingFile', 'eventlog_v2_app: events_3'],
      ['missingFile', 'eventlog_v2_app: events_4']
    ]);
  });

  it('may begin later only with a compact file', async () => {
    const begun = await read(await rolling(['events_2_app']));
    expect(begun.problems).toEqual([
      ['missingFile', 'eventlog_v2_app: events_1']
    ]);
    const compact = await read(
      await rolling(['events_2_app.compact', 'events_3_app'])
    );
    expect([compact.numbers, compact.problems]).toEqual([[2, 3], []]);
  });

  it('may be cut only at its end, and only while it is written', async () => {
    const files = [
      new MemoryFile('appstatus_app.inprogress', ''),
      new MemoryFile('events_1_app', event(1) + '{"Event'),
      new MemoryFile('events_2_app', event(2) + '{"Event')
    ];
    const sink = await read(
      await logOfFolder(new MemoryFolder('eventlog_v2_app', files))
    );
    expect(sink.numbers).toEqual([1, 2]);
    expect(sink.problems.map(([code]) => code)).toEqual(['cut']);
    expect(sink.problems[0]![1]).toMatch(/^events_1_app: line 2: ./);
  });
});

describe('reading', () => {
  it('tells how far it is', async () => {
    const seen: ILogProgress[] = [];
    const length = new TextEncoder().encode(text).length;
    await read(logOf('app', text), {
      rangeBytes: 10_000,
      onProgress: progress => seen.push(progress)
    });
    expect(seen[0]).toEqual({
      bytesRead: 10_000,
      bytes: length,
      state: 'reading'
    });
    expect(seen[seen.length - 1]).toEqual({
      bytesRead: length,
      bytes: length,
      state: 'done'
    });
  });

  it('stops when it is told to, and delivers nothing afterwards', async () => {
    const stop = new AbortController();
    const sink = new Sink();
    const file = new MemoryFile('app', text);
    sink.apply = batch => {
      sink.batches.push(batch);
      stop.abort();
    };
    await readLog(logOfFile(file), sink, {
      rangeBytes: 10_000,
      batchCount: 3,
      signal: stop.signal
    });
    expect(sink.batches).toHaveLength(1);
    expect(sink.problems).toEqual([]);
    expect(file.reads.length).toBeLessThan(4);
  });

  it('waits for a sink that is busy', async () => {
    const file = new MemoryFile('app', text);
    let ready = () => undefined as void;
    const reading = read(logOfFile(file), {
      rangeBytes: 10_000,
      ready: () => new Promise(resolve => (ready = resolve))
    });
    for (let range = 0; range < 3; range++) {
      await new Promise(resolve => setTimeout(resolve, 30));
      expect(file.reads).toHaveLength(range);
      ready();
    }
    const going = setInterval(() => ready(), 1);
    await reading;
    clearInterval(going);
  });

  it('lets others have their turn', async () => {
    let turns = 0;
    const turn = setInterval(() => turns++, 1);
    const many = new Array(40).fill(text).join('');
    await read(logOf('app', many), { rangeBytes: 50_000, sliceMs: 2 });
    clearInterval(turn);
    expect(turns).toBeGreaterThan(3);
  });

  it('passes on what the sink throws', async () => {
    const sink = new Sink();
    sink.apply = () => {
      throw new Error('no room');
    };
    await expect(readLog(logOf('app', text), sink)).rejects.toThrow('no room');
    expect(sink.problems).toEqual([]);
  });
});
