import type { IBatch } from '../../events';
import type { ILog } from './layout';
import { messageOf } from './problems';
import { readLog } from './reader';
import type {
  FromWorker,
  ILogDescription,
  IPort,
  Question,
  SentOptions,
  ToWorker
} from './worker-messages';

/** So many batches may be on their way before the worker waits. */
const MOST_ON_THEIR_WAY = 4;

/** Nobody else works here; only a message that a batch was taken may wait to be read. */
const SLICE_MS = 100;

/** The worker's end: reads the log that the page names, with bytes that it asks the page for. */
export class WorkerEnd {
  constructor(private readonly _port: IPort) {
    _port.onmessage = event => this._take(event.data as ToWorker);
    this._post({ type: 'loaded' });
  }

  private _take(message: ToWorker): void {
    switch (message.type) {
      case 'start':
        void this._run(message.log, message.options);
        break;
      case 'answer': {
        const answer = this._waiting.get(message.id);
        this._waiting.delete(message.id);
        answer?.(message);
        break;
      }
      case 'taken':
        this._onTheirWay--;
        this._room();
    }
  }

  private async _run(
    log: ILogDescription,
    options: SentOptions
  ): Promise<void> {
    let error: string | null = null;
    const sink = {
      apply: (batch: IBatch) => {
        this._onTheirWay++;
        this._post({ type: 'batch', batch }, buffersOf(batch));
      },
      problem: (code: string, detail: string) =>
        this._post({ type: 'problem', code, detail })
    };
    try {
      await readLog(this._logFrom(log), sink, {
        ...options,
        sliceMs: options.sliceMs ?? SLICE_MS,
        ready: () => this._ready(),
        onProgress: progress => this._post({ type: 'progress', progress })
      });
    } catch (reason) {
      error = messageOf(reason);
    }
    this._post({ type: 'done', error });
  }

  private _logFrom({ name, inProgress, parts }: ILogDescription): ILog {
    return {
      name,
      inProgress,
      parts: parts.map(({ file, name, codec, number, compact }) => ({
        file: {
          name,
          size: () => this._ask<number>({ what: 'size', file }),
          read: (from, to) =>
            this._ask<Uint8Array>({ what: 'read', file, from, to })
        },
        codec,
        number,
        compact
      })),
      refresh: async () =>
        this._logFrom(await this._ask<ILogDescription>({ what: 'refresh' }))
    };
  }

  private _ask<T>(question: Question): Promise<T> {
    const id = this._asked++;
    return new Promise<T>((resolve, reject) => {
      this._waiting.set(id, ({ value, error }) =>
        error === undefined ? resolve(value as T) : reject(new Error(error))
      );
      this._post({ type: 'question', id, question });
    });
  }

  private async _ready(): Promise<void> {
    while (this._onTheirWay >= MOST_ON_THEIR_WAY) {
      await new Promise<void>(resolve => {
        this._room = resolve;
      });
    }
  }

  private _post(message: FromWorker, transfer: Transferable[] = []): void {
    this._port.postMessage(message, transfer);
  }

  private readonly _waiting = new Map<
    number,
    (answer: ToWorker & { type: 'answer' }) => void
  >();
  private _asked = 0;
  private _onTheirWay = 0;
  private _room: () => void = () => undefined;
}

/** What can be handed over instead of copied. */
function buffersOf({ rows }: IBatch): Transferable[] {
  const sql = rows?.sql;
  const columns = sql
    ? [...rows.columns, sql.starts, sql.ids, sql.values]
    : (rows?.columns ?? []);
  return columns.flatMap(column =>
    column ? [column.buffer as ArrayBuffer] : []
  );
}
