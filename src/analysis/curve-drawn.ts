// What a view draws (4) of an estimate (2): at most four points a pixel column, whatever there are.

/** Points to draw from left to right; y is NaN where the line is interrupted. */
export interface IDrawnLine {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The row of each. */
  readonly rows: Int32Array;
}

/**
 * What to draw of a line: of each pixel column its first, lowest, highest and last point, in their order, and the gaps between them.
 *
 * Decimation comes after the estimator, so that a line's shape does not depend on how long it is or how wide the chart, and changes none of the
 * values. Where there are fewer points than that, it is all of them.
 *
 * @param x - where the points stand, never falling; `length` of them count.
 * @param y - the estimates.
 * @param range - what is in view; one point beyond each end is drawn too, so that the line leaves the picture.
 * @param width - pixel columns.
 */
export function drawnLine(
  x: Float64Array,
  y: Float64Array,
  length: number,
  range: { readonly from: number; readonly to: number },
  width: number
): IDrawnLine {
  const start = Math.max(0, firstFrom(x, length, range.from) - 1);
  const end = Math.min(length, firstFrom(x, length, range.to, true) + 1);
  const rows =
    end - start <= 4 * width
      ? Int32Array.from({ length: end - start }, (_, i) => start + i)
      : chosen(x, y, start, end, range, width);
  return {
    rows,
    x: Float64Array.from(rows, row => x[row]!),
    y: Float64Array.from(rows, row => y[row]!)
  };
}

/** The first place whose value is not below `value` (or, `above`, above it). */
export function firstFrom(
  x: Float64Array,
  length: number,
  value: number,
  above = false
): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle]! < value || (above && x[middle] === value)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

function chosen(
  x: Float64Array,
  y: Float64Array,
  start: number,
  end: number,
  range: { readonly from: number; readonly to: number },
  width: number
): Int32Array {
  const rows = new Int32Array(6 * (width + 2));
  const scale = width / (range.to - range.from || 1);
  let count = 0;
  for (let row = start; row < end;) {
    const column = Math.floor((x[row]! - range.from) * scale);
    // Where the next column begins: more than a comparison a row is too much for 1,000,000 of them.
    const edge = range.from + (column + 1) / scale;
    const first = row;
    let [least, most, gap] = [-1, -1, -1];
    let [low, high] = [Infinity, -Infinity];
    do {
      const value = y[row]!;
      if (value < low) {
        low = value;
        least = row;
      }
      if (value > high) {
        high = value;
        most = row;
      }
      if (Number.isNaN(value)) {
        gap = row;
      }
      row++;
    } while (row < end && x[row]! < edge);
    const last = row - 1;
    let before = -1;
    for (const one of [first, least, most, gap, last].sort((a, b) => a - b)) {
      if (one > before) {
        rows[count++] = before = one;
      }
    }
  }
  return rows.slice(0, count);
}
