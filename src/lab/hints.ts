import { runScope } from '../analysis/scope';
import type { ITranslation } from '../draw/words';
import type { CellRun } from '../model';
import { adviceOff } from '../views/advice/advice-off';

/** A run that has ended is on the screen, with its last numbers, well within this time. */
const AFTER_DRAWING_MS = 500;

/** What was worked out of a run, and from what. */
interface IHint {
  readonly jobs: number;
  readonly off: ReadonlySet<string>;
  words: string;
}

/** How many hints there are for each run: worked out once it has ended, and not in the way of its drawing. */
export class Hints {
  /** @param changed called with the id of a cell of whose run more is known. */
  constructor(
    private readonly trans: ITranslation,
    private readonly changed: (cellId: string) => void
  ) {}

  /** The words for a run that has ended; empty when there are none, or none yet. */
  of(run: CellRun): string {
    const known = this.known.get(run);
    if (known?.jobs === run.jobs.length && known.off === adviceOff.now) {
      return known.words;
    }
    const hint: IHint = {
      jobs: run.jobs.length,
      off: adviceOff.now,
      words: known?.words ?? ''
    };
    this.known.set(run, hint);
    setTimeout(() => void this.work(run, hint), AFTER_DRAWING_MS);
    return hint.words;
  }

  private async work(run: CellRun, hint: IHint): Promise<void> {
    try {
      const { markOf } = await import(
        /* webpackChunkName: "advice-mark" */ '../views/advice/mark'
      );
      const words = markOf(runScope(run), this.trans);
      if (words !== hint.words) {
        hint.words = words;
        this.changed(run.cellId);
      }
    } catch {
      // The server is gone; the strip does without.
    }
  }

  private readonly known = new WeakMap<CellRun, IHint>();
}
