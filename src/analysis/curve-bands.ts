// Pure statistics (3): how sure a mean is. All of them take the errors for independent of each other.

/** Of the normal distribution, 95 % on both sides. */
const Z = 1.959963984540054;

/** From where to where; NaN where nothing can be said. */
export interface IBand {
  readonly low: number;
  readonly high: number;
}

const NOTHING: IBand = { low: NaN, high: NaN };

/**
 * 95 % of a share, as Wilson takes it: it stays between 0 and 1, and is no point where the share is 0 or 1.
 *
 * Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22, 1927.
 *
 * @param share - 0–1.
 * @param n - of how many; may be a fraction.
 */
export function wilsonBand(share: number, n: number): IBand {
  if (!(n > 0) || Number.isNaN(share)) {
    return NOTHING;
  }
  const z2 = Z * Z;
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half =
    (Z / (1 + z2 / n)) *
    Math.sqrt(Math.max(0, (share * (1 - share)) / n + z2 / (4 * n * n)));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * Mean ± 1.96 s / √n, with s² the variance of a sample.
 *
 * @param variance - of the population: n / (n − 1) makes it the sample's.
 */
export function meanBand(mean: number, variance: number, n: number): IBand {
  if (!(n > 1) || Number.isNaN(mean)) {
    return NOTHING;
  }
  const half = Z * Math.sqrt(Math.max(0, variance) / (n - 1));
  return { low: mean - half, high: mean + half };
}
