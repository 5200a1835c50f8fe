import type { ILogFile } from './files';
import type { ILog } from './layout';
import { messageOf } from './problems';
import {
  readLog,
  type ILogOptions,
  type LogSink,
  type ReadLog
} from './reader';
import type {
  FromWorker,
  ILogDescription,
  IPort,
  Question,
  ToWorker
} from './worker-messages';

/** A worker, as the page has it. */
export interface IWorker extends IPort {
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

/**
 * `readLog` in a worker. Where none can start (a page from elsewhere, a strict policy), the same code runs here, in slices.
 *
 * @param startWorker - may throw.
 */
export function readInWorker(startWorker: () => IWorker): ReadLog {
  return async (log, sink, options = {}) => {
    let worker: IWorker;
    try {
      worker = startWorker();
    } catch {
      return readLog(log, sink, options);
    }
    const end = new PageEnd(worker, log, sink, options);
    const outcome = await end.run();
    return outcome === 'not started' ? readLog(log, sink, options) : undefined;
  };
}

/** The page's end: answers the worker's questions and hands on what it finds. */
class PageEnd {
  constructor(
    private readonly _worker: IWorker,
    private _log: ILog,
    private readonly _sink: LogSink,
    private readonly _options: ILogOptions
  ) {}

  /** @throws when the worker dies after it has begun, or the sink does. */
  async run(): Promise<'done' | 'not started'> {
    const { signal } = this._options;
    if (signal?.aborted) {
      this._worker.terminate();
      return 'done';
    }
    const stop = (): void => this._end('done');
    signal?.addEventListener('abort', stop);
    try {
      return await new Promise((resolve, reject) => {
        this._end = resolve;
        this._fail = reject;
        this._worker.onmessage = event => this._take(event.data as FromWorker);
        this._worker.onerror = event => {
          event.preventDefault?.();
          if (this._hasLoaded) {
            reject(new Error(event.message || 'the worker ended'));
          } else {
            resolve('not started');
          }
        };
      });
    } finally {
      signal?.removeEventListener('abort', stop);
      this._worker.onmessage = null;
      this._worker.terminate();
    }
  }

  private _take(message: FromWorker): void {
    try {
      this._handle(message);
    } catch (error) {
      this._fail(error);
    }
  }

  private _handle(message: FromWorker): void {
    switch (message.type) {
      case 'loaded':
        this._hasLoaded = true;
        this._start();
        break;
      case 'question':
        void this._answer(message.id, message.question);
        break;
      case 'batch':
        this._sink.apply(message.batch);
        this._post({ type: 'taken' });
        break;
      case 'problem':
        this._sink.problem(message.code, message.detail);
        break;
      case 'progress':
        this._options.onProgress?.(message.progress);
        break;
      case 'done':
        if (message.error === null) {
          this._end('done');
        } else {
          this._fail(new Error(message.error));
        }
    }
  }

  private _start(): void {
    const { application, rangeBytes, batchCount, batchBytes } = this._options;
    const { maxLineBytes, sliceMs, followMs } = this._options;
    this._post({
      type: 'start',
      log: this._describe(),
      options: {
        application,
        rangeBytes,
        batchCount,
        batchBytes,
        maxLineBytes,
        sliceMs,
        followMs
      }
    });
  }

  private async _answer(id: number, question: Question): Promise<void> {
    try {
      const value = await this._find(question);
      this._post({ type: 'answer', id, value }, ownBuffer(value));
    } catch (error) {
      this._post({ type: 'answer', id, error: messageOf(error) });
    }
  }

  private async _find(question: Question): Promise<unknown> {
    if (question.what === 'refresh') {
      this._log = await this._log.refresh();
      return this._describe();
    }
    const file = this._files[question.file]!;
    if (question.what === 'size') {
      return file.size();
    }
    await this._options.ready?.();
    return file.read(question.from, question.to);
  }

  private _describe(): ILogDescription {
    const { name, inProgress, parts } = this._log;
    return {
      name,
      inProgress,
      parts: parts.map(({ file, codec, number, compact }) => ({
        file: this._placeOf(file),
        name: file.name,
        codec,
        number,
        compact
      }))
    };
  }

  /** A folder that is listed again makes new objects of the same files. */
  private _placeOf(file: ILogFile): number {
    const known = this._files.findIndex(({ name }) => name === file.name);
    const place = known < 0 ? this._files.length : known;
    this._files[place] = file;
    return place;
  }

  private _post(message: ToWorker, transfer: Transferable[] = []): void {
    this._worker.postMessage(message, transfer);
  }

  private _hasLoaded = false;
  private _end: (outcome: 'done' | 'not started') => void = () => undefined;
  private _fail: (error: unknown) => void = () => undefined;
  private readonly _files: ILogFile[] = [];
}

/** What can be handed over instead of copied: an array that is all of its buffer. */
function ownBuffer(value: unknown): Transferable[] {
  return value instanceof Uint8Array &&
    value.byteLength === value.buffer.byteLength
    ? [value.buffer as ArrayBuffer]
    : [];
}
