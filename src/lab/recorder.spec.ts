import type { Contents } from '@jupyterlab/services';
import { encodeFrame, type ISparkEvent } from '../events';
import { Session } from '../model';
import type { IKernelPort, IPush, IReply } from '../sources/kernel';
import { Recorder } from './recorder';

/** A kernel that keeps its frames. */
class Kernel implements IKernelPort {
  frames: Uint8Array[] = [];
  first = 1;
  id = 'k1';
  onPush: (push: IPush) => void = () => undefined;

  listen(onPush: (push: IPush) => void): () => void {
    this.onPush = onPush;
    return () => undefined;
  }

  async request(content: Readonly<Record<string, unknown>>): Promise<IReply> {
    const start = Math.max(Number(content.from), this.first);
    const buffers = this.frames.slice(start - this.first).slice(0, 2);
    const next = start + buffers.length;
    const last = this.first + this.frames.length - 1;
    const v = 1;
    return {
      content: { status: 'ok', v, kernel: this.id, first: start, next, last },
      buffers
    };
  }

  async say(...events: ISparkEvent[]): Promise<void> {
    const frame = await encodeFrame({
      application: 1,
      backfill: false,
      events,
      rows: null
    });
    this.frames.push(frame);
    const seq = this.first + this.frames.length - 1;
    this.onPush({ v: 1, kernel: this.id, seq, frame });
  }
}

/** A folder on a server. */
class Files {
  readonly files = new Map<string, string>();
  saves = 0;
  refusal = '';

  readonly contents = {
    localPath: (path: string) => path,
    driveName: () => '',
    get: async () => ({
      content: [...this.files.keys()].map(path => ({
        name: path.split('/')[1]
      }))
    }),
    save: async (path: string, { content }: { content?: string }) => {
      this.saves++;
      if (this.refusal !== '' && content) {
        throw new Error(this.refusal);
      }
      this.files.set(path, content ?? '');
    },
    rename: async (from: string, to: string) => {
      this.files.set(to, this.files.get(from) ?? '');
      this.files.delete(from);
    }
  } as unknown as Contents.IManager;

  names(): string[] {
    return [...this.files.keys()].sort();
  }
}

const FOLDER = 'work/eventlog_v2_local-7';
const START = {
  Event: 'SparkglassApplication',
  Application: 1,
  'App ID': 'local-7',
  'Spark Version': '4.3.0'
};

let kernel: Kernel;
let files: Files;

function record(): Recorder {
  const session = new Session();
  session.apply({
    application: 1,
    backfill: false,
    events: [START],
    rows: null
  });
  return new Recorder({
    port: kernel,
    application: session.latest!,
    contents: files.contents,
    folder: 'work'
  });
}

beforeEach(async () => {
  kernel = new Kernel();
  files = new Files();
  await kernel.say(START);
  await kernel.say({ Event: 'SparkListenerJobStart', 'Job ID': 0 });
});

describe('Recorder', () => {
  it('writes what was and what comes, and finishes when it is told to', async () => {
    const recorder = record();
    await recorder.start();
    expect(recorder.state.phase).toBe('recording');
    await kernel.say({ Event: 'SparkListenerJobEnd', 'Job ID': 0 });
    await recorder.stop();
    expect(recorder.state).toMatchObject({
      phase: 'done',
      folder: 'eventlog_v2_local-7',
      lines: 5,
      endedBy: null
    });
    expect(files.names()).toEqual([
      FOLDER,
      `${FOLDER}/appstatus_local-7`,
      `${FOLDER}/events_1_local-7`
    ]);
    const text = files.files.get(`${FOLDER}/events_1_local-7`)!;
    expect(text.length).toBe(recorder.state.bytes);
    expect(
      text.split('\n').map(line => /"Event":"(\w+)"/.exec(line)?.[1])
    ).toEqual([
      'SparkListenerLogStart',
      'SparkglassApplication',
      'SparkListenerApplicationStart',
      'SparkListenerJobStart',
      'SparkListenerJobEnd',
      undefined
    ]);
  });

  it('takes a name that is free', async () => {
    files.files.set(FOLDER, '');
    const recorder = record();
    await recorder.start();
    await recorder.stop();
    expect(recorder.state.folder).toBe('eventlog_v2_local-7_2');
  });

  it('begins another part after a megabyte', async () => {
    const recorder = record();
    await recorder.start();
    const Text = 'x'.repeat(3 << 19);
    for (let i = 0; i < 3; i++) {
      await kernel.say({ Event: 'SparkListenerJobEnd', Text });
    }
    await recorder.stop();
    await kernel.say({ Event: 'SparkListenerJobEnd', Text });
    const parts = files.names().filter(name => /events_\d/.test(name));
    expect(parts).toHaveLength(1);
    const again = record();
    await again.start();
    await kernel.say({ Event: 'SparkListenerJobEnd', Text });
    await again.stop();
    expect(
      files.names().filter(name => /_2\/events_\d/.test(name)).length
    ).toBe(2);
  });

  it('says what the kernel had forgotten or what was damaged', async () => {
    kernel.first = 4;
    const recorder = record();
    await recorder.start();
    kernel.frames.push(new Uint8Array([1, 2, 3]));
    await recorder.stop();
    expect(recorder.state.messagesGone).toBe(4);
  });

  it('ends with the application, and with the kernel', async () => {
    const recorder = record();
    await recorder.start();
    await kernel.say({ Event: 'SparkListenerApplicationEnd' });
    await kernel.say({
      Event: 'SparkglassApplicationEnd',
      Application: 1,
      Reason: 'stopped'
    });
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(recorder.state).toMatchObject({
      phase: 'done',
      endedBy: 'application'
    });
    kernel = new Kernel();
    await kernel.say({ Event: 'SparkListenerJobStart' });
    const other = record();
    await other.start();
    kernel.id = 'k2';
    kernel.onPush({ v: 1, kernel: 'k2', seq: 1, frame: kernel.frames[0]! });
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(other.state).toMatchObject({ phase: 'done', endedBy: 'kernel' });
  });

  it('says why it could not write', async () => {
    files.refusal = 'no room';
    const recorder = record();
    await recorder.start();
    await recorder.stop();
    expect(recorder.state).toMatchObject({ phase: 'failed', cause: 'no room' });
  }, 20_000);
});
