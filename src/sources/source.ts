import type { IBatch } from '../events';

/** Where a source delivers. */
export interface ISink {
  /** What happened next. */
  apply(batch: IBatch): void;
  /** All that came before belongs to something else now (another kernel): forget it. */
  reset(): void;
  /** Something that a person should read in one line; `code` is for programs. */
  problem(code: string, detail: string): void;
}

/** Something that events come from. */
export interface ISource {
  /** Begin to deliver. Called once. */
  start(sink: ISink): void;
  /** Stop. Nothing is delivered afterwards. */
  dispose(): void;
}
