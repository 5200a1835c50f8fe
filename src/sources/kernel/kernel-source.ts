import { decodeFrame, FrameError, PROTOCOL_VERSION } from '../../events';
import type { ISink, ISource } from '../source';
import type { IKernelPort, IPush } from './port';

/** Bytes of history asked for at a time: an answer should not hold up the page. */
const HISTORY_BYTES = 2 * 1024 * 1024;

/**
 * A live kernel as a source: puts pushes into order, fetches what came before or went missing, decodes.
 *
 * A page that comes late, reloads in the middle of a job, or loses a message ends up with the same batches in the same order.
 */
export class KernelSource implements ISource {
  constructor(private readonly port: IKernelPort) {}

  start(sink: ISink): void {
    this.sink = sink;
    this.stop = this.port.listen(push => this.onPush(push));
  }

  dispose(): void {
    this.stop();
    this.sink = null;
    this.early.clear();
  }

  /**
   * Fetch everything that this page has not seen. Call it once the kernel says that it is attached; pushes with a hole before them do so
   * by themselves.
   */
  catchUp(): void {
    this.wanted = true;
    void this.fetch();
  }

  private onPush(push: IPush): void {
    if (push.v !== PROTOCOL_VERSION) {
      this.refuse(push.v);
      return;
    }
    this.meet(push.kernel);
    if (push.seq < this.next) {
      return;
    }
    this.early.set(push.seq, push.frame);
    this.drain();
    if (this.early.size > 0) {
      this.catchUp();
    }
  }

  /** Another kernel process: its frames count from 1 again. */
  private meet(kernel: string): void {
    if (this.kernel !== kernel) {
      if (this.kernel !== null) {
        this.sink?.reset();
      }
      this.kernel = kernel;
      this.next = 1;
      this.early.clear();
      this.era++;
    }
  }

  private drain(): void {
    for (;;) {
      const frame = this.early.get(this.next);
      if (!frame) {
        return;
      }
      this.early.delete(this.next);
      this.next++;
      this.decode(frame);
    }
  }

  /** Decoding is asynchronous; the chain keeps the order. */
  private decode(frame: Uint8Array): void {
    const era = this.era;
    const decoded = decodeFrame(frame);
    // The chain awaits it later; until then nobody else would have caught it.
    decoded.catch(() => undefined);
    this.chain = this.chain.then(async () => {
      try {
        const batch = await decoded;
        if (era === this.era) {
          this.sink?.apply(batch);
        }
      } catch (error) {
        const code = error instanceof FrameError ? error.code : 'failed';
        this.sink?.problem(code, String((error as Error).message));
      }
    });
  }

  private async fetch(): Promise<void> {
    if (this.fetching) {
      return;
    }
    this.fetching = true;
    try {
      while (this.wanted && this.sink) {
        this.wanted = false;
        await this.fetchOnce();
      }
    } catch {
      // No answer (a restart, a kernel that is not attached): the next push asks again.
    } finally {
      this.fetching = false;
    }
  }

  private async fetchOnce(): Promise<void> {
    const { content, buffers } = await this.port.request({
      v: PROTOCOL_VERSION,
      op: 'history',
      from: this.next,
      max: HISTORY_BYTES
    });
    if (content.v !== PROTOCOL_VERSION) {
      this.refuse(content.v);
      return;
    }
    const first = Number(content.first);
    if (content.status !== 'ok' || !Number.isFinite(first) || !this.sink) {
      return;
    }
    const before = this.kernel;
    this.meet(String(content.kernel));
    if (before !== null && before !== this.kernel) {
      this.wanted = true;
      return;
    }
    if (first > this.next) {
      // The kernel had to forget the oldest frames.
      this.sink.problem('gap', String(first - this.next));
      this.next = first;
    }
    buffers.forEach((frame, i) => {
      if (first + i >= this.next) {
        this.early.set(first + i, frame);
      }
    });
    this.drain();
    this.wanted ||= Number(content.last) >= this.next && buffers.length > 0;
    await this.chain;
  }

  private refuse(version: unknown): void {
    if (!this.refused) {
      this.refused = true;
      this.sink?.problem('version', String(version));
    }
  }

  private sink: ISink | null = null;
  private stop: () => void = () => undefined;
  private kernel: string | null = null;
  /** Number of the next frame to decode. */
  private next = 1;
  /** Frames that came before their turn. */
  private readonly early = new Map<number, Uint8Array>();
  /** Counts kernel processes, so that a frame of the last one is not delivered into the next. */
  private era = 0;
  private chain: Promise<void> = Promise.resolve();
  private fetching = false;
  private wanted = false;
  private refused = false;
}
