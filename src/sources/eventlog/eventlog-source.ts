import type { ISink, ISource } from '../source';
import type { ILog } from './layout';
import { messageOf } from './problems';
import { readLog, type ILogOptions, type ReadLog } from './reader';

/** An event log as a source. */
export class EventLogSource implements ISource {
  /**
   * @param _log - what to read.
   * @param _read - reads it; here, or in a worker.
   */
  constructor(
    private readonly _log: ILog,
    private readonly _options: Omit<ILogOptions, 'signal'> = {},
    private readonly _read: ReadLog = readLog
  ) {
    this.done = new Promise(resolve => {
      this._finish = resolve;
    });
  }

  /** Resolves when all was read, or after `dispose`. Never rejects. */
  readonly done: Promise<void>;

  start(sink: ISink): void {
    const { signal } = this._stop;
    this._read(this._log, sink, { ...this._options, signal })
      .catch((error: unknown) => {
        if (!signal.aborted) {
          sink.problem('unreadable', `${this._log.name}: ${messageOf(error)}`);
        }
      })
      .finally(() => this._finish());
  }

  dispose(): void {
    this._stop.abort();
    this._finish();
  }

  private readonly _stop = new AbortController();
  private _finish: () => void = () => undefined;
}
