/** What lasts from a moment to another: ms since 1970. */
interface ILasting {
  readonly from: number;
  readonly to: number;
}

/**
 * Put what lasts into as few rows as possible, so that none overlaps another in its row; what does not fit lies on the last row.
 *
 * @param bands - by start.
 */
export function inRows<T extends ILasting>(
  bands: readonly T[],
  mostRows: number
): (T & { readonly row: number })[] {
  const ends: number[] = [];
  return bands.map(band => {
    let row = ends.findIndex(end => end <= band.from);
    if (row < 0) {
      row = Math.min(ends.length, mostRows - 1);
    }
    ends[row] = Math.max(ends[row] ?? -Infinity, band.to);
    return { ...band, row };
  });
}
