import { encodeFrame, type IBatch } from '../../events';
import type { ISink } from '../source';
import { KernelSource } from './kernel-source';
import type { IKernelPort, IPush, IReply } from './port';

/** A frame that says its own number. */
function frame(n: number): Promise<Uint8Array> {
  return encodeFrame({
    application: 0,
    backfill: false,
    events: [{ Event: 'SparkglassNotice', Code: String(n) }],
    rows: null
  });
}

/** A kernel that keeps its frames, as the Python side does. */
class Kernel implements IKernelPort {
  frames: Uint8Array[] = [];
  first = 1;
  id = 'k1';
  version = 1;
  requests: Readonly<Record<string, unknown>>[] = [];
  onPush: (push: IPush) => void = () => undefined;

  listen(onPush: (push: IPush) => void): () => void {
    this.onPush = onPush;
    return () => {
      this.onPush = () => undefined;
    };
  }

  async request(content: Readonly<Record<string, unknown>>): Promise<IReply> {
    this.requests.push(content);
    const start = Math.max(Number(content.from), this.first);
    const buffers = this.frames.slice(start - this.first).slice(0, 2);
    return {
      content: {
        status: 'ok',
        v: this.version,
        kernel: this.id,
        first: start,
        next: start + buffers.length,
        last: this.first + this.frames.length - 1
      },
      buffers
    };
  }

  push(seq: number): void {
    const frame = this.frames[seq - this.first]!;
    this.onPush({ v: this.version, kernel: this.id, seq, frame });
  }
}

class Sink implements ISink {
  codes: string[] = [];
  problems: string[] = [];
  resets = 0;
  apply(batch: IBatch): void {
    this.codes.push(...batch.events.map(e => String(e['Code'])));
  }
  reset(): void {
    this.resets++;
    this.codes = [];
  }
  problem(code: string, detail: string): void {
    this.problems.push(`${code} ${detail}`);
  }
}

async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

let kernel: Kernel;
let sink: Sink;
let source: KernelSource;

beforeEach(async () => {
  kernel = new Kernel();
  sink = new Sink();
  source = new KernelSource(kernel);
  source.start(sink);
  for (let n = 1; n <= 5; n++) {
    kernel.frames.push(await frame(n));
  }
});

describe('KernelSource', () => {
  it('delivers pushes in order without asking', async () => {
    for (const seq of [1, 2, 3]) {
      kernel.push(seq);
    }
    await settled();
    expect(sink.codes).toEqual(['1', '2', '3']);
    expect(kernel.requests).toEqual([]);
  });

  it('fetches what a late page has missed, a piece at a time', async () => {
    kernel.push(5);
    await settled();
    expect(sink.codes).toEqual(['1', '2', '3', '4', '5']);
    expect(kernel.requests.length).toBeGreaterThan(1);
  });

  it('puts pushes into order and drops repeated ones', async () => {
    kernel.push(1);
    kernel.push(3);
    kernel.push(2);
    kernel.push(2);
    await settled();
    expect(sink.codes.slice(0, 3)).toEqual(['1', '2', '3']);
    expect(new Set(sink.codes).size).toBe(sink.codes.length);
  });

  it('begins anew with another kernel process', async () => {
    kernel.push(1);
    await settled();
    kernel.id = 'k2';
    kernel.frames = [await frame(100)];
    kernel.push(1);
    await settled();
    expect(sink.resets).toBe(1);
    expect(sink.codes).toEqual(['100']);
  });

  it('says so when the kernel had to forget the beginning', async () => {
    kernel.first = 3;
    kernel.frames = kernel.frames.slice(2);
    source.catchUp();
    await settled();
    expect(sink.problems).toEqual(['gap 2']);
    expect(sink.codes).toEqual(['3', '4', '5']);
  });

  it('refuses another protocol, once and in words', async () => {
    kernel.version = 2;
    kernel.push(1);
    kernel.push(2);
    await settled();
    expect(sink.problems).toEqual(['version 2']);
    expect(sink.codes).toEqual([]);
  });

  it('goes on after a frame that cannot be read', async () => {
    kernel.frames[1] = new Uint8Array([1, 2, 3]);
    for (const seq of [1, 2, 3]) {
      kernel.push(seq);
    }
    await settled();
    expect(sink.codes).toEqual(['1', '3']);
    expect(sink.problems[0]).toMatch(/^magic /);
  });

  it('delivers nothing after it is disposed', async () => {
    kernel.push(1);
    source.dispose();
    await settled();
    expect(sink.codes).toEqual([]);
  });
});
