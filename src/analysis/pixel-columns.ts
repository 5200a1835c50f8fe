// From range to what a view draws (4): many values on few pixels, without losing the largest.

/** What stands on each pixel column. */
export interface IPixelColumns {
  readonly max: Float64Array;
  readonly mean: Float64Array;
}

/** The values that a pixel column shows: `from` up to but not with `to`. */
export function columnRange(
  range: { readonly from: number; readonly to: number },
  columns: number,
  column: number,
  count: number
): { from: number; to: number } {
  const span = range.to - range.from;
  const from = Math.floor(range.from + (column * span) / columns);
  const to = Math.floor(range.from + ((column + 1) * span) / columns);
  return {
    from: Math.max(0, Math.min(count, from)),
    // Every column shows something, also where values are wider than pixels.
    to: Math.max(0, Math.min(count, Math.max(to, from + 1)))
  };
}

/**
 * The largest value and the mean of the values on each pixel column.
 *
 * @param order - in which the values stand from left to right; null for their own.
 * @param range - which places are shown, from the first column to the last.
 */
export function pixelColumns(
  values: Float64Array,
  order: Int32Array | null,
  range: { readonly from: number; readonly to: number },
  columns: number
): IPixelColumns {
  const max = new Float64Array(columns);
  const mean = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    const { from, to } = columnRange(range, columns, column, values.length);
    let most = 0;
    let sum = 0;
    for (let place = from; place < to; place++) {
      const value = values[order ? order[place]! : place]!;
      most = value > most ? value : most;
      sum += value;
    }
    max[column] = most;
    mean[column] = to > from ? sum / (to - from) : 0;
  }
  return { max, mean };
}
