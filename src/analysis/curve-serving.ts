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

/**
 * How fresh the model of a line is; null when none is served.
 *
 * @param now - ms since 1970.
 */
export function freshnessOf(line: CurveLine, now: number): IFreshness | null {
  const serving = line.servings[line.servings.length - 1];
  return serving
    ? {
        serving,
        ageMs: Math.max(0, now - serving.publishedAt),
        lag: Math.max(0, seenBy(line, serving) - serving.trainedOn)
      }
    : null;
}

/** The saw-tooth of a line's lag, with a point on both sides of each new version, up to what the line has seen. */
export function sawTooth(line: CurveLine): ISawTooth {
  const x: number[] = [];
  const lag: number[] = [];
  let trainedOn = NaN;
  let version: string | null = null;
  const add = (at: number): void => {
    x.push(at);
    lag.push(Math.max(0, at - trainedOn));
  };
  for (const serving of line.servings) {
    const at = Math.max(serving.examples, x[x.length - 1] ?? 0);
    if (version !== null) {
      add(at);
    }
    if (serving.version !== version) {
      ({ trainedOn, version } = serving);
      add(at);
    }
  }
  const last = line.servings[line.servings.length - 1];
  const seen = last ? seenBy(line, last) : 0;
  if (last && seen > x[x.length - 1]!) {
    add(seen);
  }
  return { x: Float64Array.from(x), lag: Float64Array.from(lag) };
}

/** Examples that a line has seen: what it was told with the model, or what its points say. */
function seenBy(line: CurveLine, serving: ICurveServing): number {
  const at = line.points.at(line.points.length - 1, 'at');
  return Number.isNaN(at) ? serving.examples : Math.max(serving.examples, at);
}
