import type { IStretch } from '../../analysis/matrix-pixels';

/** Bars of totals, CSS pixels: how far those of a row and of a column reach at most. */
const ROW_TOTALS_PX = 64;
const COLUMN_TOTALS_PX = 26;
/** A cell is never larger: few cells do not fill the room. */
const WIDEST_CELL = 96;
const HIGHEST_CELL = 28;
/** Height of the ruler that shows what adaptive execution made of the reducers. */
const RULER_PX = 6;
const SPACE = 4;

/** Which cells are shown. */
export interface IMatrixView {
  readonly rows: IStretch;
  readonly columns: IStretch;
}

/** What a layout depends on. All lengths are CSS pixels. */
export interface IMatrixRoom {
  readonly width: number;
  readonly height: number;
  readonly fontPx: number;
  readonly labelWidth: number;
  readonly hasRuler: boolean;
  readonly view: IMatrixView;
}

/** Where the parts of the picture are. */
export interface IMatrixLayout {
  readonly left: number;
  readonly top: number;
  /** Of all cells shown. */
  readonly width: number;
  readonly height: number;
  /** Of one cell. */
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly rowTotals: { readonly left: number; readonly length: number };
  readonly columnTotals: { readonly top: number; readonly length: number };
  readonly ruler: { readonly top: number; readonly height: number };
  /** Middle of the labels below. */
  readonly labels: number;
}

/** Lay out a matrix with its totals. */
export function layOutMatrix(room: IMatrixRoom): IMatrixLayout {
  const { view, fontPx } = room;
  const left = Math.ceil(room.labelWidth) + SPACE;
  const ruler = room.hasRuler ? RULER_PX + SPACE : 0;
  const below = COLUMN_TOTALS_PX + ruler + fontPx + 2 * SPACE;
  const wide = Math.max(1, room.width - left - ROW_TOTALS_PX - SPACE);
  const high = Math.max(1, room.height - below);
  const cellWidth = Math.min(
    WIDEST_CELL,
    wide / (view.columns.to - view.columns.from)
  );
  const cellHeight = Math.min(
    HIGHEST_CELL,
    high / (view.rows.to - view.rows.from)
  );
  const width = cellWidth * (view.columns.to - view.columns.from);
  const height = cellHeight * (view.rows.to - view.rows.from);
  const totals = height + SPACE;
  return {
    left,
    top: 0,
    width,
    height,
    cellWidth,
    cellHeight,
    rowTotals: { left: left + width + SPACE, length: ROW_TOTALS_PX - SPACE },
    columnTotals: { top: totals, length: COLUMN_TOTALS_PX - SPACE },
    ruler: {
      top: totals + COLUMN_TOTALS_PX,
      height: room.hasRuler ? RULER_PX : 0
    },
    labels: totals + COLUMN_TOTALS_PX + ruler + fontPx / 2
  };
}
