// Derived (2): what an estimator remembers of a row of losses, example by example.

/**
 * How much of the past an estimate remembers: of each example a fading share (`alpha` from 0 to below 1), the newest `size` examples, or all.
 */
export type Estimator =
  | { readonly kind: 'fading'; readonly alpha: number }
  | { readonly kind: 'window'; readonly size: number }
  | { readonly kind: 'cumulative' };

/** Sums over a row of values, older ones remembered as an {@link Estimator} says. */
export interface ITally {
  /** Take in the value of one more example. */
  one(value: number): void;
  /**
   * Take in several of which only the sums are known: each as their mean, which is exact for the sums of all and an approximation for any
   * other.
   */
  many(count: number, sum: number, squares: number): void;
  /** NaN before the first value. */
  readonly mean: number;
  /** Of the population; not below 0. */
  readonly variance: number;
  /** How many independent values say as much: Kish's (Σw)² / Σw². */
  readonly effective: number;
}

/** A tally that remembers nothing yet. */
export function tallyOf(estimator: Estimator): ITally {
  switch (estimator.kind) {
    case 'fading':
      return new FadingTally(estimator.alpha);
    case 'window':
      return new WindowTally(Math.max(1, Math.floor(estimator.size)));
    case 'cumulative':
      return new FadingTally(1);
  }
}

/** How many examples a fading factor remembers: 1 / (1 − α). */
export function remembered(alpha: number): number {
  return 1 / (1 - alpha);
}

/** After how many examples half of a loss is forgotten: ln ½ / ln α. */
export function halfLife(alpha: number): number {
  return alpha > 0 ? Math.log(0.5) / Math.log(alpha) : 0;
}

/**
 * S ← L + αS, B ← 1 + αB, P = S / B (Gama, Sebastião, Rodrigues, "On evaluating stream learning algorithms", Machine Learning 90,
 * 2013), both from 0, so that the first value is the first loss. The same as TensorBoard's smoothing with its debiasing, weight = α.
 * With α = 1 it is the mean of all.
 */
class FadingTally implements ITally {
  constructor(private readonly alpha: number) {}

  one(value: number): void {
    const { alpha } = this;
    this.sum = value + alpha * this.sum;
    this.squares = value * value + alpha * this.squares;
    this.weight = 1 + alpha * this.weight;
    this.weights2 = 1 + alpha * alpha * this.weights2;
  }

  // The mean m times: Σ αʲ for j below m is (1 − αᵐ) / (1 − α).
  many(count: number, sum: number, squares: number): void {
    const { alpha } = this;
    const kept = alpha ** count;
    const kept2 = kept * kept;
    const [added, added2] =
      alpha === 1
        ? [count, count]
        : [(1 - kept) / (1 - alpha), (1 - kept2) / (1 - alpha * alpha)];
    this.sum = (sum / count) * added + kept * this.sum;
    this.squares = (squares / count) * added + kept * this.squares;
    this.weight = added + kept * this.weight;
    this.weights2 = added2 + kept2 * this.weights2;
  }

  get mean(): number {
    return this.sum / this.weight;
  }

  get variance(): number {
    return Math.max(0, this.squares / this.weight - this.mean ** 2);
  }

  get effective(): number {
    return this.weights2 > 0 ? this.weight ** 2 / this.weights2 : 0;
  }

  private sum = 0;
  private squares = 0;
  private weight = 0;
  private weights2 = 0;
}

/** The mean of the newest values. */
class WindowTally implements ITally {
  constructor(private readonly size: number) {}

  one(value: number): void {
    this.push(value, value * value);
  }

  many(count: number, sum: number, squares: number): void {
    for (let i = Math.min(count, this.size); i > 0; i--) {
      this.push(sum / count, squares / count);
    }
  }

  get mean(): number {
    return this.sum / this.length;
  }

  get variance(): number {
    return Math.max(0, this.squareSum / this.length - this.mean ** 2);
  }

  get effective(): number {
    return this.length;
  }

  private push(value: number, square: number): void {
    const { size, next } = this;
    if (this.values.length <= next && next < size) {
      this.grow();
    }
    if (this.length === size) {
      this.sum -= this.values[next]!;
      this.squareSum -= this.squares[next]!;
    } else {
      this.length++;
    }
    this.values[next] = value;
    this.squares[next] = square;
    this.sum += value;
    this.squareSum += square;
    this.next = next + 1 === size ? 0 : next + 1;
    if (this.next === 0) {
      // What was added and taken away again leaves its rounding behind: once round, from the values themselves.
      this.sum = total(this.values, this.length);
      this.squareSum = total(this.squares, this.length);
    }
  }

  private grow(): void {
    const length = Math.min(this.size, Math.max(64, this.values.length * 2));
    for (const name of ['values', 'squares'] as const) {
      const longer = new Float64Array(length);
      longer.set(this[name]);
      this[name] = longer;
    }
  }

  private values = new Float64Array(0);
  private squares = new Float64Array(0);
  private next = 0;
  private length = 0;
  private sum = 0;
  private squareSum = 0;
}

function total(values: Float64Array, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) {
    sum += values[i]!;
  }
  return sum;
}
