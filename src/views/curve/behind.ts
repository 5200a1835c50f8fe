import type { Curve } from '../../model';
import type { CurveData } from './curve-data';
import { measureOf, subjectOf, type IEstimated } from './estimated';
import type { ICurveSettings } from './settings';

/** An earlier run of a curve that is drawn behind it. */
export interface IBehind {
  readonly data: CurveData;
  /** What the earlier run is called, and the present one beside it. */
  readonly name: string;
  readonly own: string;
}

/** Strong enough to be followed, and weaker than what is new. */
const ALPHA = 0.55;
const DASH = [2, 3];
const PROBE_DASH = [2, 6];

/** The lines of an earlier run, in the colours of the lines of the same names, estimated as the present ones are. */
export function ghostsOf(
  { data, name }: IBehind,
  curve: Curve,
  settings: ICurveSettings
): readonly IEstimated[] {
  const subject = subjectOf(curve);
  const other = subjectOf(data.curve);
  if (
    subject.loss !== other.loss ||
    measureOf(subject, settings.measure) !== measureOf(other, settings.measure)
  ) {
    // What is not the same measure has no place on the same axes.
    return [];
  }
  const same = { ...settings, alpha: settings.alpha ?? curve.alpha };
  return data
    .estimated(same)
    .filter(({ baseline }) => baseline === null)
    .map(one => ({
      ...one,
      key: `behind ${one.key}`,
      name: `${one.name}, ${name}`,
      look: {
        ...one.look,
        dash: one.line.kind === 'probe' ? PROBE_DASH : DASH,
        widthPx: 1.5,
        alpha: ALPHA
      }
    }));
}

/** The present lines, called by their run where an earlier one is behind them. */
export function named(
  lines: readonly IEstimated[],
  behind: IBehind | null
): readonly IEstimated[] {
  return behind
    ? lines.map(one => ({ ...one, name: `${one.name}, ${behind.own}` }))
    : lines;
}
