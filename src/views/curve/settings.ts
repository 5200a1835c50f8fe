import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber
} from '../../draw/format';
import type { CurveAxis } from '../../analysis/curve-axes';
import type { Measure } from '../../analysis/curve-estimate';
import type { Estimator } from '../../analysis/curve-tally';
import type { ITranslation } from '../../draw/words';

/** How single losses become a line. */
export const ESTIMATORS = ['fading', 'window', 'cumulative'] as const;
export type EstimatorName = (typeof ESTIMATORS)[number];

/** The estimator that somebody chose, for a curve that was opened with this fading factor. */
export function estimatorOf(
  settings: ICurveSettings,
  opened: number
): Estimator {
  switch (settings.estimator) {
    case 'fading':
      return { kind: 'fading', alpha: settings.alpha ?? opened };
    case 'window':
      return { kind: 'window', size: settings.windowRows };
    case 'cumulative':
      return { kind: 'cumulative' };
  }
}

/** What somebody chose to see. */
export interface ICurveSettings {
  readonly axis: CurveAxis;
  readonly estimator: EstimatorName;
  /** Fading factor; null = the one that the curve was opened with. */
  readonly alpha: number | null;
  /** Rows of the window. */
  readonly windowRows: number;
  readonly measure: Measure;
  readonly bands: boolean;
  readonly baselines: boolean;
  /** The earlier run that is drawn behind; null for none. */
  readonly behind: string | null;
  /** Of an hour of one processor, in any currency; null = costs are not priced. */
  readonly cpuHourPrice: number | null;
  /** Keys of the lines that are switched off. */
  readonly hidden: ReadonlySet<string>;
}

/** What is seen before anybody has chosen. */
export const FIRST_SETTINGS: ICurveSettings = {
  axis: 'examples',
  estimator: 'fading',
  alpha: null,
  windowRows: 100,
  measure: 'loss',
  bands: false,
  baselines: false,
  behind: null,
  cpuHourPrice: null,
  hidden: new Set()
};

const HOUR_NS = 3.6e12;

/** What processor time comes to at a price of an hour, as a number of the same currency: `0.0042`. */
export function priceWords(cpuNs: number, hourPrice: number): string {
  const price = (cpuNs / HOUR_NS) * hourPrice;
  // Three digits that count, however little it is.
  const digits =
    price > 0 ? Math.min(9, Math.max(2, 2 - Math.floor(Math.log10(price)))) : 2;
  return formatNumber(price, digits);
}

/** Steps of the slider in a factor of ten: round numbers stand on it. */
const STEPS = 20;
export const SLIDER_MOST = 80;
export const SLIDER_LEAST = 6;

/** Where on the slider a memory of so many rows is. */
export function sliderOf(rows: number): number {
  return Math.max(
    SLIDER_LEAST,
    Math.min(SLIDER_MOST, Math.round(STEPS * Math.log10(rows)))
  );
}

/** How many rows a place of the slider remembers, 2 to 10,000. */
export function rowsAt(slider: number): number {
  return 10 ** (slider / STEPS);
}

/** The fading factor that remembers about so many rows. */
export function alphaOf(rows: number): number {
  return 1 - 1 / rows;
}

/** What an axis counts. */
export function axisWords(axis: CurveAxis, trans: ITranslation): string {
  switch (axis) {
    case 'examples':
      return trans.__('rows scored');
    case 'visits':
      return trans.__('visits');
    case 'wall':
      return trans.__('time');
    case 'cpu':
      return trans.__('processor time');
    case 'bytes':
      return trans.__('bytes read');
  }
}

/** A place of an axis with its unit. */
export function placeWords(axis: CurveAxis, value: number): string {
  switch (axis) {
    case 'wall':
    case 'cpu':
      return formatDuration(value);
    case 'bytes':
      return formatBytes(value);
    default:
      return formatCount(value);
  }
}
