import {
  freshnessOf,
  lagAt,
  sawTooth,
  seenBy,
  type IFreshness
} from '../../analysis/curve-serving';
import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { Curve, CurveLine, ServedModel } from '../../model';
import { BASELINE_LOOK, looksOf } from './looks';
import { heightsOf, noPoints, type ILineLook, type IPlot } from './plot';

/** A model that is served. */
export interface IServed {
  readonly key: string;
  readonly name: string;
  readonly look: ILineLook;
  readonly served: ServedModel;
  /** Examples that it could have learnt from. */
  readonly seen: number;
  /** Null where it is no line's. */
  readonly line: CurveLine | null;
  readonly freshness: IFreshness;
}

/** The models of a curve that are served, or were. */
export function servedOf(
  curve: Curve,
  now: number,
  trans: ITranslation
): readonly IServed[] {
  const looks = looksOf(curve);
  return [...curve.lines, null].flatMap(line => {
    const { served } = line ?? curve;
    const seen = seenBy(served, line ? [line] : curve.lines);
    const freshness = freshnessOf(served, now, seen);
    return freshness
      ? [
          {
            key: `lag ${line?.id ?? ''}`,
            name: line?.label ?? trans.__('A model'),
            look: looks.get(line?.id ?? -1) ?? BASELINE_LOOK,
            served,
            seen,
            line,
            freshness
          }
        ]
      : [];
  });
}

/**
 * How far the served models were behind, as a plot on the axis of the curve; null where none is served.
 *
 * @param placeOf - from examples to the axis, along a line.
 */
export function lagPlot(
  served: readonly IServed[],
  placeOf: (lineId: number | null, examples: number) => number,
  xRange: readonly [number, number]
): IPlot | null {
  if (served.length === 0) {
    return null;
  }
  const lines = served.map(one => {
    const { x, lag } = sawTooth(one.served, one.seen);
    return {
      key: one.key,
      name: one.name,
      look: { ...one.look, widthPx: 1.5 },
      isStep: false,
      main: { x: x.map(at => placeOf(one.line?.id ?? null, at)), y: lag },
      raw: null,
      band: null,
      inSample: [],
      repeats: noPoints(),
      retrains: []
    };
  });
  return {
    lines,
    spans: [],
    events: [],
    xRange,
    yRange: heightsOf(lines, ...xRange)
  };
}

/** What a plot of lags says, in one line. */
export function lagWords(
  served: readonly IServed[],
  trans: ITranslation
): string {
  return served
    .map(({ name, freshness: { lag } }) =>
      trans._n(
        '%2 is %3 row behind',
        '%2 is %3 rows behind',
        lag,
        name,
        formatCount(lag)
      )
    )
    .join(', ');
}

/** How far a model was behind when so many examples had been seen, and which version it was; null before the first. */
export function lagValue(
  { served }: IServed,
  examples: number,
  trans: ITranslation
): string | null {
  const found = lagAt(served, examples);
  return (
    found &&
    trans._n(
      '%2 row, version %3',
      '%2 rows, version %3',
      found.lag,
      formatCount(found.lag),
      found.version
    )
  );
}
