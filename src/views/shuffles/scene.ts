import {
  cellRuns,
  largestOnPixels,
  type ICells,
  type IStretch
} from '../../analysis/matrix-pixels';
import type { ReadSpec } from '../../analysis/shuffle-outcome';
import { runOfSlot } from '../../analysis/shuffle-sizes';
import type { IRowBands } from '../../draw/hit-test';
import type { IRenderer } from '../../draw/renderer';
import type { ITheme } from '../../draw/theme';
import type { ITranslation } from '../../draw/words';
import type { IShuffle } from '../../model';
import type { IMatrixLayout, IMatrixView } from './layout';
import type { Shades } from './shades';
import { runWords } from './words';

/** What the picture of a shuffle shows. */
export interface IMatrixState {
  readonly shuffle: IShuffle;
  readonly cells: ICells;
  readonly view: IMatrixView;
  readonly layout: IMatrixLayout;
  readonly shades: Shades;
  readonly specs: readonly ReadSpec[] | null;
  readonly theme: ITheme;
  readonly trans: ITranslation;
}

/** Draw the matrix, its totals and its labels. */
export function drawMatrix(renderer: IRenderer, state: IMatrixState): void {
  renderer.clear();
  drawCells(renderer, state);
  drawRowTotals(renderer, state);
  drawColumnTotals(renderer, state);
  drawRuler(renderer, state);
  drawLabels(renderer, state);
}

/** The longest of what may stand left of the matrix. */
export function sideLabels(
  shuffle: IShuffle,
  cells: ICells,
  trans: ITranslation
): readonly string[] {
  const map = (cell: number): string =>
    runWords(runOfSlot(cell, cells.rows, shuffle.maps));
  return [
    trans.__('map %1', map(0)),
    map(cells.rows - 1),
    trans.__('received')
  ];
}

/** Cells that are this large stand apart, CSS pixels. */
const APART = 4;

function drawCells(renderer: IRenderer, state: IMatrixState): void {
  const { cells, view, layout, shades, theme } = state;
  const { ratio } = renderer;
  const { left, top, width, height, cellWidth, cellHeight } = layout;
  const across = Math.max(1, Math.round(width * ratio));
  const columns = cellRuns(view.columns, across, cells.columns);
  // Rows that are high enough are bands of their own; others share pixels.
  const isApart = cellHeight >= 1;
  const first = Math.floor(view.rows.from);
  const bands: IRowBands = isApart
    ? {
        top: top + (first - view.rows.from) * cellHeight,
        pitch: cellHeight,
        count: Math.min(cells.rows, Math.ceil(view.rows.to)) - first
      }
    : {
        top,
        pitch: 1 / ratio,
        count: Math.max(1, Math.round(height * ratio))
      };
  const rows = isApart
    ? cellRuns(
        { from: first, to: first + bands.count },
        bands.count,
        cells.rows
      )
    : cellRuns(view.rows, bands.count, cells.rows);
  const sizes = new Uint8Array(across * bands.count);
  largestOnPixels(cells, rows, columns, sizes);
  const pixels = new Uint32Array(sizes.length);
  for (let i = 0; i < sizes.length; i++) {
    pixels[i] = shades.words[sizes[i]!]!;
  }
  if (cellWidth >= APART) {
    const gap = Math.max(1, Math.round(theme.gap * ratio));
    for (let x = 0; x < across; x++) {
      if (columns.starts[Math.min(across - 1, x + gap)] !== columns.starts[x]) {
        for (let i = x; i < pixels.length; i += across) {
          pixels[i] = 0;
        }
      }
    }
  }
  renderer.clip(left, top, width, height);
  renderer.pixelRows(
    pixels,
    across,
    left,
    bands,
    isApart && cellHeight >= APART ? theme.gap : 0
  );
  renderer.unclip();
  // An empty matrix, and an empty cell, are still seen to be there.
  renderer.outline(left, top, width, height, theme.border.css);
}

/** The stretch of some slots that lies beside a stretch of cells. */
function stretchOf(cells: IStretch, count: number, slots: number): IStretch {
  return {
    from: (cells.from * slots) / count,
    to: (cells.to * slots) / count
  };
}

function totals(
  values: readonly number[],
  stretch: IStretch,
  pixels: number,
  draw: (at: number, width: number, share: number) => void
): void {
  const most = values.reduce((max, value) => Math.max(max, value), 0);
  const pitch = pixels / (stretch.to - stretch.from);
  if (most <= 0) {
    return;
  }
  if (pitch >= 1) {
    const last = Math.min(values.length, Math.ceil(stretch.to));
    for (let slot = Math.floor(stretch.from); slot < last; slot++) {
      const at = Math.max(0, (slot - stretch.from) * pitch);
      const end = Math.min(pixels, (slot + 1 - stretch.from) * pitch);
      draw(at, end - at, values[slot]! / most);
    }
    return;
  }
  const across = Math.max(1, Math.round(pixels));
  const runs = cellRuns(stretch, across, values.length);
  for (let at = 0; at < across; at++) {
    let largest = 0;
    for (let slot = runs.starts[at]!; slot < runs.ends[at]!; slot++) {
      largest = Math.max(largest, values[slot]!);
    }
    draw(at, 1, largest / most);
  }
}

function drawRowTotals(renderer: IRenderer, state: IMatrixState): void {
  const { shuffle, view, cells, layout, theme } = state;
  const { mapSizesBytes: sizes } = shuffle;
  const stretch = stretchOf(view.rows, cells.rows, sizes.length);
  const { left, length } = layout.rowTotals;
  totals(sizes, stretch, layout.height, (y, h, share) => {
    const gap = h >= APART ? theme.gap : 0;
    renderer.fill(
      left,
      layout.top + y,
      Math.max(share > 0 ? 1 : 0, share * length),
      h - gap,
      theme.phases['shuffle-write'].css
    );
  });
}

function drawColumnTotals(renderer: IRenderer, state: IMatrixState): void {
  const { shuffle, view, cells, layout, theme } = state;
  const { reduceSizesBytes: sizes } = shuffle;
  const stretch = stretchOf(view.columns, cells.columns, sizes.length);
  const { top, length } = layout.columnTotals;
  totals(sizes, stretch, layout.width, (x, w, share) => {
    const gap = w >= APART ? theme.gap : 0;
    renderer.fill(
      layout.left + x,
      top,
      w - gap,
      Math.max(share > 0 ? 1 : 0, share * length),
      theme.phases['shuffle-read'].css
    );
  });
}

/** Which reducers one task read together, and which were split among several. */
function drawRuler(renderer: IRenderer, state: IMatrixState): void {
  const { shuffle, view, cells, layout, specs, theme } = state;
  if (!specs || layout.ruler.height === 0) {
    return;
  }
  const { left, width } = layout;
  const stretch = stretchOf(view.columns, cells.columns, shuffle.reducers);
  const pitch = width / (stretch.to - stretch.from);
  const box = (from: number, to: number, colour: string): void => {
    const x = Math.max(left, left + (from - stretch.from) * pitch);
    const end = Math.min(left + width, left + (to - stretch.from) * pitch);
    if (end > left && x < left + width) {
      const w = Math.max(1, end - x - 1);
      renderer.fill(x, layout.ruler.top, w, layout.ruler.height, colour);
    }
  };
  const parts = new Map<number, number>();
  for (const spec of specs) {
    if (spec.kind === 'partial') {
      parts.set(spec.reducer, (parts.get(spec.reducer) ?? 0) + 1);
    } else {
      box(spec.from, spec.to, theme.inkSoft.css);
    }
  }
  for (const [reducer, count] of parts) {
    for (let part = 0; part < count; part++) {
      box(
        reducer + part / count,
        reducer + (part + 1) / count,
        theme.accent.css
      );
    }
  }
}

function drawLabels(renderer: IRenderer, state: IMatrixState): void {
  const { shuffle, view, cells, layout, theme, trans } = state;
  const style = { font: theme.fontSmall, colour: theme.inkSoft.css };
  const { left, top, width, height } = layout;
  const map = (cell: number): string =>
    runWords(runOfSlot(cell, cells.rows, shuffle.maps));
  const reducer = (cell: number): string =>
    runWords(runOfSlot(cell, cells.columns, shuffle.reducers));
  const first = Math.floor(view.rows.from);
  const last = Math.min(cells.rows, Math.ceil(view.rows.to)) - 1;
  const high = theme.fontSmallPx;
  const at = { ...style, align: 'right' as const, maxWidth: left - 2 };
  renderer.text(
    trans.__('map %1', map(first)),
    left - 4,
    top + high / 2 + 1,
    at
  );
  if (last > first && height >= 2.2 * high) {
    renderer.text(map(last), left - 4, top + height - high / 2 - 1, at);
  }
  // What the totals are.
  const below = layout.columnTotals.top + high / 2;
  renderer.text(trans.__('received'), left - 4, below, at);
  renderer.text(trans.__('sent'), layout.rowTotals.left, below, style);
  const start = Math.floor(view.columns.from);
  const end = Math.min(cells.columns, Math.ceil(view.columns.to)) - 1;
  const words = trans.__('reducer %1', reducer(start));
  renderer.text(words, left, layout.labels, style);
  const room = width - renderer.measure(words, theme.fontSmall) - 8;
  if (end > start && renderer.measure(reducer(end), theme.fontSmall) < room) {
    renderer.text(reducer(end), left + width, layout.labels, {
      ...style,
      align: 'right'
    });
  }
}
