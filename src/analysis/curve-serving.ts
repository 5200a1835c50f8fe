// Derived (2): how fresh the model is that answers.
import type { CurveLine, ICurveServing } from '../model';

/** How fresh a served model is at a time. */
export interface IFreshness {
  readonly serving: ICurveServing;
  /** Since it was published, ms. */
  readonly ageMs: number;
  /** Examples that its line has seen and it has not been trained on. */
  readonly lag: number;
}

/** The lag over the examples: rises with each example, falls when a version is published. */
export interface ISawTooth {
  readonly x: Float64Array;
  readonly lag: Float64Array;
}

/** How fresh the model of a line is now; null when none is served. */
export function freshnessOf(line: CurveLine, now: number): IFreshness | null {
  throw new Error('to come');
}

/** The saw-tooth of a line's lag, with a point on both sides of each new version. */
export function sawTooth(line: CurveLine): ISawTooth {
  throw new Error('to come');
}
