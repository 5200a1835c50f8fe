import type { EventBatcher } from './event-batcher';
import { LineSplitter, type ILines } from './line-splitter';
import type { LogProblem } from './problems';

/** So many bad lines of a log are reported one by one. */
const REPORTED_LINES = 5;

/** The lines of a log's files, and what is wrong with them. */
export class PartLines implements ILines {
  /**
   * @param _batcher - gets the lines.
   * @param mostBytes - of a line that is kept.
   */
  constructor(
    private readonly _batcher: EventBatcher,
    mostBytes: number,
    private readonly _problem: (code: LogProblem, detail: string) => void
  ) {
    this._splitter = new LineSplitter(this, mostBytes);
  }

  /** Begin with a file. */
  begin(name: string): void {
    this._name = name;
    this._number = 0;
    this._ending = null;
  }

  /** Take the next bytes of the file. */
  push(bytes: Uint8Array): void {
    this._splitter.push(bytes);
  }

  /**
   * The file has no more. A last line without an end may be whole.
   *
   * @param isFinished - whether nobody writes to it any more and all of it could be read, so that a line that is not whole is a problem.
   */
  end(isFinished: boolean): void {
    this._ending = { isFinished };
    this._splitter.finish();
  }

  line(bytes: Uint8Array, from: number, to: number): void {
    this._number++;
    const cause = this._batcher.push(bytes, from, to);
    if (cause === null || (this._ending && !this._ending.isFinished)) {
      return;
    }
    this._batcher.countBad();
    if (this._ending || this._reported++ < REPORTED_LINES) {
      const code = this._ending ? 'cut' : 'badLine';
      this._problem(code, `${this._name}: line ${this._number}: ${cause}`);
    }
  }

  quick(bytes: Uint8Array, from: number): number {
    const end = this._batcher.quick(bytes, from);
    if (end >= 0) {
      this._number++;
    }
    return end;
  }

  tooLong(bytes: number): void {
    this._number++;
    this._batcher.countBad();
    if (this._reported++ < REPORTED_LINES) {
      this._problem(
        'longLine',
        `${this._name}: line ${this._number}: ${bytes}`
      );
    }
  }

  private readonly _splitter: LineSplitter;
  private _name = '';
  private _number = 0;
  private _reported = 0;
  /** Set while the last line, which has no end, is taken. */
  private _ending: { readonly isFinished: boolean } | null = null;
}
