import type { IBatch } from '../../events';
import type { ISink } from '../source';
import { DecodeError } from './codecs';
import { EventBatcher } from './event-batcher';
import type { ILog, ILogPart } from './layout';
import { LogBytes } from './log-bytes';
import { Pace } from './pace';
import { PartLines } from './part-lines';
import { messageOf, type LogProblem } from './problems';
import { unpacked } from './unpacked';

/** How far a reader is. */
export interface ILogProgress {
  /** Bytes of the files, packed as they are. */
  readonly bytesRead: number;
  /** Of all files, as far as it is known. */
  readonly bytes: number;
  /** `following`: all that is there was read, and more may come. */
  readonly state: 'reading' | 'following' | 'done';
}

/** How to read a log. */
export interface ILogOptions {
  /** The ordinal of the batches (1). */
  readonly application?: number;
  /** Bytes asked for at once (1 MB). */
  readonly rangeBytes?: number;
  /** Events and rows in a batch at most (4096). */
  readonly batchCount?: number;
  /** Bytes of the lines in a batch, about, at most (4 MB). */
  readonly batchBytes?: number;
  /** A longer line is left out (32 MB). */
  readonly maxLineBytes?: number;
  /** Work at most so long before others have their turn (8). */
  readonly sliceMs?: number;
  /** Go on as the log grows, and look for more so often; a log that is finished ends all the same. */
  readonly followMs?: number;
  /** Ends the reading: nothing is delivered afterwards. */
  readonly signal?: AbortSignal;
  /** Waited for before each range: a sink that is busy. */
  readonly ready?: () => Promise<void>;
  /** Told after each range. */
  readonly onProgress?: (progress: ILogProgress) => void;
}

/** {@link readLog}, or the same in a worker. */
export type ReadLog = (
  log: ILog,
  sink: LogSink,
  options?: ILogOptions
) => Promise<void>;

/** Where batches and problems go. */
export type LogSink = Pick<ISink, 'apply' | 'problem'>;

/** So many missing files are named one by one. */
const NAMED_FILES = 5;

/** Nobody wants more. */
class Stopped extends Error {}

/** The sink threw, which is no problem of the log. */
class SinkError extends Error {
  constructor(readonly reason: unknown) {
    super();
  }
}

/**
 * Read a log from its beginning to its end: batches of bounded size in order, problems as they are met. Memory depends neither on the
 * length of the log nor on what packed bytes unpack to.
 *
 * @returns when all was read or `signal` said stop. Never rejects for what is in the files.
 */
export async function readLog(
  log: ILog,
  sink: LogSink,
  options: ILogOptions = {}
): Promise<void> {
  await new LogReader(log, sink, options).run();
}

class LogReader {
  constructor(
    log: ILog,
    private readonly _sink: LogSink,
    private readonly _options: ILogOptions
  ) {
    const { application = 1, batchCount = 4096, sliceMs = 8 } = _options;
    const { batchBytes = 4 << 20, rangeBytes = 1 << 20 } = _options;
    this._pace = new Pace(sliceMs);
    this._batcher = new EventBatcher(
      application,
      { count: batchCount, bytes: batchBytes },
      batch => this._deliver(batch)
    );
    this._lines = new PartLines(
      this._batcher,
      _options.maxLineBytes ?? 32 << 20,
      (code, detail) => this._problem(code, detail)
    );
    this._bytes = new LogBytes(log, {
      rangeBytes,
      followMs: _options.followMs ?? null,
      signal: _options.signal,
      ready: () => this._ready(),
      caughtUp: () => {
        this._batcher.flush();
        this._progress('following');
      },
      onRead: bytes => {
        this._bytesRead += bytes;
        this._progress('reading');
      }
    });
  }

  async run(): Promise<void> {
    try {
      await this._readParts();
      this._batcher.flush();
      this._progress('done');
    } catch (error) {
      if (error instanceof SinkError) {
        throw error.reason;
      }
      if (!(error instanceof Stopped)) {
        throw error;
      }
    }
  }

  private async _readParts(): Promise<void> {
    const { log } = this._bytes;
    if (log.parts.length === 0) {
      this._problem('empty', log.name);
    }
    await this._bytes.measure();
    let last: ILogPart | null = null;
    for (
      let part = this._bytes.partAfter(null);
      part !== null;
      part = this._bytes.partAfter(last)
    ) {
      this._sayMissing(last, part);
      await this._readPart(part);
      last = part;
    }
  }

  /** The files that should be between two others. */
  private _sayMissing(last: ILogPart | null, next: ILogPart): void {
    // What a compact file stands for need not be there.
    const from = last ? last.number + 1 : next.compact ? next.number : 1;
    const to = Math.min(next.number, from + NAMED_FILES);
    for (let number = from; number < to; number++) {
      this._problem('missingFile', `${this._bytes.log.name}: events_${number}`);
    }
  }

  private async _readPart(part: ILogPart): Promise<void> {
    const { name } = part.file;
    this._lines.begin(name);
    let isWhole = true;
    try {
      const input = this._bytes.of(part);
      const problem = (code: LogProblem, detail: string): void =>
        this._problem(code, detail);
      for await (const bytes of unpacked(input, part, problem)) {
        this._check();
        this._lines.push(bytes);
        await this._pace.pause();
        this._check();
      }
    } catch (error) {
      this._check();
      if (error instanceof SinkError) {
        throw error;
      }
      isWhole = false;
      const code = error instanceof DecodeError ? error.code : 'unreadable';
      // What a running application writes is always cut somewhere.
      if (code !== 'cut' || !this._bytes.isOpen(part)) {
        this._problem(code, `${name}: ${messageOf(error)}`);
      }
    }
    this._check();
    this._lines.end(isWhole && !this._bytes.isOpen(part));
  }

  private _deliver(batch: IBatch): void {
    this._check();
    try {
      this._sink.apply(batch);
    } catch (error) {
      throw new SinkError(error);
    }
  }

  private _problem(code: LogProblem, detail: string): void {
    this._check();
    this._sink.problem(code, detail);
  }

  private async _ready(): Promise<void> {
    this._check();
    await this._options.ready?.();
    this._check();
  }

  private _check(): void {
    if (this._options.signal?.aborted) {
      throw new Stopped();
    }
  }

  private _progress(state: ILogProgress['state']): void {
    const bytesRead = this._bytesRead;
    const bytes = Math.max(bytesRead, this._bytes.length);
    this._options.onProgress?.({ bytesRead, bytes, state });
  }

  private readonly _pace: Pace;
  private readonly _batcher: EventBatcher;
  private readonly _lines: PartLines;
  private readonly _bytes: LogBytes;
  private _bytesRead = 0;
}
