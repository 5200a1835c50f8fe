import type { Baseline } from '../../analysis/curve-classes';
import type { IFoundFault } from '../../analysis/curve-detections';
import type { Measure } from '../../analysis/curve-estimate';
import { formatCount, formatNumber } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { Curve, CurveLine } from '../../model';

/** How a value is worded: errors and accuracies as per cent, kappa and other losses as numbers. */
export type ValueKind = 'share' | 'number';

/** How the values of a measure are worded. */
export function valueKind(measure: Measure, isError: boolean): ValueKind {
  return measure === 'accuracy' || (measure === 'loss' && isError)
    ? 'share'
    : 'number';
}

/** A value of an axis: `4 %`, `0.35`. */
export function valueWords(value: number, kind: ValueKind): string {
  return kind === 'share'
    ? `${formatNumber(value * 100)} %`
    : formatNumber(value, digitsOf(value) - 1);
}

/** A value as exactly as anybody needs it: `4.32 %`, `0.3518`. */
export function exactWords(value: number, kind: ValueKind): string {
  return Number.isNaN(value)
    ? '–'
    : kind === 'share'
      ? `${formatNumber(value * 100, 2)} %`
      : formatNumber(value, digitsOf(value));
}

/** Decimals that leave about four figures. */
function digitsOf(value: number): number {
  const size = Math.abs(value);
  return size >= 1000 ? 1 : size >= 10 ? 2 : size > 0 && size < 0.001 ? 7 : 4;
}

/** What stands where there is nothing to draw yet, and what to do. */
export function emptyWords(curve: Curve | null, trans: ITranslation): string {
  if (!curve) {
    return trans.__(
      'No curve was opened here. with curve("name") as c: opens one; c.each_batch(…) in foreachBatch, c.log(…) in a loop or c.fit(…) draw on it.'
    );
  }
  if (curve.endTime !== null) {
    return trans.__(
      'The curve %1 ended before anything was scored. Log a value with c.log(…) or score rows with c.each_batch(…) before it is finished.',
      curve.label
    );
  }
  const awaited = curve.lines.reduce(
    (most, line) => Math.max(most, line.awaited?.rows ?? 0),
    0
  );
  if (awaited > 0) {
    return trans._n(
      'No point yet on %3: %2 row was predicted and awaits its label. The first point comes with the first label.',
      'No point yet on %3: %2 rows were predicted and await their labels. The first point comes with the first label.',
      awaited,
      formatCount(awaited),
      curve.label
    );
  }
  return curve.lines.length > 0
    ? trans.__(
        'No point yet on %1: the first comes when a row has been predicted and scored. A model that has not learnt anything yet cannot predict, so its first batch is only learnt.',
        curve.label
      )
    : trans.__(
        'No point yet on %1: log a value with c.log(…), fit a model with c.fit(…), or give c.each_batch(…) to foreachBatch and start the query.',
        curve.label
      );
}

/** What a line is, for its tip. */
export function lineWords(
  line: CurveLine,
  baseline: Baseline | null,
  trans: ITranslation
): string {
  if (baseline !== null) {
    return baseline === 'majority'
      ? trans.__(
          'A rule that needs no model: always the most frequent class so far.'
        )
      : trans.__('A rule that needs no model: the label of the row before.');
  }
  const learner = line.learner ? `${line.learner}. ` : '';
  switch (line.kind) {
    case 'online':
      return (
        learner +
        trans.__(
          'It learns as rows arrive; each row is scored before it is learnt.'
        )
      );
    case 'batch':
      return (
        learner +
        trans.__(
          'It is trained again on all rows so far; between two trainings (ticks on the axis) it stands still.'
        )
      );
    case 'probe':
      return trans.__(
        'Clean rows that %1 never learns from, scored again and again.',
        line.curve.line(line.of)?.label ?? line.curve.label
      );
    case 'metric':
    case 'epochs':
      return learner + trans.__('A number that your code told.');
  }
}

/** How a detection fits what was done to the data. */
export function detectionWords(
  found: IFoundFault | null,
  isFalse: boolean,
  trans: ITranslation
): string {
  return found
    ? trans._n(
        'It found “%2” after %3 row.',
        'It found “%2” after %3 rows.',
        found.delay,
        found.fault.name,
        formatCount(found.delay)
      )
    : isFalse
      ? trans.__('A false alarm: nothing was done to the data here.')
      : '';
}
