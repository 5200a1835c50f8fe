import { PROTOCOL_VERSION } from '../../events';
import type { IKernelPort, IPush } from './port';

/** Bytes of history asked for at a time: an answer should not hold up the page. */
const HISTORY_BYTES = 2 * 1024 * 1024;

/** Where a feed delivers. */
export interface IFrameSink {
  /** The next frame, as the kernel sent it. */
  frame(bytes: Uint8Array): void;
  /** Resolves when what was delivered has been dealt with: more of the history is fetched only then, so that it never piles up. */
  settled(): Promise<unknown>;
  /** All that came before belongs to another kernel process. */
  reset(): void;
  /** `gap`: so many frames are gone for good · `version`: the kernel speaks this other version of the protocol. */
  problem(code: 'gap' | 'version', detail: string): void;
}

/**
 * The frames of a live kernel in their order, each once: puts pushes into order and fetches what came before or went missing.
 */
export class FrameFeed {
  constructor(private readonly port: IKernelPort) {}

  /** Begin to deliver. Called once. */
  start(sink: IFrameSink): void {
    this.sink = sink;
    this.stop = this.port.listen(push => this.onPush(push));
  }

  /** Stop. Nothing is delivered afterwards. */
  dispose(): void {
    this.stop();
    this.sink = null;
    this.early.clear();
  }

  /**
   * Fetch everything that was not delivered yet. Pushes with a hole before them do so by themselves.
   *
   * @returns when all that the kernel has was delivered, or it did not answer: the next push asks again then.
   */
  async catchUp(): Promise<void> {
    this.wanted = true;
    await this.fetch();
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
      void this.catchUp();
    }
  }

  /** Another kernel process: its frames count from 1 again. */
  private meet(kernel: string): void {
    if (this.kernel !== kernel) {
      const isFirst = this.kernel === null;
      this.kernel = kernel;
      this.next = 1;
      this.early.clear();
      if (!isFirst) {
        this.sink?.reset();
      }
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
      this.sink?.frame(frame);
    }
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
    await this.sink?.settled();
  }

  private refuse(version: unknown): void {
    if (!this.refused) {
      this.refused = true;
      this.sink?.problem('version', String(version));
    }
  }

  private sink: IFrameSink | null = null;
  private stop: () => void = () => undefined;
  private kernel: string | null = null;
  /** Number of the next frame to deliver. */
  private next = 1;
  /** Frames that came before their turn. */
  private readonly early = new Map<number, Uint8Array>();
  private fetching = false;
  private wanted = false;
  private refused = false;
}
