import type { Contents } from '@jupyterlab/services';
import { decodeFrameWithLines } from '../events';
import { Changed, type Application } from '../model';
import { LogWriter } from '../sources/eventlog/writer';
import { FrameFeed, type IKernelPort } from '../sources/kernel';
import type { IRecordingState } from '../views/panel/recording-state';
import { RollingLog } from './rolling-log';

/** What came is saved after this time, ms: more often would be a request for every job of a stream. */
const SAVE_MS = 2000;
/** The page gets a turn after this much work, ms. */
const SLICE_MS = 6;
/** Ms to wait for the last messages when somebody stops the recording; the kernel may be gone. */
const LAST_MS = 3000;

/** What is recorded, and where to. */
export interface IRecorderOptions {
  readonly port: IKernelPort;
  readonly application: Application;
  readonly contents: Contents.IManager;
  /** Path of the folder to write into, with its drive. */
  readonly folder: string;
}

/**
 * Writes one application of a live kernel as an event log into a folder of the Jupyter server: all that its kernel still has, then what comes,
 * until it is stopped or the application has ended.
 *
 * It listens to the kernel for itself, so whatever the page's model has dropped or not yet seen makes no difference. Frames wait as they
 * came, packed; they become text when the page has nothing else to do.
 */
export class Recorder {
  /** Emits when `state` is another one. */
  readonly changed = new Changed<Recorder>();

  constructor(private readonly options: IRecorderOptions) {
    this.feed = new FrameFeed(options.port);
    this.writer = new LogWriter({
      ordinal: options.application.ordinal,
      id: options.application.id,
      name: options.application.name,
      sparkVersion: options.application.sparkVersion,
      user: options.application.user,
      startTime: options.application.startTime ?? 0,
      strings: options.application.strings
    });
  }

  get state(): IRecordingState {
    return {
      phase: this.phase,
      since: this.since,
      folder: this.log?.name ?? '',
      lines: this.writer.lineCount,
      bytes: this.log?.bytes ?? 0,
      tasksGone: this.writer.tasksGone,
      messagesGone: this.messagesGone,
      endedBy: this.endedBy,
      cause: this.cause
    };
  }

  /** Path of the file by which the log is opened; null before there is one. */
  get path(): string | null {
    return this.log?.firstPart ?? null;
  }

  /** Begin. Called once; never rejects: `state` says how it went. */
  async start(): Promise<void> {
    const { contents, folder, application } = this.options;
    try {
      this.log = await RollingLog.create(contents, folder, application.id);
    } catch (error) {
      this.fail(error);
      return;
    }
    this.feed.start({
      frame: bytes => {
        this.queue.push(bytes);
        this.pump();
      },
      settled: () => this.pumping,
      reset: () => void this.stop('kernel'),
      problem: (code, detail) => {
        if (code === 'gap') {
          this.messagesGone += Number(detail);
        }
      }
    });
    await this.feed.catchUp();
    await this.pumping;
    if (this.phase === 'starting') {
      this.become('recording');
    }
  }

  /**
   * Write the rest and finish the log. Never rejects.
   *
   * @param endedBy - why, when nobody asked for it.
   */
  async stop(endedBy: IRecordingState['endedBy'] = null): Promise<void> {
    if (this.phase !== 'starting' && this.phase !== 'recording') {
      return;
    }
    this.endedBy = endedBy;
    this.become('stopping');
    if (endedBy === null) {
      await Promise.race([
        this.feed.catchUp(),
        new Promise(resolve => setTimeout(resolve, LAST_MS))
      ]);
    }
    this.feed.dispose();
    await this.pumping;
    clearTimeout(this.timer);
    if (this.state.phase !== 'stopping') {
      return;
    }
    try {
      await this.log?.finish();
      this.become('done');
    } catch (error) {
      this.fail(error);
    }
  }

  /** Make text of the frames that wait; one run at a time. */
  private pump(): void {
    if (this.isPumping) {
      return;
    }
    this.isPumping = true;
    this.pumping = this.write()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.isPumping = false;
        // One may have come since the last look.
        if (this.queue.length > 0 && this.phase !== 'failed') {
          this.pump();
        }
      });
  }

  private async write(): Promise<void> {
    await idle();
    let since = performance.now();
    for (
      let frame = this.queue.shift();
      frame && this.log && this.phase !== 'failed';
      frame = this.queue.shift()
    ) {
      const batch = await decodeFrameWithLines(frame).catch(() => null);
      if (!batch) {
        this.messagesGone++;
        continue;
      }
      for (const text of this.writer.write(batch)) {
        this.log.add(text);
        if (this.log.isFull) {
          await this.log.flush();
        }
        if (performance.now() - since > SLICE_MS) {
          await idle();
          since = performance.now();
        }
      }
      if (this.writer.hasEnded) {
        this.queue.length = 0;
        // Not awaited: it waits for us.
        void this.stop('application');
      }
    }
    this.saveSoon();
    this.changed.emit(this);
  }

  private saveSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.log?.flush().catch((error: unknown) => this.fail(error));
    }, SAVE_MS);
  }

  private fail(error: unknown): void {
    if (this.phase === 'failed') {
      return;
    }
    this.cause = error instanceof Error ? error.message : String(error);
    clearTimeout(this.timer);
    this.queue.length = 0;
    this.feed.dispose();
    this.become('failed');
  }

  private become(phase: IRecordingState['phase']): void {
    this.phase = phase;
    this.changed.emit(this);
  }

  private readonly feed: FrameFeed;
  private readonly writer: LogWriter;
  private readonly since = Date.now();
  private readonly queue: Uint8Array[] = [];
  private log: RollingLog | null = null;
  private phase: IRecordingState['phase'] = 'starting';
  private endedBy: IRecordingState['endedBy'] = null;
  private cause = '';
  private messagesGone = 0;
  private isPumping = false;
  private pumping: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setTimeout> | undefined;
}

/** Wait until the page has nothing else to do, but not for long. */
function idle(): Promise<void> {
  return new Promise(resolve => {
    if (typeof requestIdleCallback === 'function') {
      requestIdleCallback(() => resolve(), { timeout: 250 });
    } else {
      setTimeout(resolve, 0);
    }
  });
}
