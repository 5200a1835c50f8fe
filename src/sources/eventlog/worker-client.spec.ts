import type { IBatch } from '../../events';
import { MemoryFile, MemoryFolder, logsOf } from './fixtures/files.cjs';
import { logOfFile, logsIn } from './layout';
import { readLog, type ReadLog } from './reader';
import { readInWorker, type IWorker } from './worker-client';
import { WorkerEnd } from './worker-end';

/** Both ends on one thread, joined by a real message channel: what is sent is cloned and transferred as to a worker. */
class Joined implements IWorker {
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  isTerminated = false;
  sent = 0;

  constructor(start = true) {
    this._channel.port1.onmessage = event => this.onmessage?.(event);
    if (start) {
      new WorkerEnd(this._channel.port2);
    }
  }

  postMessage(message: unknown, transfer: Transferable[]): void {
    this.sent++;
    this._channel.port1.postMessage(message, transfer);
  }

  terminate(): void {
    this.isTerminated = true;
    this._channel.port1.close();
    this._channel.port2.close();
  }

  private readonly _channel = new MessageChannel();
}

const plain = ({ events, rows, ...rest }: IBatch) => ({
  ...rest,
  events,
  columns: rows?.columns.map(column => column && [...column]),
  sql: rows?.sql && Object.values(rows.sql).map(column => [...column])
});

function sink() {
  const batches: ReturnType<typeof plain>[] = [];
  const problems: [string, string][] = [];
  return {
    batches,
    problems,
    apply: (batch: IBatch) => {
      batches.push(plain(batch));
    },
    problem: (code: string, detail: string) => {
      problems.push([code, detail]);
    }
  };
}

it('reads in the worker what is read without one', async () => {
  for (const log of await logsIn(logsOf('4.3'))) {
    const here = sink();
    const there = sink();
    const options = { rangeBytes: 2000, batchCount: 10 };
    let worker: Joined | undefined;
    const read = readInWorker(() => (worker = new Joined()));
    const states: string[] = [];
    await readLog(log, here, options);
    await read(log, there, {
      ...options,
      onProgress: ({ state }) => states.push(state)
    });
    expect(there.batches).toEqual(here.batches);
    expect(there.problems).toEqual(here.problems);
    expect(states[states.length - 1]).toBe('done');
    expect(worker?.isTerminated).toBe(true);
  }
});

it('follows a growing log through the worker', async () => {
  const open = new MemoryFile('app.inprogress', '{"Event":"A"}\n');
  const folder = new MemoryFolder('logs', [open]);
  const there = sink();
  const reading = readInWorker(() => new Joined())(
    logOfFile(open, folder),
    there,
    { followMs: 5 }
  );
  while (there.batches.length < 1) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  folder.files = [new MemoryFile('app', '{"Event":"A"}\n{"Event":"B"}\n')];
  open.isGone = true;
  await reading;
  expect(there.batches.flatMap(({ events }) => events)).toEqual([
    { Event: 'A' },
    { Event: 'B' }
  ]);
  expect(there.problems).toEqual([]);
});

describe('a worker that', () => {
  const log = logOfFile(new MemoryFile('app', '{"Event":"A"}\n'));

  it.each<[string, () => IWorker]>([
    [
      'may not be made',
      () => {
        throw new Error('refused');
      }
    ],
    [
      'does not load',
      () => {
        const worker = new Joined(false);
        setTimeout(() => worker.onerror?.({} as ErrorEvent), 5);
        return worker;
      }
    ]
  ])('%s is done without', async (_, start) => {
    const here = sink();
    await readInWorker(start)(log, here);
    expect(here.batches.map(({ events }) => events)).toEqual([
      [{ Event: 'A' }]
    ]);
  });

  it('dies later is an error', async () => {
    const worker = new Joined();
    const here = sink();
    const reading = readInWorker(() => worker)(log, {
      ...here,
      apply: () => worker.onerror?.({ message: 'no memory' } as ErrorEvent)
    });
    await expect(reading).rejects.toThrow('no memory');
    expect(worker.isTerminated).toBe(true);
  });

  it('is stopped delivers nothing more', async () => {
    const stop = new AbortController();
    const worker = new Joined();
    const here = sink();
    const many = '{"Event":"A"}\n'.repeat(100);
    const read: ReadLog = readInWorker(() => worker);
    await read(
      logOfFile(new MemoryFile('app', many)),
      {
        ...here,
        apply: (batch: IBatch) => {
          here.apply(batch);
          stop.abort();
        }
      },
      { batchCount: 5, signal: stop.signal }
    );
    expect(here.batches).toHaveLength(1);
    expect(worker.isTerminated).toBe(true);
  });

  it('is faster than the page waits for it', async () => {
    const many = '{"Event":"A"}\n'.repeat(1000);
    const file = new MemoryFile('app', many);
    let taken = 0;
    let ahead = 0;
    await readInWorker(() => new Joined())(
      logOfFile(file),
      {
        apply: () => {
          taken++;
          ahead = Math.max(ahead, file.reads.length - taken);
        },
        problem: () => undefined
      },
      { rangeBytes: 140, batchCount: 10 }
    );
    expect(taken).toBe(100);
    expect(ahead).toBeLessThan(10);
  });
});
