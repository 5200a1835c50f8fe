// Derived (2): an estimate a point of a line, from its raw losses (1), kept up as points come.
import { CurveFlag } from '../events';
import type { CurveLine, Numbers } from '../model';
import { meanBand, wilsonBand, type IBand } from './curve-bands';
import {
  aboveChance,
  BaselineGuess,
  KappaTally,
  type Baseline
} from './curve-classes';
import { tallyOf, type Estimator, type ITally } from './curve-tally';

/**
 * What is estimated: the mean loss (the error, of losses of 0 and 1), 1 − it, or how far the agreement is above what chance, the last label
 * or the majority would give.
 */
export type Measure =
  'loss' | 'accuracy' | 'kappa' | 'kappaTemporal' | 'kappaM';

/** What a line, or a baseline of it, is at each of its points; columns may be longer than `length`, and are valid until the next update. */
export interface IEstimateColumns {
  /** Rows of the line's points. */
  readonly length: number;
  /** The estimate; NaN = a gap. */
  readonly value: Float64Array;
  /** What the point alone would say. */
  readonly raw: Float64Array;
  /** From where to where it is with 95 %; NaN where that is not known. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** How a line is estimated. */
export interface IEstimateOptions {
  readonly estimator: Estimator;
  /** `loss` when missing. */
  readonly measure?: Measure;
  /** What to estimate in the place of the line's own predictions. */
  readonly baseline?: Baseline | null;
  /** Whether also what is a number of its own at each point is smoothed: see {@link isSmoothed}. */
  readonly smoothsAll?: boolean;
}

/**
 * Whether the estimator speaks of a line: of learners that are scored example by example. A probe's points, those of epochs and numbers that
 * somebody told are whole measures each, and stay what they are.
 */
export function isSmoothed(line: CurveLine): boolean {
  return (
    line.kind === 'online' ||
    line.kind === 'batch' ||
    (line.kind === 'metric' && line.loss !== 'value')
  );
}

/** Whether a line keeps its value until its next point: of models that stay what they are between two trainings, and of probes. */
export function isStepped(line: CurveLine): boolean {
  return line.kind === 'batch' || line.kind === 'probe';
}

/** The measures that can be made of a line. */
export function measuresOf(line: CurveLine): readonly Measure[] {
  if (line.loss !== 'zeroOne') {
    return ['loss'];
  }
  return line.examples.hasClasses && isSmoothed(line)
    ? ['loss', 'accuracy', 'kappa', 'kappaTemporal', 'kappaM']
    : ['loss', 'accuracy'];
}

/** What is remembered of the examples so far. */
class Memory {
  constructor(
    estimator: Estimator,
    measure: Measure,
    baseline: Baseline | null
  ) {
    this.loss = tallyOf(estimator);
    this.kappa = measure === 'kappa' ? new KappaTally(estimator) : null;
    const rival =
      baseline ??
      (measure === 'kappaTemporal'
        ? 'sameAsLast'
        : measure === 'kappaM'
          ? 'majority'
          : null);
    this.guess = rival && new BaselineGuess(rival);
    this.rival = rival && tallyOf(estimator);
  }

  readonly loss: ITally;
  readonly kappa: KappaTally | null;
  readonly guess: BaselineGuess | null;
  readonly rival: ITally | null;
}

/**
 * The estimate of a line, exact for each example where single examples are known, else as if each example of a point had lost what they lost in
 * the mean.
 *
 * In-sample points have an estimate of their own, begun anew with each stretch of them, and change nothing of the honest one. A repeat
 * changes nothing. A point without examples, or whose loss is no number, is a gap.
 */
export class LineEstimate implements IEstimateColumns {
  constructor(
    readonly line: CurveLine,
    readonly options: IEstimateOptions
  ) {
    this.measure = options.measure ?? 'loss';
    this.memory = this.newMemory();
  }

  length = 0;
  value = new Float64Array(0);
  raw = new Float64Array(0);
  low = new Float64Array(0);
  high = new Float64Array(0);
  /** Points of which only sums were known, so that the estimate is an approximation from the first of them on. */
  approximate = 0;
  /** Examples that the newest estimate stands for (n of its band). */
  effective = 0;

  /**
   * Take in the points that have come.
   *
   * @returns the first row that is new, or another than before; `length` when there is none.
   */
  update(): number {
    const { points } = this.line;
    let from = this.length;
    if (points.changes !== this.changes) {
      this.changes = points.changes;
      this.memory = this.newMemory();
      this.inSample = null;
      this.approximate = 0;
      from = 0;
    }
    this.length = points.length;
    this.grow(points.length);
    const columns = this.read();
    for (let row = from; row < points.length; row++) {
      this.estimate(row, columns);
    }
    return from;
  }

  private read(): IReadColumns {
    const { points, examples } = this.line;
    return {
      examples: points.column('examples'),
      lossSum: points.column('lossSum'),
      lossSquares: points.column('lossSquares'),
      flags: points.column('flags'),
      firstExample: points.column('firstExample'),
      losses: examples.losses,
      labels: examples.labels,
      predictions: examples.predictions,
      first: examples.first
    };
  }

  private estimate(row: number, columns: IReadColumns): void {
    const count = columns.examples[row]!;
    const sum = columns.lossSum[row]!;
    this.raw[row] = this.value[row] = this.low[row] = this.high[row] = NaN;
    const isInSample = (columns.flags[row]! & IN_SAMPLE) !== 0;
    if (!isInSample) {
      this.inSample = null;
    }
    if (!(count > 0) || Number.isNaN(sum)) {
      return;
    }
    if (!this.options.baseline) {
      this.raw[row] = this.shown(sum / count);
    }
    if (!this.options.smoothsAll && !isSmoothed(this.line)) {
      this.value[row] = this.raw[row]!;
      this.band(
        row,
        bandOf(
          this.line,
          sum / count,
          columns.lossSquares[row]! / count - (sum / count) ** 2,
          count
        )
      );
      return;
    }
    const memory = isInSample
      ? (this.inSample ??= this.newMemory())
      : this.memory;
    if ((columns.flags[row]! & REPEAT) === 0) {
      this.take(memory, row, columns);
    }
    this.effective = memory.loss.effective;
    this.tell(row, memory);
  }

  /** Take the examples of a point into what is remembered. */
  private take(memory: Memory, row: number, columns: IReadColumns): void {
    const { losses, labels, predictions } = columns;
    const count = columns.examples[row]!;
    const from = columns.firstExample[row]! - columns.first;
    if (!(from >= 0)) {
      this.approximate++;
      if (!this.needsClasses) {
        memory.loss.many(
          count,
          columns.lossSum[row]!,
          columns.lossSquares[row]!
        );
      }
      return;
    }
    const { loss, kappa, guess, rival } = memory;
    const { needsClasses } = this;
    for (let i = from; i < from + count; i++) {
      const lost = losses[i]!;
      if (Number.isNaN(lost)) {
        continue;
      }
      if (!needsClasses) {
        loss.one(lost);
        continue;
      }
      const label = labels[i] ?? 0;
      if (label === 0) {
        continue;
      }
      loss.one(lost);
      kappa?.one(label - 1, predictions[i]! - 1);
      if (guess && rival) {
        rival.one(guess.next(label));
      }
    }
  }

  private tell(row: number, memory: Memory): void {
    const { measure } = this;
    const of = !this.options.baseline ? memory.loss : memory.rival!;
    if (measure === 'kappa') {
      this.value[row] = memory.kappa!.kappa;
    } else if (measure === 'kappaTemporal' || measure === 'kappaM') {
      this.value[row] = aboveChance(
        1 - memory.loss.mean,
        1 - memory.rival!.mean
      );
    } else {
      this.value[row] = this.shown(of.mean);
      this.band(row, bandOf(this.line, of.mean, of.variance, of.effective));
    }
  }

  private shown(mean: number): number {
    return this.measure === 'loss'
      ? mean
      : this.measure === 'accuracy'
        ? 1 - mean
        : NaN;
  }

  private band(row: number, { low, high }: IBand): void {
    if (this.measure === 'loss') {
      this.low[row] = low;
      this.high[row] = high;
    } else if (this.measure === 'accuracy') {
      this.low[row] = 1 - high;
      this.high[row] = 1 - low;
    }
  }

  private get needsClasses(): boolean {
    return (
      Boolean(this.options.baseline) ||
      (this.measure !== 'loss' && this.measure !== 'accuracy')
    );
  }

  private newMemory(): Memory {
    const { estimator, baseline } = this.options;
    return new Memory(estimator, this.measure, baseline ?? null);
  }

  private grow(length: number): void {
    if (length <= this.value.length) {
      return;
    }
    const capacity = Math.max(64, Math.ceil(length * 1.5));
    for (const name of ['value', 'raw', 'low', 'high'] as const) {
      const longer = new Float64Array(capacity);
      longer.set(this[name]);
      this[name] = longer;
    }
  }

  private readonly measure: Measure;
  private changes = 0;
  private memory: Memory;
  private inSample: Memory | null = null;
}

/** The 95 % of a mean loss, by what the losses can be. */
function bandOf(
  line: CurveLine,
  mean: number,
  variance: number,
  n: number
): IBand {
  return line.loss === 'zeroOne'
    ? wilsonBand(mean, n)
    : meanBand(mean, variance, n);
}

const { inSample: IN_SAMPLE, repeat: REPEAT } = CurveFlag;

/** What is read of a line while an update lasts. */
interface IReadColumns {
  readonly examples: Numbers;
  readonly lossSum: Numbers;
  readonly lossSquares: Numbers;
  readonly flags: Numbers;
  readonly firstExample: Numbers;
  readonly losses: Numbers;
  readonly labels: Numbers;
  readonly predictions: Numbers;
  /** Place of `losses[0]`. */
  readonly first: number;
}
