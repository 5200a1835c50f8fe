// An aggregate (3): what the lines of a curve say, as data for one sentence.
import type { CurveLine } from '../model';
import {
  differenceOf,
  honestValue,
  lastHonestRow,
  type IPlacedLine
} from './curve-difference';

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
      /** Since which place it has been ahead of that. */
      readonly since: number;
      /** Whether the 95 % band of their difference is on one side of 0. */
      readonly isSure: boolean;
    }
  /** The best two are the same. */
  | {
      readonly kind: 'even';
      readonly line: CurveLine;
      readonly next: CurveLine;
      readonly value: number;
    };

/** A probe must be worse than the stream by so much: what is less is not worth a warning. */
const DECEIVED_BY = 0.1;

/**
 * The verdict over the lines that are shown. In-sample parts count for nothing.
 *
 * @param lines - estimates of one measure, placed on one axis.
 * @param isHigherBetter - of accuracy and kappa.
 * @param drifts - examples at which the world is known to have changed: the rows of a probe that was set aside before are not true any more.
 */
export function curveVerdict(
  lines: readonly IPlacedLine[],
  isHigherBetter: boolean,
  drifts: readonly number[] = []
): CurveVerdict {
  const standing = lines
    .map(placed => {
      const row = lastHonestRow(placed.estimate);
      return {
        placed,
        row,
        line: placed.estimate.line,
        value: honestValue(placed.estimate, row)
      };
    })
    .filter(({ row }) => row >= 0);
  const sign = isHigherBetter ? -1 : 1;
  const learners = standing
    .filter(({ line }) => line.kind === 'online' || line.kind === 'batch')
    // Equal ones stay in the order of the lines.
    .sort((a, b) => sign * (a.value - b.value));
  const [best, next] = learners;
  if (!best) {
    const [first] = standing;
    return first
      ? { kind: 'one', line: first.line, value: first.value }
      : { kind: 'empty' };
  }
  const deceived = mostDeceived(
    learners,
    standing.filter(probe => !isOutdated(probe, drifts)),
    sign
  );
  if (deceived) {
    return deceived;
  }
  if (!next) {
    return { kind: 'one', line: best.line, value: best.value };
  }
  if (Math.abs(best.value - next.value) < 1e-12) {
    return {
      kind: 'even',
      line: best.line,
      next: next.line,
      value: best.value
    };
  }
  return {
    kind: 'ahead',
    line: best.line,
    value: best.value,
    next: next.line,
    nextValue: next.value,
    ...lead(best.placed, next.placed, sign)
  };
}

interface IStanding {
  readonly placed: IPlacedLine;
  readonly row: number;
  readonly line: CurveLine;
  readonly value: number;
}

/** The learner whose probe contradicts its stream most, beyond what chance explains. */
function mostDeceived(
  learners: readonly IStanding[],
  all: readonly IStanding[],
  sign: number
): CurveVerdict | null {
  let most = DECEIVED_BY;
  let verdict: CurveVerdict | null = null;
  for (const learner of learners) {
    for (const probe of all) {
      if (probe.line.kind !== 'probe' || probe.line.of !== learner.line.id) {
        continue;
      }
      const gap = sign * (probe.value - learner.value);
      const { estimate: stream } = learner.placed;
      const { estimate: aside } = probe.placed;
      const apart =
        sign > 0
          ? aside.low[probe.row]! > stream.high[learner.row]!
          : aside.high[probe.row]! < stream.low[learner.row]!;
      if (gap >= most && apart) {
        most = gap;
        verdict = {
          kind: 'deceived',
          line: learner.line,
          value: learner.value,
          probe: probe.line,
          probeValue: probe.value
        };
      }
    }
  }
  return verdict;
}

/** Whether the world has changed since a line was begun. */
function isOutdated(
  { line: { points }, row }: IStanding,
  drifts: readonly number[]
): boolean {
  return drifts.some(
    drift => points.at(0, 'at') <= drift && drift < points.at(row, 'at')
  );
}

/** Since when a line has been better than another, and whether that is sure. */
function lead(
  best: IPlacedLine,
  next: IPlacedLine,
  sign: number
): { readonly since: number; readonly isSure: boolean } {
  const { x, value, low, high } = differenceOf(best, next);
  let last = x.length - 1;
  while (last >= 0 && Number.isNaN(value[last]!)) {
    last--;
  }
  let since = NaN;
  for (let i = last; i >= 0; i--) {
    // A gap ends no lead.
    if (!Number.isNaN(value[i]!)) {
      if (sign * value[i]! >= 0) {
        break;
      }
      since = x[i]!;
    }
  }
  return {
    since,
    isSure: last >= 0 && (sign > 0 ? high[last]! < 0 : low[last]! > 0)
  };
}
