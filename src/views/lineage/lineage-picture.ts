import type { IStep } from '../../analysis/lineage';
import { Reach, type IWeave } from '../../analysis/lineage-weave';
import { formatBytes, formatCount } from '../../draw/format';
import { Pattern, type IBarColumns, type IRenderer } from '../../draw/renderer';
import type { ITheme } from '../../draw/theme';
import { TimeScale } from '../../draw/time-scale';
import type { ITranslation } from '../../draw/words';
import { cellsOf, type ICell } from './lineage-cells';
import { cellFill, crossingColour, keptColour } from './lineage-colours';
import {
  CELL_PX,
  type ILineageLayout,
  type IPlacedStep
} from './lineage-layout';
import { drawThreads } from './lineage-threads';
import { cacheWords, partitionWords, stepName } from './lineage-words';

/** What is lit up, and where the keyboard or the pointer is. */
export interface ILight {
  /** By step and slot; null when nothing is lit. */
  readonly reach: readonly Uint8Array[] | null;
  readonly at: { readonly step: number; readonly slot: number } | null;
}

/** Draw a lineage: words on top, threads, and over their ends the partitions. */
export function drawLineage(
  renderer: IRenderer,
  woven: IWeave,
  layout: ILineageLayout,
  light: ILight,
  theme: ITheme,
  trans: ITranslation
): void {
  renderer.clear();
  drawThreads(renderer, woven, layout, light.reach, theme);
  woven.lineage.links.forEach((_, i) =>
    drawLinkWords(renderer, woven, i, layout, theme, trans)
  );
  for (const step of woven.lineage.steps) {
    const place = layout.steps[step.id]!;
    drawWords(renderer, woven, step, place, layout, theme, trans);
    const cells = cellsOf(woven, step.id);
    drawCells(renderer, cells, place, light.reach?.[step.id] ?? null, theme);
    if (light.at?.step === step.id && light.at.slot >= 0) {
      const y = place.cells + light.at.slot * place.pitch;
      renderer.outline(
        place.x - 2,
        y - 2,
        CELL_PX + 4,
        Math.max(5, place.pitch + 3),
        theme.ink.css,
        1.5
      );
    }
  }
}

function drawWords(
  renderer: IRenderer,
  woven: IWeave,
  step: IStep,
  place: IPlacedStep,
  layout: ILineageLayout,
  theme: ITheme,
  trans: ITranslation
): void {
  const { line } = layout;
  const middle = place.top + line / 2;
  const bold = `600 ${theme.fontSmall}`;
  const name = stepName(woven.lineage, step, trans);
  const soft = { font: theme.fontSmall, colour: theme.inkSoft.css };
  renderer.text(name, place.x, middle, {
    font: bold,
    colour: step.isReused ? theme.inkSoft.css : theme.ink.css,
    maxWidth: place.room
  });
  const count = partitionWords(step, trans);
  if (place.lines === 3) {
    renderer.text(count, place.x, middle + line, {
      ...soft,
      maxWidth: place.room
    });
  } else {
    const used = Math.min(place.room, renderer.measure(name, bold) + 8);
    const fits = renderer.measure(count, theme.fontSmall) <= place.room - used;
    const words = fits ? count : formatCount(step.partitions);
    renderer.text(words, place.x + used, middle, {
      ...soft,
      maxWidth: place.room - used
    });
  }
  const words = cacheWords(step, trans);
  if (words !== '') {
    const last = middle + (place.lines - 1) * line;
    drawCacheMark(renderer, step, place.x, last, theme);
    renderer.text(words, place.x + MARK_PX + 6, last, {
      font: theme.fontSmall,
      colour: theme.ink.css,
      maxWidth: place.room - MARK_PX - 6
    });
  }
}

const MARK_PX = 30;

/** How much is in memory (solid), on disk (hatched) and absent (a frame). */
function drawCacheMark(
  renderer: IRenderer,
  { cached }: IStep,
  x: number,
  middle: number,
  theme: ITheme
): void {
  const total = cached?.isKnown ? cached.places.length : 0;
  const ends = [
    total > 0 ? (cached!.inMemory / total) * MARK_PX : 0,
    total > 0 ? ((cached!.inMemory + cached!.onDisk) / total) * MARK_PX : 0
  ];
  const bars: IBarColumns = {
    count: total > 0 ? 2 : 0,
    starts: Float64Array.of(0, ends[0]!),
    ends: Float64Array.of(ends[0]!, ends[1]!),
    rows: new Uint16Array(2),
    fills: new Uint8Array(2),
    patterns: Uint8Array.of(Pattern.none, Pattern.killed)
  };
  renderer.bars(
    bars,
    placeOf(x, middle - 4, 8, MARK_PX, 1, 0),
    [keptColour(theme).css],
    inkOf(theme)
  );
  renderer.outline(x, middle - 4, MARK_PX, 8, theme.inkSoft.css);
}

function drawLinkWords(
  renderer: IRenderer,
  woven: IWeave,
  i: number,
  layout: ILineageLayout,
  theme: ITheme,
  trans: ITranslation
): void {
  const link = woven.lineage.links[i]!;
  const from = woven.lineage.steps[link.from]!;
  const words = linkWords(woven, i, trans);
  const [left, right] = [layout.steps[link.from]!, layout.steps[link.to]!];
  const room = right.x - left.x - CELL_PX - 8;
  if (words === '' || from.cached || from.isLetGo) {
    return;
  }
  renderer.text(
    words,
    (left.x + CELL_PX + right.x) / 2,
    left.top + (left.lines - 0.5) * layout.line,
    {
      font: theme.fontSmall,
      colour:
        link.kind === 'shuffle' ? crossingColour(theme).css : theme.inkSoft.css,
      align: 'center',
      maxWidth: room
    }
  );
}

function linkWords(woven: IWeave, i: number, trans: ITranslation): string {
  const link = woven.lineage.links[i]!;
  switch (link.kind) {
    case 'shuffle': {
      const bytes = woven.movedBytes[i]!;
      return bytes > 0
        ? trans.__('shuffle, %1', formatBytes(bytes))
        : trans.__('shuffle');
    }
    case 'unknown':
      return trans.__('not told which');
    default:
      return '';
  }
}

function drawCells(
  renderer: IRenderer,
  cells: readonly ICell[],
  place: IPlacedStep,
  reach: Uint8Array | null,
  theme: ITheme
): void {
  const fills: string[] = [];
  const filled = cells
    .map((cell, slot) => ({
      slot,
      cell,
      fill: cellFill(cell.state, cell.share, theme)
    }))
    .filter(({ fill }) => fill !== null);
  const bars: IBarColumns = {
    count: filled.length,
    starts: new Float64Array(filled.length),
    ends: new Float64Array(filled.length).fill(CELL_PX),
    rows: Uint16Array.from(filled, ({ slot }) => slot),
    fills: Uint8Array.from(filled, ({ fill }) => {
      const at = fills.indexOf(fill!);
      return at >= 0 ? at : fills.push(fill!) - 1;
    }),
    patterns: Uint8Array.from(
      filled,
      ({ slot, cell }) =>
        (cell.state === 'disk' ? Pattern.killed : 0) |
        (cell.state === 'failed' ? Pattern.cross : 0) |
        (cell.state === 'running' ? Pattern.edge : 0) |
        (reach && reach[slot] === Reach.none ? Pattern.faded : 0)
    )
  };
  const height = Math.max(2, place.pitch - gapOf(place));
  cells.forEach(({ state }, slot) => {
    const y = place.cells + slot * place.pitch;
    // Threads end behind the cells.
    renderer.fill(place.x, y, CELL_PX, height, theme.paper.css);
    if (
      state === 'disk' ||
      state === 'absent' ||
      cellFill(state, 1, theme) === null
    ) {
      const isFaint = state === 'idle' || state === 'spared';
      const colour = isFaint
        ? theme.border.css
        : state === 'disk' || state === 'absent'
          ? keptColour(theme).css
          : theme.inkSoft.css;
      renderer.outline(
        place.x,
        y,
        CELL_PX,
        height,
        colour,
        1,
        state === 'spared' && height > 5
      );
    }
  });
  renderer.bars(
    bars,
    placeOf(
      place.x,
      place.cells,
      place.pitch,
      CELL_PX,
      place.count,
      gapOf(place)
    ),
    fills,
    inkOf(theme)
  );
}

function gapOf({ pitch }: IPlacedStep): number {
  return pitch >= 8 ? 2 : 1;
}

/** Where bars lie whose times are pixels. */
function placeOf(
  left: number,
  top: number,
  pitch: number,
  width: number,
  count: number,
  gap: number
) {
  return {
    scale: new TimeScale({ from: 0, to: width }, width),
    left,
    bands: { top, pitch, count },
    gap
  };
}

function inkOf(theme: ITheme) {
  const paper = theme.paper.css;
  return {
    hatch: paper,
    killed: paper,
    cross: paper,
    outline: paper,
    edge: theme.ink.css
  };
}
