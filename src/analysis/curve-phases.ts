// An aggregate (3): what a line lost in the mean between one drift and the next.
import type { Curve, CurveLine } from '../model';

/** A part of the examples: after `from` and up to `to`. */
export interface IPhase {
  readonly from: number;
  /** Infinity: to the end, wherever that will be. */
  readonly to: number;
  /** The drift with which it begins; null of the first part. */
  readonly drift: string | null;
}

/** What a line lost in a part. */
export interface IPhaseMean {
  /** Mean loss of its examples; NaN where there are none. */
  readonly mean: number;
  readonly examples: number;
  /** Whether all of them were rows that the learner had been fitted on: such a mean is no promise, and is compared with none. */
  readonly isInSample: boolean;
}

/** So many drifts cut a curve into parts; of a curve with more of them no parts are shown. */
const MOST_DRIFTS = 5;

/** The parts into which known drifts cut a curve; none where no drift is known. */
export function phasesOf(curve: Curve): readonly IPhase[] {
  const drifts = curve.marks
    .filter(({ kind, start }) => kind === 'drift' && start !== null)
    .sort((a, b) => a.start! - b.start!)
    .filter(({ start }, i, all) => start! > (all[i - 1]?.start ?? 0));
  if (drifts.length === 0 || drifts.length > MOST_DRIFTS) {
    return [];
  }
  return [null, ...drifts].map((drift, i) => ({
    from: drift?.start ?? 0,
    to: drifts[i]?.start ?? Infinity,
    drift: drift?.name ?? null
  }));
}

/** What is added up of a part: of examples that count, and of those that were fitted on. */
interface ISums {
  examples: number;
  loss: number;
  fittedExamples: number;
  fittedLoss: number;
}

/**
 * The mean loss of a line in each part, the plain mean of its examples; goes on from point to point.
 *
 * Where single examples are known, each counts in the part in which it stands; of a point of which only the sums are known, all count where its
 * right edge is. Repeats count nowhere.
 */
export class PhaseMeans {
  constructor(private readonly line: CurveLine) {}

  /** Take in the points that have come, and give the mean of each part. */
  of(phases: readonly IPhase[]): readonly IPhaseMean[] {
    const { points } = this.line;
    const cuts = phases.map(({ to }) => to);
    if (points.changes !== this.changes || cuts.join() !== this.cuts.join()) {
      this.changes = points.changes;
      this.cuts = cuts;
      this.length = 0;
      this.sums = cuts.map(() => ({
        examples: 0,
        loss: 0,
        fittedExamples: 0,
        fittedLoss: 0
      }));
    }
    for (; this.length < points.length; this.length++) {
      this.take(this.length);
    }
    return this.sums.map(({ examples, loss, fittedExamples, fittedLoss }) => {
      const isInSample = examples === 0 && fittedExamples > 0;
      return isInSample
        ? {
            mean: fittedLoss / fittedExamples,
            examples: fittedExamples,
            isInSample
          }
        : { mean: loss / examples, examples, isInSample };
    });
  }

  private take(row: number): void {
    const { points, examples } = this.line;
    const count = points.at(row, 'examples');
    const sum = points.at(row, 'lossSum');
    if (!(count > 0) || Number.isNaN(sum) || points.has(row, 'repeat')) {
      return;
    }
    const at = points.at(row, 'at');
    const isFitted = points.has(row, 'inSample');
    const first = points.at(row, 'firstExample') - examples.first;
    if (!(first >= 0) || this.phaseAt(at) === this.phaseAt(at - count + 1)) {
      this.add(at, count, sum, isFitted);
      return;
    }
    for (let i = 0; i < count; i++) {
      const loss = examples.losses[first + i]!;
      if (!Number.isNaN(loss)) {
        this.add(at - count + 1 + i, 1, loss, isFitted);
      }
    }
  }

  private phaseAt(at: number): number {
    return this.cuts.findIndex(to => at <= to);
  }

  private add(at: number, count: number, loss: number, isFitted: boolean) {
    const sums = this.sums[this.phaseAt(at)];
    if (!sums) {
      return;
    }
    if (isFitted) {
      sums.fittedExamples += count;
      sums.fittedLoss += loss;
    } else {
      sums.examples += count;
      sums.loss += loss;
    }
  }

  private changes = -1;
  private cuts: readonly number[] = [];
  private length = 0;
  private sums: ISums[] = [];
}
