// From range to what a view draws (4): the cells of a matrix on pixels, without losing the largest.

/** Cells as rows of bytes. */
export interface ICells {
  readonly rows: number;
  readonly columns: number;
  /** Row after row. */
  readonly values: Uint8Array;
}

/** A stretch of rows or columns; ends may lie within a cell. */
export interface IStretch {
  readonly from: number;
  readonly to: number;
}

/** Which cells each of some pixels shows: `starts[p]` up to but not with `ends[p]`, at least one. */
export interface ICellRuns {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Lay cells on pixels. */
export function cellRuns(
  stretch: IStretch,
  pixels: number,
  cells: number
): ICellRuns {
  const starts = new Int32Array(pixels);
  const ends = new Int32Array(pixels);
  const perPixel = (stretch.to - stretch.from) / pixels;
  for (let p = 0; p < pixels; p++) {
    // A cell belongs to the pixel in which it begins, so that each is on one pixel only.
    const from = stretch.from + p * perPixel;
    const start =
      perPixel > 1 ? Math.ceil(from - 1e-9) : Math.floor(from + perPixel / 2);
    const end = perPixel > 1 ? Math.ceil(from + perPixel - 1e-9) : start + 1;
    starts[p] = Math.max(0, Math.min(cells - 1, start));
    ends[p] = Math.max(starts[p]! + 1, Math.min(cells, end));
  }
  return { starts, ends };
}

/**
 * The largest cell on each pixel.
 *
 * @param into - one byte a pixel, row after row.
 */
export function largestOnPixels(
  cells: ICells,
  rows: ICellRuns,
  columns: ICellRuns,
  into: Uint8Array
): void {
  const width = columns.starts.length;
  const { values } = cells;
  for (let y = 0; y < rows.starts.length; y++) {
    const line = y * width;
    const [top, bottom] = [rows.starts[y]!, rows.ends[y]!];
    for (let x = 0; x < width; x++) {
      const [left, right] = [columns.starts[x]!, columns.ends[x]!];
      let most = 0;
      for (let row = top; row < bottom; row++) {
        const at = row * cells.columns;
        for (let column = left; column < right; column++) {
          const value = values[at + column]!;
          most = value > most ? value : most;
        }
      }
      into[line + x] = most;
    }
  }
}
