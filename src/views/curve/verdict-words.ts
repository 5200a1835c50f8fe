import type { CurveAxis } from '../../analysis/curve-axes';
import type { CurveVerdict } from '../../analysis/curve-verdict';
import type { Measure } from '../../analysis/curve-estimate';
import type { ITranslation } from '../../draw/words';
import type { Curve } from '../../model';
import { exactWords, valueKind } from './curve-words';
import { axisWords, placeWords } from './settings';

/** What a verdict is said of. */
export interface IVerdictContext {
  readonly curve: Curve;
  readonly measure: Measure;
  /** Whether losses are errors of 0 and 1. */
  readonly isError: boolean;
  readonly axis: CurveAxis;
  readonly trans: ITranslation;
}

/** What a curve says, in one line. */
export function verdictWords(
  verdict: CurveVerdict,
  context: IVerdictContext
): string {
  const { measure, isError, axis, trans } = context;
  const kind = valueKind(measure, isError);
  const value = (number: number): string =>
    measureWords(exactWords(number, kind), context);
  switch (verdict.kind) {
    case 'empty':
      return trans.__('Nothing has been scored yet.');
    case 'one':
      return trans.__('%1: %2', verdict.line.label, value(verdict.value));
    case 'deceived':
      return isError && measure === 'loss'
        ? trans.__(
            '%1 looks good on its stream (%2), yet %3 of the clean rows are wrong.',
            verdict.line.label,
            value(verdict.value),
            exactWords(verdict.probeValue, 'share')
          )
        : trans.__(
            '%1 looks good on its stream (%2), and bad on clean rows (%3).',
            verdict.line.label,
            value(verdict.value),
            exactWords(verdict.probeValue, kind)
          );
    case 'ahead': {
      const since =
        verdict.since > 0
          ? axis === 'examples'
            ? trans.__('since row %1', placeWords(axis, verdict.since))
            : trans.__(
                'since %1 %2',
                axisWords(axis, trans),
                placeWords(axis, verdict.since)
              )
          : trans.__('from the start');
      const words = trans.__(
        '%1 is ahead %2: %3, %4 has %5',
        verdict.line.label,
        since,
        value(verdict.value),
        verdict.next.label,
        exactWords(verdict.nextValue, kind)
      );
      return verdict.isSure
        ? `${words}.`
        : trans.__('%1; it may be chance.', words);
    }
    case 'even':
      return trans.__(
        '%1 and %2 do equally well: %3.',
        verdict.line.label,
        verdict.next.label,
        value(verdict.value)
      );
  }
}

function measureWords(
  value: string,
  { measure, isError, trans }: IVerdictContext
): string {
  switch (measure) {
    case 'accuracy':
      return trans.__('%1 right', value);
    case 'loss':
      return isError ? trans.__('%1 wrong', value) : value;
    case 'kappa':
      return trans.__('kappa %1', value);
    case 'kappaTemporal':
      return trans.__('temporal kappa %1', value);
    case 'kappaM':
      return trans.__('majority kappa %1', value);
  }
}
