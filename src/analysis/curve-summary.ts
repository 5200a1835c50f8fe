// A range (3) of a line's raw sums: fewer points that add up to the same.
import type { CurveLine } from '../model';
import { isSmoothed } from './curve-estimate';

/** Points of a line, some of which stand for several. */
export interface ISummaryPoints {
  /** Their rows; of those that stand for several, the last. */
  readonly rows: Int32Array;
  readonly examples: Float64Array;
  readonly lossSum: Float64Array;
  readonly lossSquares: Float64Array;
  readonly pythonCpuNs: Float64Array;
}

/**
 * At most so many points of a line: of each run of neighbours the one that lost least in the mean, the one that lost most, and the last, to which the
 * others are added. All sums stay what they are, and so does each extreme; an estimate that forgets becomes an approximation.
 *
 * In-sample points, repeats and gaps are never added to others, and no points of lines whose points are whole measures each, such as a probe's: of
 * these, others are left out.
 */
export function summaryPoints(line: CurveLine, most: number): ISummaryPoints {
  const { length } = line.points;
  let size = length <= most ? 1 : Math.ceil((3 * length) / most);
  for (;;) {
    const kept = grouped(line, size);
    if (kept.rows.length <= most || size >= length) {
      return kept;
    }
    // Many kinds of points side by side.
    size *= 2;
  }
}

function grouped(line: CurveLine, size: number): ISummaryPoints {
  const { points } = line;
  const { length } = points;
  const examples = points.column('examples');
  const lossSum = points.column('lossSum');
  const kinds = kindsOf(line);
  /** The row to which each row is added. */
  const into = new Int32Array(length);
  for (let from = 0; from < length; from += size) {
    const to = Math.min(length, from + size);
    const lasts = new Map<number, number>();
    let [least, most] = [-1, -1];
    for (let row = from; row < to; row++) {
      lasts.set(kinds[row]!, row);
      if (examples[row]! > 0) {
        const mean = lossSum[row]! / examples[row]!;
        least =
          least < 0 || mean < lossSum[least]! / examples[least]! ? row : least;
        most = most < 0 || mean > lossSum[most]! / examples[most]! ? row : most;
      }
    }
    for (let row = from; row < to; row++) {
      into[row] = row === least || row === most ? row : lasts.get(kinds[row]!)!;
    }
  }
  const rows = into.filter((target, row) => target === row);
  const place = new Int32Array(length);
  rows.forEach((row, i) => {
    place[row] = i;
  });
  const adds = isSmoothed(line);
  const total = (
    name: 'examples' | 'lossSum' | 'lossSquares' | 'pythonCpuNs'
  ): Float64Array => {
    const values = points.column(name);
    const sums = new Float64Array(rows.length);
    for (let row = 0; row < length; row++) {
      if (adds || into[row] === row) {
        sums[place[into[row]!]!]! += values[row]!;
      }
    }
    return sums;
  };
  return {
    rows,
    examples: total('examples'),
    lossSum: total('lossSum'),
    lossSquares: total('lossSquares'),
    pythonCpuNs: total('pythonCpuNs')
  };
}

/** A number for each kind of points: only points of one kind are added up. */
function kindsOf(line: CurveLine): Float64Array {
  const { points } = line;
  const examples = points.column('examples');
  const lossSum = points.column('lossSum');
  const flags = points.column('flags');
  const origins = points.column('origin');
  const kinds = new Float64Array(points.length);
  for (let row = 0; row < points.length; row++) {
    const isGap = examples[row] === 0 || Number.isNaN(lossSum[row]!);
    kinds[row] = flags[row]! + (isGap ? 4 : 0) + 8 * origins[row]!;
  }
  return kinds;
}
