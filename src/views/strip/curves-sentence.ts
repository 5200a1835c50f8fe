import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { Curve } from '../../model';

/** The curves that a cell opened in one sentence: `iris · 2 learners · 1,800 rows scored`. */
export function curvesSentence(
  curves: readonly Curve[],
  trans: ITranslation
): string {
  return curves
    .map(curve => `${curve.label} · ${curveFacts(curve, trans)}`)
    .join('; ');
}

/** How many learners a curve has, and how far it has come: `2 learners · 1,800 rows scored`. */
export function curveFacts(curve: Curve, trans: ITranslation): string {
  const learners = curve.lines.filter(
    ({ kind }) => kind === 'online' || kind === 'batch'
  ).length;
  const rows = rowsScored(curve);
  const scored =
    rows > 0
      ? trans._n('%2 row scored', '%2 rows scored', rows, formatCount(rows))
      : curve.hasPoints
        ? trans.__('a curve')
        : trans.__('no point yet');
  return learners > 0
    ? `${trans._n('%2 learner', '%2 learners', learners, formatCount(learners))} · ${scored}`
    : scored;
}

/** How far a curve has come: the last place on its axis of examples. */
function rowsScored(curve: Curve): number {
  return curve.lines.reduce((most, { kind, points }) => {
    const counts = kind === 'online' || kind === 'batch';
    return counts && points.length > 0
      ? Math.max(most, points.at(points.length - 1, 'at'))
      : most;
  }, 0);
}
