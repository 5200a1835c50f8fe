import type { BatchTable } from '../../model';

/** Rows that a chart draws at most: more have no pixels of their own, and would cost their time with every batch that comes. */
const MOST_DRAWN = 512;

/** What charts draw of a table of batches. */
export interface IDrawnBatches {
  /** Made anew each time it is asked for. */
  table(): BatchTable;
  /** The row of the whole table that a drawn one stands for: the batch of those in it that took longest. */
  rowOf(drawn: number): number;
}

/** Lay neighbouring batches together until there are few enough to draw: 2, 4, 8, … of them, so that bars seldom change their places. */
export function drawnBatches(batches: BatchTable): IDrawnBatches {
  let size = 1;
  while (batches.length / size > MOST_DRAWN) {
    size *= 2;
  }
  return {
    table: () => (size === 1 ? batches : batches.grouped(size)),
    rowOf: drawn => {
      let longest = drawn * size;
      for (
        let row = longest;
        row < Math.min(batches.length, (drawn + 1) * size);
        row++
      ) {
        if (batches.at(row, 'durationMs') > batches.at(longest, 'durationMs')) {
          longest = row;
        }
      }
      return longest;
    }
  };
}
