import { meanBand, wilsonBand } from './curve-bands';
import { aboveChance, BaselineGuess, KappaTally } from './curve-classes';
import { halfLife, remembered, tallyOf, type Estimator } from './curve-tally';

/** Numbers from 0 to 1, the same in every run. */
function randomNumbers(count: number, seed: number): number[] {
  return Array.from({ length: count }, () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  });
}

/** TensorBoard's smoothing (`line_chart/smoothing.ts` of 2.21): an exponential mean, divided by what its weights come to. */
function tensorBoard(values: readonly number[], weight: number): number[] {
  let last = 0;
  let count = 0;
  return values.map(value => {
    last = last * weight + (1 - weight) * value;
    count++;
    return last / (weight === 1 ? 1 : 1 - weight ** count);
  });
}

/** Of each value its weight in the mean, from the oldest; by the definition of the estimator. */
function weights(estimator: Estimator, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const age = count - 1 - i;
    return estimator.kind === 'fading'
      ? estimator.alpha ** age
      : estimator.kind === 'window'
        ? Number(age < estimator.size)
        : 1;
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const ESTIMATORS: readonly Estimator[] = [
  ...[0, 0.5, 0.9, 0.99, 0.999].map((alpha): Estimator => ({
    kind: 'fading',
    alpha
  })),
  ...[1, 7, 50, 5000].map((size): Estimator => ({ kind: 'window', size })),
  { kind: 'cumulative' }
];

describe('tallies', () => {
  it.each([0, 0.6, 0.9, 0.99])(
    "fade as TensorBoard's slider does, weight %d",
    alpha => {
      const values = randomNumbers(2000, 3);
      const tally = tallyOf({ kind: 'fading', alpha });
      const smoothed = tensorBoard(values, alpha);
      let furthest = 0;
      values.forEach((value, i) => {
        tally.one(value);
        furthest = Math.max(furthest, Math.abs(tally.mean - smoothed[i]!));
      });
      expect(furthest).toBeLessThan(1e-12);
    }
  );

  it('begin with the first loss: 1, where a B that begins with 1 would say 0.526', () => {
    const tally = tallyOf({ kind: 'fading', alpha: 0.9 });
    expect(tally.mean).toBeNaN();
    tally.one(1);
    expect(tally.mean).toBe(1);
    expect(1 / (0.9 + 1)).toBeCloseTo(0.526, 3);
  });

  it.each(ESTIMATORS)(
    'are the weighted mean that $kind says, %j',
    estimator => {
      const tally = tallyOf(estimator);
      const values = randomNumbers(300, 5).map((x, i) => (i % 3 ? x : 10 * x));
      values.forEach((value, i) => {
        tally.one(value);
        if (i % 17 === 0 || i === 299) {
          const w = weights(estimator, i + 1);
          const mean = sum(w.map((one, j) => one * values[j]!)) / sum(w);
          const variance =
            sum(w.map((one, j) => one * (values[j]! - mean) ** 2)) / sum(w);
          expect(tally.mean).toBeCloseTo(mean, 10);
          expect(tally.variance).toBeCloseTo(variance, 8);
          expect(tally.effective).toBeCloseTo(
            sum(w) ** 2 / sum(w.map(one => one * one)),
            8
          );
        }
      });
    }
  );

  it.each(ESTIMATORS)(
    'take many of which the sums are known as their mean so often, %j',
    estimator => {
      const [all, each] = [tallyOf(estimator), tallyOf(estimator)];
      for (const [count, lost] of [
        [3, 1],
        [200, 40],
        [1, 0],
        [12, 12]
      ] as const) {
        all.many(count, lost, lost);
        for (let i = 0; i < count; i++) {
          each.one(lost / count);
        }
        expect(all.mean).toBeCloseTo(each.mean, 12);
        expect(all.effective).toBeCloseTo(each.effective, 9);
      }
    }
  );

  it('remember what they say they remember', () => {
    expect(remembered(0.99)).toBeCloseTo(100, 9);
    expect(0.99 ** halfLife(0.99)).toBeCloseTo(0.5, 12);
    for (const [alpha, effective] of [
      [0.9, 19],
      [0.99, 199]
    ] as const) {
      const tally = tallyOf({ kind: 'fading', alpha });
      for (let i = 0; i < 5000; i++) {
        tally.one(0);
      }
      expect(tally.effective).toBeCloseTo(effective, 9);
    }
  });

  it('do not drift: a window over many values of very different size', () => {
    const tally = tallyOf({ kind: 'window', size: 10 });
    const values = randomNumbers(4903, 7).map((x, i) => (i % 100 ? x : 1e12));
    values.forEach(value => tally.one(value));
    // The newest 1e12 leaves the window among these.
    for (const value of randomNumbers(20, 8)) {
      values.push(value);
      tally.one(value);
    }
    expect(tally.mean).toBeCloseTo(sum(values.slice(-10)) / 10, 12);
  });
});

describe('bands', () => {
  it("are Wilson's for shares", () => {
    // R: prop.test(2, 20, correct = FALSE)$conf.int and prop.test(0, 10, correct = FALSE)$conf.int
    const { low, high } = wilsonBand(0.1, 20);
    expect(low).toBeCloseTo(0.0278665, 6);
    expect(high).toBeCloseTo(0.3010336, 6);
    const none = wilsonBand(0, 10);
    expect(none.low).toBeCloseTo(0, 12);
    expect(none.high).toBeCloseTo(0.2775328, 6);
    expect(wilsonBand(0.5, 0).low).toBeNaN();
  });

  it('solve the equation they come from: (p − π)² = z² π (1 − π) / n', () => {
    for (const share of [0, 0.03, 0.4, 1]) {
      for (const n of [1, 7.5, 199]) {
        const { low, high } = wilsonBand(share, n);
        for (const bound of [low, high]) {
          expect((share - bound) ** 2).toBeCloseTo(
            (1.959963984540054 ** 2 * bound * (1 - bound)) / n,
            10
          );
        }
      }
    }
  });

  it('are ± 1.96 standard errors for other losses', () => {
    // Of 1, 2, 3, 4: s² = 5/3, population 5/4.
    const { low, high } = meanBand(2.5, 1.25, 4);
    const half = 1.959963984540054 * Math.sqrt(5 / 3 / 4);
    expect([low, high]).toEqual([2.5 - half, 2.5 + half]);
    expect(meanBand(2.5, 0, 1).low).toBeNaN();
  });
});

describe('baselines and kappa', () => {
  it('guess the label before it is seen', () => {
    const labels = [1, 1, 2, 2, 2, 1, 3];
    const last = new BaselineGuess('sameAsLast');
    expect(labels.map(label => last.next(label))).toEqual([
      1, 0, 1, 0, 0, 1, 1
    ]);
    // The majority is 1 until 2 has come more often.
    const majority = new BaselineGuess('majority');
    expect(labels.map(label => majority.next(label))).toEqual([
      1, 0, 1, 1, 1, 1, 1
    ]);
  });

  it.each(ESTIMATORS)(
    'weigh agreement as the estimator does, %j',
    estimator => {
      const labels = randomNumbers(400, 11).map((x, i) =>
        Math.floor(x * (i < 200 ? 2 : 4))
      );
      const predictions = randomNumbers(400, 12).map((x, i) =>
        x < 0.7 ? labels[i]! : Math.floor(4 * x) % 3
      );
      const tally = new KappaTally(estimator);
      labels.forEach((label, i) => tally.one(label, predictions[i]!));
      const w = weights(estimator, 400);
      const share = (is: (i: number) => boolean): number =>
        sum(w.map((one, i) => (is(i) ? one : 0))) / sum(w);
      const agreed = share(i => labels[i] === predictions[i]);
      const chance = sum(
        [0, 1, 2, 3].map(
          one =>
            share(i => labels[i] === one) * share(i => predictions[i] === one)
        )
      );
      const expected = (agreed - chance) / (1 - chance);
      if (chance > 1 - 1e-12) {
        expect(tally.kappa).toBeNaN();
      } else {
        expect(tally.kappa).toBeCloseTo(expected, 9);
      }
    }
  );

  it('are a gap where nothing is left to get right', () => {
    expect(aboveChance(1, 1)).toBeNaN();
    expect(aboveChance(0.9, 0.8)).toBeCloseTo(0.5, 12);
  });
});
