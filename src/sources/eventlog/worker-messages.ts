import type { IBatch } from '../../events';
import type { Codec } from './codecs';
import type { ILogOptions, ILogProgress } from './reader';

/** A log without the functions that only the page has. Files are named by their place among all that were ever named. */
export interface ILogDescription {
  readonly name: string;
  readonly inProgress: boolean;
  readonly parts: readonly {
    readonly file: number;
    readonly name: string;
    readonly codec: Codec;
    readonly number: number;
    readonly compact: boolean;
  }[];
}

/** Options that can be sent. */
export type SentOptions = Omit<ILogOptions, 'signal' | 'ready' | 'onProgress'>;

/** What the worker asks of the page, which has the login. */
export type Question =
  | { readonly what: 'size'; readonly file: number }
  | {
      readonly what: 'read';
      readonly file: number;
      readonly from: number;
      readonly to: number;
    }
  | { readonly what: 'refresh' };

/** From the worker. */
export type FromWorker =
  | { readonly type: 'loaded' }
  | {
      readonly type: 'question';
      readonly id: number;
      readonly question: Question;
    }
  | { readonly type: 'batch'; readonly batch: IBatch }
  | { readonly type: 'problem'; readonly code: string; readonly detail: string }
  | { readonly type: 'progress'; readonly progress: ILogProgress }
  | { readonly type: 'done'; readonly error: string | null };

/** To the worker. */
export type ToWorker =
  | {
      readonly type: 'start';
      readonly log: ILogDescription;
      readonly options: SentOptions;
    }
  | {
      readonly type: 'answer';
      readonly id: number;
      /** A size, bytes or an {@link ILogDescription}, as was asked. */
      readonly value?: unknown;
      readonly error?: string;
    }
  /** A batch was taken in. */
  | { readonly type: 'taken' };

/** One end of the line between page and worker: a `Worker`, a worker's `self`, a `MessagePort`. */
export interface IPort {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}
