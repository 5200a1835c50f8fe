import { decodeFrame, FrameError } from '../../events';
import type { ISink, ISource } from '../source';
import { FrameFeed } from './frame-feed';
import type { IKernelPort } from './port';

/**
 * A live kernel as a source: its frames, in order and decoded.
 *
 * A page that comes late, reloads in the middle of a job, or loses a message ends up with the same batches in the same order.
 */
export class KernelSource implements ISource {
  constructor(port: IKernelPort) {
    this.feed = new FrameFeed(port);
  }

  start(sink: ISink): void {
    this.sink = sink;
    this.feed.start({
      frame: bytes => this.decode(bytes),
      settled: () => this.chain,
      reset: () => {
        this.era++;
        sink.reset();
      },
      problem: (code, detail) => sink.problem(code, detail)
    });
  }

  dispose(): void {
    this.feed.dispose();
    this.sink = null;
  }

  /**
   * Fetch everything that this page has not seen. Call it once the kernel says that it is attached; pushes with a hole before them do so
   * by themselves.
   */
  catchUp(): void {
    void this.feed.catchUp();
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

  private readonly feed: FrameFeed;
  private sink: ISink | null = null;
  /** Counts kernel processes, so that a frame of the last one is not delivered into the next. */
  private era = 0;
  private chain: Promise<void> = Promise.resolve();
}
