import type { ILogFile } from './files';
import type { ILog, ILogPart } from './layout';
import { wait } from './pace';

/** How the bytes of a log are asked for. */
export interface IRanges {
  /** So many at once. */
  readonly rangeBytes: number;
  /** Look for more so often; null: never. */
  readonly followMs: number | null;
  readonly signal?: AbortSignal;
  /** Waited for before each range. Throws when nobody wants more. */
  ready(): Promise<void>;
  /** All that is there was read, and more may come. */
  caughtUp(): void;
  /** So many more were read. */
  onRead(bytes: number): void;
}

/** A store that does not answer is asked so often. */
const TRIES = 3;

/** The bytes of a log's files, range by range, also while they are written. */
export class LogBytes {
  constructor(
    private _log: ILog,
    private readonly _ranges: IRanges
  ) {}

  /** The log as it was when it was last looked at. */
  get log(): ILog {
    return this._log;
  }

  /** Of all files, as far as it is known. */
  get length(): number {
    let length = 0;
    this._sizes.forEach(size => (length += size));
    return length;
  }

  /** Ask for the sizes of all files. One that does not answer will do so when it is read. */
  async measure(): Promise<void> {
    await Promise.all(
      this._log.parts.map(async part => {
        const size = await part.file.size().catch(() => 0);
        this._sizes.set(part.number, size);
      })
    );
  }

  /** What to read after a file; null: that is all. */
  partAfter(last: ILogPart | null): ILogPart | null {
    const { parts } = this._log;
    // A compact file that came meanwhile holds what was read already.
    return (
      (last === null
        ? parts[0]
        : parts.find(part => part.number > last.number && !part.compact)) ??
      null
    );
  }

  /** Whether an application still writes to it. */
  isOpen(part: ILogPart): boolean {
    const { inProgress, parts } = this._log;
    return inProgress && parts[parts.length - 1]?.number === part.number;
  }

  /**
   * The bytes of one file. Of one that is written, also those to come, until the application writes to another or has ended.
   *
   * @throws when the file is gone or became shorter.
   */
  async *of(part: ILogPart): AsyncGenerator<Uint8Array, void> {
    const { followMs, rangeBytes, signal } = this._ranges;
    let at = 0;
    for (;;) {
      const isGrowing = followMs !== null && this.isOpen(part);
      const size = await this._ask(part, file => file.size());
      this._sizes.set(part.number, size);
      if (size < at) {
        throw new Error(`shorter than before: ${size} instead of ${at} bytes`);
      }
      const read = (from: number): Promise<Uint8Array> | null => {
        const to = Math.min(size, from + rangeBytes);
        return from < size
          ? this._ask(part, file => file.read(from, to))
          : null;
      };
      if (at < size) {
        await this._ranges.ready();
      }
      let asked = read(at);
      while (asked) {
        const bytes = await asked;
        if (bytes.length === 0) {
          throw new Error(`${at} bytes instead of ${size}`);
        }
        at += bytes.length;
        if (at < size) {
          await this._ranges.ready();
        }
        // The next range is on its way while this one is unpacked.
        asked = read(at);
        // Awaited later; until then nobody else would have caught it.
        asked?.catch(() => undefined);
        this._ranges.onRead(bytes.length);
        yield bytes;
      }
      if (!isGrowing) {
        return;
      }
      this._ranges.caughtUp();
      await wait(followMs, signal);
      await this._ranges.ready();
      await this._refresh();
    }
  }

  /** Ask a file. One that is written may have got another name meanwhile, and its store may not answer for a while. */
  private async _ask<T>(
    part: ILogPart,
    question: (file: ILogFile) => Promise<T>
  ): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await question(this._fileOf(part));
      } catch (error) {
        if (!this._log.inProgress || tries >= TRIES) {
          throw error;
        }
        if (tries > 1) {
          await wait(this._ranges.followMs ?? 0, this._ranges.signal);
          await this._ranges.ready();
        }
        await this._refresh();
      }
    }
  }

  private _fileOf(part: ILogPart): ILogFile {
    const now = this._log.parts.find(
      ({ number, compact }) =>
        number === part.number && compact === part.compact
    );
    return (now ?? part).file;
  }

  private async _refresh(): Promise<void> {
    try {
      this._log = await this._log.refresh();
      this._failures = 0;
    } catch (error) {
      this._failures++;
      if (this._failures >= TRIES) {
        throw error;
      }
    }
  }

  private readonly _sizes = new Map<number, number>();
  private _failures = 0;
}
