// Derived (2): how fresh the model is that answers.
import type { CurveLine, ICurveServing, ServedModel } from '../model';

/** How fresh a served model is at a time. */
export interface IFreshness {
  readonly serving: ICurveServing;
  /** Since it was published, ms. */
  readonly ageMs: number;
  /** Examples that have been seen and that it has not been trained on. */
  readonly lag: number;
}

/** The lag over the examples: rises with each example, falls when a version is published. */
export interface ISawTooth {
  /** Examples. */
  readonly x: Float64Array;
  readonly lag: Float64Array;
}

/**
 * How fresh a served model is; null when none is served.
 *
 * @param now - ms since 1970.
 * @param seen - of `seenBy`.
 */
export function freshnessOf(
  served: ServedModel,
  now: number,
  seen: number
): IFreshness | null {
  const serving = served.now;
  return serving
    ? {
        serving,
        ageMs: Math.max(0, now - serving.publishedAt),
        lag: Math.max(0, seen - serving.trainedOn)
      }
    : null;
}

/**
 * The saw-tooth of the lag, n seen − n trained on: with a point on both sides of each new version, up to what has been seen.
 *
 * @param seen - of `seenBy`.
 */
export function sawTooth(served: ServedModel, seen: number): ISawTooth {
  const x: number[] = [];
  const lag: number[] = [];
  const add = (at: number, behind: number): void => {
    x.push(at);
    lag.push(behind);
  };
  for (const { at, trainedOn, lagBefore } of served.publications) {
    if (!Number.isNaN(lagBefore)) {
      add(at, lagBefore);
    }
    add(at, Math.max(0, at - trainedOn));
  }
  const last = served.publications[served.publications.length - 1];
  if (last && seen > last.at) {
    add(seen, Math.max(0, seen - last.trainedOn));
  }
  return { x: Float64Array.from(x), lag: Float64Array.from(lag) };
}

/** The version that answered when so many examples had been seen, and how far it was behind; null before the first. */
export function lagAt(
  { publications }: ServedModel,
  examples: number
): { readonly version: string; readonly lag: number } | null {
  let low = 0;
  let high = publications.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (publications[middle]!.at <= examples) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const found = publications[low - 1];
  const next = publications[low];
  return found
    ? {
        version: found.version,
        // Where a version between was let go, the lag is not above what the next one ended.
        lag: Math.min(
          Math.max(0, examples - found.trainedOn),
          next?.lagBefore ?? Infinity
        )
      }
    : null;
}

/** Examples that have been seen: what was told with the model, or what the points of these lines say. */
export function seenBy(
  served: ServedModel,
  lines: readonly CurveLine[]
): number {
  // Points of another line may still be on their way; only learners stand on the axis of examples.
  return lines
    .filter(({ kind }) => kind === 'online' || kind === 'batch')
    .reduce(
      (seen, { points }) =>
        Math.max(seen, points.at(points.length - 1, 'at') || 0),
      served.now?.examples ?? 0
    );
}
