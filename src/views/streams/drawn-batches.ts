import { BatchTable } from '../../model';

/** Rows that a chart draws at most: more have no pixels of their own, and would cost their time with every batch that comes. */
const MOST_DRAWN = 512;

/** What charts draw of a table of batches: neighbours laid together until there are few enough. */
export class DrawnBatches {
  constructor(readonly whole: BatchTable) {}

  /** What is to be drawn now: the same table as before where it has only grown, so that {@link BatchTable.changedSince} tells what is new. */
  table(): BatchTable {
    const { whole } = this;
    const size = this.size();
    if (size === 1) {
      return whole;
    }
    if (size !== this.groupedBy) {
      this.grouped = new BatchTable();
      this.groupedBy = size;
      this.revision = -1;
    }
    if (whole.revision !== this.revision) {
      const from = Math.floor(whole.changedSince(this.revision) / size);
      this.grouped.group(whole, size, from);
      this.revision = whole.revision;
    }
    return this.grouped;
  }

  /** The row of the whole table that a drawn one stands for: the batch of those in it that took longest. */
  rowOf(drawn: number): number {
    const { whole } = this;
    const size = this.size();
    let longest = drawn * size;
    for (
      let row = longest;
      row < Math.min(whole.length, (drawn + 1) * size);
      row++
    ) {
      if (whole.at(row, 'durationMs') > whole.at(longest, 'durationMs')) {
        longest = row;
      }
    }
    return longest;
  }

  /** How many are drawn as one: 1, 2, 4, 8, …, so that bars seldom change their places. */
  private size(): number {
    let size = 1;
    while (this.whole.length / size > MOST_DRAWN) {
      size *= 2;
    }
    return size;
  }

  private grouped = new BatchTable();
  private groupedBy = 1;
  /** Of the whole table, when it was grouped last. */
  private revision = -1;
}
