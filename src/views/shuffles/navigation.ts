import type { ICells, IStretch } from '../../analysis/matrix-pixels';
import { isWhole } from '../../draw/time-scale';
import { clampStretch, panStretch, zoomStretch } from '../partitions/stretch';
import type { IMatrixView } from './layout';

/** Which cells of a matrix are shown: all of them until somebody zooms. */
export class MatrixNavigation {
  view: IMatrixView = { rows: { from: 0, to: 1 }, columns: { from: 0, to: 1 } };
  isFit = true;

  private rows: IStretch = { from: 0, to: 1 };
  private columns: IStretch = { from: 0, to: 1 };

  /** Say how many cells there are; another matrix is shown whole. */
  setCells(cells: ICells): void {
    const { rows, columns } = cells;
    if (rows !== this.rows.to || columns !== this.columns.to) {
      this.rows = { from: 0, to: rows };
      this.columns = { from: 0, to: columns };
      this.fit();
    }
  }

  /** Show everything. */
  fit(): void {
    this.view = { rows: this.rows, columns: this.columns };
    this.isFit = true;
  }

  /** Zoom about a place, which stays where it is on the screen; above 1 is nearer. */
  zoom(about: { row: number; column: number }, factor: number): void {
    const { view } = this;
    this.show({
      rows: zoomStretch(view.rows, about.row, factor, this.rows),
      columns: zoomStretch(view.columns, about.column, factor, this.columns)
    });
  }

  /** Zoom about the middle of what is shown. */
  zoomMiddle(factor: number): void {
    const { rows, columns } = this.view;
    const row = (rows.from + rows.to) / 2;
    this.zoom({ row, column: (columns.from + columns.to) / 2 }, factor);
  }

  /** Move by so many cells. */
  pan(by: { rows: number; columns: number }): void {
    if (!this.isFit) {
      this.show({
        rows: panStretch(this.view.rows, by.rows, this.rows),
        columns: panStretch(this.view.columns, by.columns, this.columns)
      });
    }
  }

  /** Move as little as it takes for a cell to be seen. */
  reveal(cell: { row: number; column: number }): void {
    const { rows, columns } = this.view;
    this.show({
      rows: within(rows, cell.row, this.rows),
      columns: within(columns, cell.column, this.columns)
    });
  }

  private show(view: IMatrixView): void {
    this.view = view;
    this.isFit =
      isWhole(view.rows, this.rows) && isWhole(view.columns, this.columns);
  }
}

function within(shown: IStretch, at: number, limits: IStretch): IStretch {
  const span = shown.to - shown.from;
  const from =
    at < shown.from
      ? at
      : at + 1 > shown.to
        ? Math.max(at + 1 - span, limits.from)
        : shown.from;
  return clampStretch({ from, to: from + span }, limits);
}
