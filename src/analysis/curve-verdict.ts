// An aggregate (3): what the lines of a curve say, as data for one sentence.
import type { CurveLine } from '../model';
import type { IPlacedLine } from './curve-difference';

/** What the title of a curve says. Values are in the measure of the estimates; places are those of the axis. */
export type CurveVerdict =
  /** No point yet. */
  | { readonly kind: 'empty' }
  /** One line: where it stands. */
  | { readonly kind: 'one'; readonly line: CurveLine; readonly value: number }
  /** A learner looks good by its own stream while it is wrong of rows kept aside. */
  | {
      readonly kind: 'deceived';
      readonly line: CurveLine;
      readonly value: number;
      readonly probe: CurveLine;
      readonly probeValue: number;
    }
  /** One learner is ahead of all others. */
  | {
      readonly kind: 'ahead';
      readonly line: CurveLine;
      readonly value: number;
      /** The next best. */
      readonly next: CurveLine;
      readonly nextValue: number;
      /** Since which place. */
      readonly since: number;
      /** Whether the 95 % bands of the two do not overlap. */
      readonly isSure: boolean;
    }
  /** The best two are the same. */
  | {
      readonly kind: 'even';
      readonly line: CurveLine;
      readonly next: CurveLine;
      readonly value: number;
    };

/** The verdict over the lines that are shown; `isHigherBetter` for accuracy and kappa. */
export function curveVerdict(
  lines: readonly IPlacedLine[],
  isHigherBetter: boolean
): CurveVerdict {
  throw new Error('to come');
}
