// Derived (2): what of the labels alone could be guessed, and what agreement that makes.
import { tallyOf, type Estimator, type ITally } from './curve-tally';

/** "Always the majority" and "the same as the last label". */
export type Baseline = 'majority' | 'sameAsLast';

/**
 * What a baseline loses with each label, 0 or 1, guessed before the label is seen. Before the first one there is nothing to guess, which
 * counts as wrong (as river's `NoChangeClassifier` and `PriorClassifier` do). The majority stays what it is until another label has come more often.
 */
export class BaselineGuess {
  constructor(private readonly baseline: Baseline) {}

  /** The loss of the next example, whose label this is: any number that is the same for the same label. */
  next(label: number): number {
    const loss = label === this.guess ? 0 : 1;
    if (this.baseline === 'sameAsLast') {
      this.guess = label;
    } else {
      const count = (this.counts.get(label) ?? 0) + 1;
      this.counts.set(label, count);
      if (count > (this.counts.get(this.guess) ?? 0)) {
        this.guess = label;
      }
    }
    return loss;
  }

  private guess = NaN;
  private readonly counts = new Map<number, number>();
}

/**
 * Cohen's kappa over an estimator: (p₀ − pₑ) / (1 − pₑ), where pₑ is how often labels and predictions would agree if they had nothing to
 * do with each other.
 *
 * Cohen, "A Coefficient of Agreement for Nominal Scales", 1960; over streams: Bifet and Frank, "Sentiment Knowledge Discovery in Twitter
 * Streaming Data", 2010.
 */
export class KappaTally {
  constructor(private readonly estimator: Estimator) {
    this.agreed = tallyOf(estimator);
  }

  /** One more example: its class, and what it was taken for. */
  one(label: number, prediction: number): void {
    const most = Math.max(label, prediction);
    while (this.labels.length <= most) {
      this.labels.push(this.late());
      this.predictions.push(this.late());
    }
    this.count++;
    this.agreed.one(label === prediction ? 1 : 0);
    for (let i = 0; i < this.labels.length; i++) {
      this.labels[i]!.one(label === i ? 1 : 0);
      this.predictions[i]!.one(prediction === i ? 1 : 0);
    }
  }

  /** NaN before the first example, and where one class alone leaves nothing to agree on. */
  get kappa(): number {
    let chance = 0;
    for (let i = 0; i < this.labels.length; i++) {
      chance += this.labels[i]!.mean * this.predictions[i]!.mean;
    }
    return aboveChance(this.agreed.mean, chance);
  }

  /** A tally of a class that has not been seen before. */
  private late(): ITally {
    const tally = tallyOf(this.estimator);
    if (this.count > 0) {
      tally.many(this.count, 0, 0);
    }
    return tally;
  }

  private count = 0;
  private readonly agreed: ITally;
  private readonly labels: ITally[] = [];
  private readonly predictions: ITally[] = [];
}

/** (p − q) / (1 − q): how much of what q leaves wrong p gets right; NaN where q leaves nothing. */
export function aboveChance(p: number, q: number): number {
  // What differs only by the rounding of sums is the same.
  return 1 - q < 1e-12 ? NaN : (p - q) / (1 - q);
}
