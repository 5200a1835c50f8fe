import { GrowingColumn } from './growing-column';
import type { Numbers } from './numbers';

/** Examples that are kept of a line: the newest. */
export const MOST_EXAMPLES = 2_000_000;

/** What was lost with one example, what it was, and what it was taken for. Classes are indices into the curve's, -1 = not among them. */
export interface IExample {
  readonly loss: number;
  readonly label?: number;
  readonly prediction?: number;
}

/**
 * The single examples of a line, in the order in which they were heard of, in columns as narrow as they allow: a byte each for losses of
 * 0 and 1, for labels and for predictions.
 *
 * When there are too many, the oldest are let go; their points keep their sums.
 */
export class CurveExamples {
  constructor(private readonly most = MOST_EXAMPLES) {}

  /** Place of the first that is kept: how many were let go. */
  first = 0;

  /** Place after the last: how many were heard of. */
  get end(): number {
    return this.first + this._losses.length;
  }

  /** Whether labels and predictions of any are known. */
  get hasClasses(): boolean {
    return this._labels.length > 0;
  }

  /** Losses by place less `first`; valid until the next example. */
  get losses(): Numbers {
    return this._losses.values;
  }

  /** Class + 2 by place less `first`, where 0 = not known and 1 = not among the classes; empty where no labels are known. */
  get labels(): Numbers {
    return this._labels.values;
  }

  /** As `labels`. */
  get predictions(): Numbers {
    return this._predictions.values;
  }

  /** Bytes that the columns occupy. */
  get byteLength(): number {
    return (
      this._losses.byteLength +
      this._labels.byteLength +
      this._predictions.byteLength
    );
  }

  /** Keep an example: the writer's. */
  push({ loss, label, prediction }: IExample): void {
    if (label !== undefined && !this.hasClasses) {
      for (let i = 0; i < this._losses.length; i++) {
        this._labels.push(0);
        this._predictions.push(0);
      }
    }
    this._losses.push(loss);
    if (label !== undefined || this.hasClasses) {
      this._labels.push(label === undefined ? 0 : label + 2);
      this._predictions.push(prediction === undefined ? 0 : prediction + 2);
    }
  }

  /** Let the oldest go when there are too many: the writer's. */
  trim(): void {
    const excess = this._losses.length - this.most;
    if (excess <= 0) {
      return;
    }
    // An eighth more, so that not every batch moves all that is left.
    const gone = Math.min(this._losses.length, excess + (this.most >> 3));
    this._losses.dropFirst(gone);
    if (this.hasClasses) {
      this._labels.dropFirst(gone);
      this._predictions.dropFirst(gone);
    }
    this.first += gone;
  }

  private readonly _losses = new GrowingColumn();
  private readonly _labels = new GrowingColumn();
  private readonly _predictions = new GrowingColumn();
}
