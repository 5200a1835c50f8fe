import type { ITranslation } from '../../draw/words';
import type { Application, Curve } from '../../model';
import { curveSvg } from '../pinned/curve-svg';
import { CurveData } from './curve-data';
import { valueWords } from './curve-words';
import { axisWords, FIRST_SETTINGS, placeWords } from './settings';

/** Pixels of the plot in a picture. */
const WIDTH_PX = 650;

/** A curve as it is kept without a script. */
export interface ICurvePicture {
  readonly svg: string;
  /** The verdict, and each line with its last value. */
  readonly text: string;
}

/** Draw a curve as it is seen before anybody has chosen anything. */
export function curvePicture(
  curve: Curve,
  applications: Iterable<Application>,
  trans: ITranslation
): ICurvePicture {
  const known = [...applications];
  const data = new CurveData(curve, () => known, trans);
  const shown = data.shown(FIRST_SETTINGS, null, WIDTH_PX);
  const legend = shown.legend.map(({ name, last }) => `${name} ${last}`);
  const { axis } = FIRST_SETTINGS;
  return {
    svg: curveSvg(shown.plot, {
      title: shown.verdict,
      axis: axisWords(axis, trans),
      place: value => placeWords(axis, value),
      value: value => valueWords(value, shown.measure),
      legend,
      lag: shown.lag && { plot: shown.lag, words: shown.lagWords }
    }),
    text: `${curve.label}: ${shown.verdict} (${[...legend, shown.lagWords].filter(Boolean).join(', ')})`
  };
}
