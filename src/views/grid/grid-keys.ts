/** A cell; row -1 is the header. */
export interface ICursor {
  readonly row: number;
  readonly column: number;
}

/** What a grid is like when a key is pressed. */
export interface IGridShape {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit into view. */
  readonly page: number;
}

/** The keys that were held down with it. */
export interface IKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/**
 * Where a key leads from a cell: the grid pattern of the ARIA Authoring
 * Practices. Null for a key that leads nowhere.
 */
export function move(
  from: ICursor,
  { key, ctrlKey, metaKey }: IKey,
  { rows, columns, page }: IGridShape
): ICursor | null {
  const whole = ctrlKey || metaKey;
  const to = (row: number, column: number): ICursor => ({
    row: Math.max(-1, Math.min(row, rows - 1)),
    column: Math.max(0, Math.min(column, columns - 1))
  });
  switch (key) {
    case 'ArrowUp':
      return to(from.row - 1, from.column);
    case 'ArrowDown':
      return to(from.row + 1, from.column);
    case 'ArrowLeft':
      return to(from.row, from.column - 1);
    case 'ArrowRight':
      return to(from.row, from.column + 1);
    case 'PageUp':
      return to(Math.max(0, from.row - page), from.column);
    case 'PageDown':
      return to(from.row + page, from.column);
    case 'Home':
      return to(whole ? 0 : from.row, 0);
    case 'End':
      return to(whole ? rows - 1 : from.row, columns - 1);
    default:
      return null;
  }
}
