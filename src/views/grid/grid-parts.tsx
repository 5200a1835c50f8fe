import type { ComponentChild } from 'preact';
import type { ITerm } from '../timeline/terms';
import type { ICursor } from './grid-keys';

/** A column of a grid. */
export interface IGridColumn {
  readonly key: string;
  /** What its head says and means; see `IGridProps.onExplain`. */
  readonly term: ITerm;
  /** In multiples of the font size. */
  readonly width: number;
  /** Figures stand at the end, so that their digits line up. */
  readonly isNumber?: boolean;
  /** Takes what width is left over. */
  readonly grows?: boolean;
  readonly sortable?: boolean;
  /** What a cell holds, by the position of its row. */
  cell(position: number): ComponentChild;
  /** More classes for a cell. */
  cellClass?(position: number): string;
  /** The whole text of a cell that may be cut off. */
  cellTitle?(position: number): string | undefined;
}

/** The cell that keys move from. */
export interface IGridCursor extends ICursor {
  /** Of its node, for `aria-activedescendant`. */
  readonly id: string;
  /** Whether it is to be seen: the grid has the focus. */
  readonly isShown: boolean;
}

interface ICellsProps {
  readonly columns: readonly IGridColumn[];
  readonly cursor: IGridCursor;
}

function isAt(cursor: IGridCursor, row: number, column: number): boolean {
  return cursor.row === row && cursor.column === column;
}

function cellClass(
  { columns, cursor }: ICellsProps,
  row: number,
  c: number
): string {
  const column = columns[c]!;
  const own = row >= 0 ? column.cellClass?.(row) : undefined;
  return (
    (column.isNumber ? 'jp-mod-number ' : '') +
    (cursor.isShown && isAt(cursor, row, c) ? 'jp-mod-cursor ' : '') +
    (own ?? '')
  );
}

/** The heads of the columns: row -1 of the keys, row 1 of the accessible table. */
export function GridHead(
  props: ICellsProps & { sortKey: string | null; isDescending: boolean }
): ComponentChild {
  const { columns, cursor, sortKey, isDescending } = props;
  return (
    <div class="jp-Sparkglass-grid-head" role="row" aria-rowindex={1}>
      {columns.map((column, c) => (
        <div
          key={column.key}
          id={isAt(cursor, -1, c) ? cursor.id : undefined}
          role="columnheader"
          class={cellClass(props, -1, c)}
          data-column={c}
          aria-colindex={c + 1}
          aria-description={`${column.term.what} ${column.term.good}`}
          aria-sort={
            column.key === sortKey
              ? isDescending
                ? 'descending'
                : 'ascending'
              : column.sortable
                ? 'none'
                : undefined
          }
        >
          {column.term.name}
        </div>
      ))}
    </div>
  );
}

/** One row. Its node is used for another position when that comes into view. */
export function GridRow(
  props: ICellsProps & {
    position: number;
    /** Where it is drawn, px from the top of the body. */
    top: number;
    className: string;
    isSelected: boolean;
  }
): ComponentChild {
  const { position, top, columns, cursor, className, isSelected } = props;
  return (
    <div
      role="row"
      class={`jp-Sparkglass-grid-row ${className}`}
      aria-rowindex={position + 2}
      aria-selected={isSelected}
      data-row={position}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((column, c) => (
        <div
          key={column.key}
          id={isAt(cursor, position, c) ? cursor.id : undefined}
          role="gridcell"
          class={cellClass(props, position, c)}
          aria-colindex={c + 1}
          title={column.cellTitle?.(position)}
        >
          {column.cell(position)}
        </div>
      ))}
    </div>
  );
}
