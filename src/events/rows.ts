import { COLUMN_COUNT } from './columns';
import type { ISqlUpdates } from './sql-updates';

/**
 * Task rows as a struct of arrays. `columns[Column.x][row]`; a `null` column is 0 in every row.
 */
export interface ITaskRows {
  /** How many rows. */
  readonly length: number;
  /** `COLUMN_COUNT` entries; an array may be longer than `length`. */
  readonly columns: ReadonlyArray<Float64Array | null>;
  /** What these tasks added to SQL metrics; missing where a source has none of it. */
  readonly sql?: ISqlUpdates | null;
}

/**
 * One value of a row.
 *
 * @param column - a value of `Column`.
 * @returns 0 for a `null` column.
 */
export function valueAt(rows: ITaskRows, column: number, row: number): number {
  return rows.columns[column]?.[row] ?? 0;
}

/**
 * Rows given one by one as objects or arrays, as columns: for readers of other formats and for tests.
 *
 * @param rows - each a list of `COLUMN_COUNT` numbers.
 */
export function rowsFrom(rows: readonly ArrayLike<number>[]): ITaskRows {
  const columns: (Float64Array | null)[] = [];
  for (let column = 0; column < COLUMN_COUNT; column++) {
    let values: Float64Array | null = null;
    for (let row = 0; row < rows.length; row++) {
      const value = rows[row]![column] ?? 0;
      if (value !== 0) {
        values ??= new Float64Array(rows.length);
        values[row] = value;
      }
    }
    columns.push(values);
  }
  return { length: rows.length, columns };
}
