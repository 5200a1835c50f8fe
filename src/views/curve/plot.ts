import type { CurveName, PhaseName } from '../../draw/palette';

/** The colour of a line, by its name in the palette; `soft` is the colour of less important words. */
export type LineColour =
  | { readonly curve: CurveName }
  | { readonly phase: PhaseName }
  | { readonly soft: true };

/** How a line looks; a second line of the same colour has another dash. */
export interface ILineLook {
  readonly colour: LineColour;
  /** Lengths of dashes and gaps in pixels; empty = unbroken. */
  readonly dash: readonly number[];
  readonly widthPx: number;
  /** 0–1; 1 when not given. Of what lies behind. */
  readonly alpha?: number;
}

/** Points in the order of their places; NaN in `y` is a gap. */
export interface IPoints {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** A line as it is drawn: as many points as the plot has room for. */
export interface IPlotLine {
  /** Unique in the plot. */
  readonly key: string;
  readonly name: string;
  readonly look: ILineLook;
  /** A value holds until the next one, as that of a model that stands between two retrainings. */
  readonly isStep: boolean;
  /** The estimator. */
  readonly main: IPoints;
  /** What it was estimated from, drawn faint; null for none. */
  readonly raw: IPoints | null;
  /** Where the true value lies with 95 %; null when not wanted. */
  readonly band: {
    readonly x: ArrayLike<number>;
    readonly low: ArrayLike<number>;
    readonly high: ArrayLike<number>;
  } | null;
  /** Parts of the axis, from and to, that were scored on rows which the model had been fitted on. */
  readonly inSample: readonly (readonly [number, number])[];
  /** Points of batches that came once more. */
  readonly repeats: IPoints;
  /** Where it was trained anew. */
  readonly retrains: readonly number[];
}

/** What happened to the data between two places of the axis, as it was injected. */
export interface IPlotSpan {
  readonly name: string;
  readonly detail: string;
  readonly from: number;
  /** The end of the axis while it is not over. */
  readonly to: number;
  readonly look: 'sensor' | 'flood' | 'drift' | 'gradual' | 'recurring';
}

/** Something that happened at one place of the axis. */
export interface IPlotEvent {
  readonly kind: 'worse' | 'better' | 'policy' | 'moment' | 'mistake';
  readonly name: string;
  readonly detail: string;
  readonly x: number;
  /** Value of the line that it is about; null = it stands on the axis. */
  readonly y: number | null;
  /** The colour of the line that it is about. */
  readonly colour: LineColour | null;
}

/** All that one plot draws. Places are values of the axis, heights values of the measure. */
export interface IPlot {
  readonly lines: readonly IPlotLine[];
  readonly spans: readonly IPlotSpan[];
  readonly events: readonly IPlotEvent[];
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}

const EMPTY: IPoints = { x: [], y: [] };

/** No points. */
export function noPoints(): IPoints {
  return EMPTY;
}

/** A little more than all values of these lines between two places; from 0 unless some are below. */
export function heightsOf(
  lines: readonly IPlotLine[],
  from: number,
  to: number
): [number, number] {
  let least = 0;
  let most = 0;
  const take = (points: IPoints): void => {
    for (let i = 0; i < points.x.length; i++) {
      const place = points.x[i]!;
      const value = points.y[i]!;
      if (place >= from && place <= to && Number.isFinite(value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
  };
  lines.forEach(line => take(line.main));
  if (most === least) {
    most = least + 1;
  }
  // Room above for the names of faults.
  return [least < 0 ? least * 1.08 : 0, most * 1.16];
}
