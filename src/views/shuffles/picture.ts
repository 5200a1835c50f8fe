import type { ICells } from '../../analysis/matrix-pixels';
import type { ReadSpec } from '../../analysis/shuffle-outcome';
import { CanvasRenderer } from '../../draw/canvas-renderer';
import { pixelRatio } from '../../draw/pixel-ratio';
import type { IRenderer } from '../../draw/renderer';
import { setPainter } from '../../draw/repaint';
import type { ITheme } from '../../draw/theme';
import type { ITranslation } from '../../draw/words';
import type { IShuffle } from '../../model';
import { Layers } from '../layers';
import { layOutMatrix, type IMatrixView } from './layout';
import { drawMatrix, sideLabels, type IMatrixState } from './scene';
import { Shades } from './shades';

/** A cell of the matrix. */
export interface ICell {
  readonly row: number;
  readonly column: number;
}

/** What is drawn of a shuffle. */
export interface IMatrixData {
  readonly shuffle: IShuffle;
  readonly cells: ICells;
  readonly view: IMatrixView;
  readonly specs: readonly ReadSpec[] | null;
}

/** Height of the legend, CSS pixels beside the font. */
const LEGEND_PX = 14;

/** The matrix of a shuffle on a canvas, on another above it what is pointed at, and its legend on a third. */
export class MatrixPicture {
  readonly node = document.createElement('div');
  readonly legend = document.createElement('canvas');
  private readonly layers: Layers;
  private readonly legendRenderer = new CanvasRenderer(this.legend);
  private state: IMatrixState | null = null;
  private shaded: { cells: ICells; theme: ITheme; shades: Shades } | null =
    null;
  private cross: ICell | null = null;

  constructor(private readonly trans: ITranslation) {
    this.node.className = 'jp-Sparkglass-matrix';
    this.layers = new Layers(
      this.node,
      trans.__(
        'Sizes by map task and reducer. Arrow keys go from cell to cell, Shift and arrows move, plus and minus zoom, 0 shows everything, Enter chooses the map task, Escape clears.'
      ),
      {
        base: renderer => this.state && drawMatrix(renderer, this.state),
        top: renderer => this.drawCross(renderer)
      }
    );
    this.legend.setAttribute('role', 'img');
    this.legend.setAttribute('aria-label', trans.__('Size of a cell'));
    setPainter(this.legend, renderer => {
      const { shaded } = this;
      shaded?.shades.drawLegend(renderer, shaded.theme);
    });
  }

  /** Name the picture: its verdict. */
  setName(name: string): void {
    this.layers.setName(name);
  }

  /** Draw what stays, in so many CSS pixels. */
  draw(data: IMatrixData, width: number, height: number, theme: ITheme): void {
    const { shuffle, cells, view, specs } = data;
    const { trans } = this;
    const layout = layOutMatrix({
      width,
      height,
      fontPx: theme.fontSmallPx,
      labelWidth: Math.max(
        ...sideLabels(shuffle, cells, trans).map(words =>
          this.layers.base.measure(words, theme.fontSmall)
        )
      ),
      hasRuler: specs !== null,
      view
    });
    this.layers.resize(width, height);
    const shades = this.shadesOf(cells, theme);
    this.state = { shuffle, cells, view, layout, shades, specs, theme, trans };
    drawMatrix(this.layers.base, this.state);
    this.drawCross(this.layers.top);
  }

  /** Draw the legend, in so many CSS pixels. */
  drawLegend(width: number): void {
    if (this.shaded) {
      const { shades, theme } = this.shaded;
      this.legendRenderer.resize(
        width,
        LEGEND_PX + theme.fontSmallPx,
        pixelRatio(window)
      );
      shades.drawLegend(this.legendRenderer, theme);
    }
  }

  /** Point at a cell, or at none. */
  point(cell: ICell | null): void {
    this.cross = cell;
    this.drawCross(this.layers.top);
  }

  private shadesOf(cells: ICells, theme: ITheme): Shades {
    if (this.shaded?.cells !== cells || this.shaded.theme !== theme) {
      let [least, most] = [255, 0];
      for (const value of cells.values) {
        if (value > 0) {
          least = value < least ? value : least;
          most = value > most ? value : most;
        }
      }
      const shades = new Shades(theme, Math.min(least, most), most);
      this.shaded = { cells, theme, shades };
    }
    return this.shaded.shades;
  }

  private drawCross(renderer: IRenderer): void {
    renderer.clear();
    const { state, cross } = this;
    if (!state || !cross) {
      return;
    }
    const { layout, theme } = state;
    const { left, top, width, height } = layout;
    const { x, y, w, h } = this.boxOf(cross)!;
    const ink = theme.ink.css;
    const beside = layout.rowTotals.left + layout.rowTotals.length - left;
    const below = layout.columnTotals.top + layout.columnTotals.length - top;
    renderer.clip(left, top, beside, below);
    // Lines along the edges of the row and the column, and round the cell.
    renderer.outline(left, y - 1, beside, h + 2, ink);
    renderer.outline(x - 1, top, w + 2, below, ink);
    renderer.unclip();
    renderer.clip(left - 2, top - 2, width + 4, height + 4);
    renderer.outline(x - 1, y - 1, w + 2, h + 2, theme.accent.css, 2);
    renderer.unclip();
  }

  private boxOf(
    cell: ICell
  ): { x: number; y: number; w: number; h: number } | null {
    const { state } = this;
    if (!state) {
      return null;
    }
    const { layout, view } = state;
    return {
      x: layout.left + (cell.column - view.columns.from) * layout.cellWidth,
      y: layout.top + (cell.row - view.rows.from) * layout.cellHeight,
      w: Math.max(1, layout.cellWidth),
      h: Math.max(1, layout.cellHeight)
    };
  }

  /** Which cell lies at a pixel: with fractions, also outside of the matrix. */
  placeAt(x: number, y: number): { row: number; column: number } {
    const { state } = this;
    return state
      ? {
          row:
            state.view.rows.from +
            (y - state.layout.top) / state.layout.cellHeight,
          column:
            state.view.columns.from +
            (x - state.layout.left) / state.layout.cellWidth
        }
      : { row: 0, column: 0 };
  }

  /** The cell at a pixel; null beside the matrix. */
  cellAt(x: number, y: number): ICell | null {
    const { state } = this;
    if (!state) {
      return null;
    }
    const { left, top, width, height } = state.layout;
    const isIn = x >= left && x < left + width && y >= top && y < top + height;
    const place = this.placeAt(x, y);
    return isIn
      ? {
          row: Math.min(state.cells.rows - 1, Math.floor(place.row)),
          column: Math.min(state.cells.columns - 1, Math.floor(place.column))
        }
      : null;
  }

  /** How many cells so many pixels are. */
  cellsIn(right: number, down: number): { rows: number; columns: number } {
    const { state } = this;
    return state
      ? {
          rows: down / state.layout.cellHeight,
          columns: right / state.layout.cellWidth
        }
      : { rows: 0, columns: 0 };
  }

  /** Where a cell is, in pixels of the window. */
  pointOf(cell: ICell): { x: number; y: number } {
    const box = this.node.getBoundingClientRect();
    const place = this.boxOf(cell);
    return place
      ? { x: box.left + place.x + place.w, y: box.top + place.y + place.h }
      : { x: box.left, y: box.top };
  }
}
