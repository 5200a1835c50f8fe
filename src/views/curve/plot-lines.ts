import { drawnLine } from '../../analysis/curve-drawn';
import { isStepped } from '../../analysis/curve-estimate';
import type { ICurveMark } from '../../model';
import type { IEstimated } from './estimated';
import { noPoints, type IPlotLine } from './plot';

/** With fewer rows a point in the mean, what one says alone is all or nothing, and would cover the plot. */
const RAW_LEAST_ROWS = 4;

/** What is in view. */
export interface IView {
  readonly from: number;
  readonly to: number;
  /** Pixels. */
  readonly width: number;
}

/** A line as the plot draws it. */
export function plotLine(
  one: IEstimated,
  marks: readonly ICurveMark[],
  hasBand: boolean,
  { from, to, width }: IView
): IPlotLine {
  const { line, estimate, axis, baseline, key, name, look } = one;
  const length = Math.min(axis.length, estimate.length);
  const range = { from, to };
  const cut = (y: Float64Array) => drawnLine(axis.x, y, length, range, width);
  const main = cut(estimate.value);
  const rows = line.points.at(length - 1, 'at') / Math.max(1, length);
  const at = (values: Float64Array): number[] =>
    Array.from(main.rows, row => values[row]!);
  return {
    key,
    name,
    look,
    isStep: baseline === null && isStepped(line),
    main,
    raw:
      baseline === null &&
      rows >= RAW_LEAST_ROWS &&
      (line.kind === 'online' || line.kind === 'batch')
        ? cut(estimate.raw)
        : null,
    band:
      hasBand && baseline === null
        ? { x: main.x, low: at(estimate.low), high: at(estimate.high) }
        : null,
    ...(baseline === null
      ? flagged(one, marks, length)
      : { inSample: [], repeats: noPoints(), retrains: [] })
  };
}

/** What of a line is marked: own training rows, repeats, retrainings. */
function flagged(
  { line, estimate, axis }: IEstimated,
  marks: readonly ICurveMark[],
  length: number
): Pick<IPlotLine, 'inSample' | 'repeats' | 'retrains'> {
  const { points } = line;
  const flags = points.column('flags');
  const inSample: [number, number][] = [];
  const x: number[] = [];
  const y: number[] = [];
  for (let row = 0; row < length; row++) {
    if (flags[row] === 0) {
      continue;
    }
    if (points.has(row, 'inSample')) {
      const last = inSample[inSample.length - 1];
      const before = row > 0 ? axis.x[row - 1]! : 0;
      if (last && last[1] === before) {
        last[1] = axis.x[row]!;
      } else {
        inSample.push([before, axis.x[row]!]);
      }
    }
    if (points.has(row, 'repeat')) {
      x.push(axis.x[row]!);
      y.push(estimate.value[row]!);
    }
  }
  return {
    inSample,
    repeats: { x, y },
    retrains: marks
      .filter(mark => mark.kind === 'retrain' && mark.line === line.id)
      .map(mark => placeOf([{ line, axis }], mark.start))
      .filter(place => !Number.isNaN(place))
  };
}

/**
 * Where so many examples are on the axis: at the first point of the first line that had scored as many.
 *
 * @param examples - null = not known.
 * @returns NaN where it is not known; the place of the last point for what is still to come.
 */
export function placeOf(
  lines: readonly Pick<IEstimated, 'line' | 'axis'>[],
  examples: number | null
): number {
  const [first] = lines;
  if (examples === null || !first) {
    return NaN;
  }
  const { axis, line } = first;
  if (axis.axis === 'examples') {
    return examples;
  }
  const at = line.points.column('at');
  let low = 0;
  let high = axis.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle]! < examples) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return axis.x[Math.min(low, axis.length - 1)] ?? NaN;
}
