import type { IEarlierCurves } from '../../analysis/curve-runs';
import type { ITranslation } from '../../draw/words';
import type { Curve } from '../../model';
import type { IBehind } from './behind';
import type { CurveData } from './curve-data';

/** What a run of a cell is called beside others; null = the one that the notebook's file held. */
export function earlierName(
  number: number | null,
  trans: ITranslation
): string {
  return number === null
    ? trans.__('saved run')
    : trans.__('run %1', String(number));
}

/**
 * The earlier run that is wanted behind a curve.
 *
 * @param wanted - its key; null for none.
 * @param before - what was behind, and can go on if it is the same.
 * @param dataOf - what is drawn of another curve.
 */
export function behindOf(
  { earlier, number }: IEarlierCurves,
  wanted: string | null,
  before: IBehind | null,
  dataOf: (curve: Curve) => CurveData,
  trans: ITranslation
): IBehind | null {
  const found = earlier.find(({ key }) => key === wanted);
  return found
    ? {
        data:
          before?.data.curve === found.curve
            ? before.data
            : dataOf(found.curve),
        name: earlierName(found.number, trans),
        own: earlierName(number, trans)
      }
    : null;
}
