import { Reach, type IWeave } from '../../analysis/lineage-weave';
import type {
  IRenderer,
  IThreadColumns,
  IThreadLook
} from '../../draw/renderer';
import type { ITheme } from '../../draw/theme';
import { cellsOf } from './lineage-cells';
import { CELL_PX, middleOf, type ILineageLayout } from './lineage-layout';
import { alpha, crossingColour } from './lineage-colours';

/** Widths of threads, px: the more goes along one, the wider. */
const WIDTHS = [0.75, 1.25, 2, 3];
const LOOKS = WIDTHS.length;
/** What a thread counts for of which nobody knows how much went along it. */
const NARROW_SHARE = 0.1;

/** Room for so many threads, kept from frame to frame. */
let columns: IThreadColumns = room(0);

function room(size: number): IThreadColumns {
  return {
    count: 0,
    fromX: new Float32Array(size),
    fromY: new Float32Array(size),
    toX: new Float32Array(size),
    toY: new Float32Array(size),
    looks: new Uint8Array(size)
  };
}

/**
 * Draw what leads from step to step.
 *
 * @param reach - what is lit up; null when nothing is.
 */
export function drawThreads(
  renderer: IRenderer,
  woven: IWeave,
  layout: ILineageLayout,
  reach: readonly Uint8Array[] | null,
  theme: ITheme
): void {
  woven.lineage.links.forEach((_, i) => {
    if (woven.threads[i]!.isExact) {
      drawBundle(renderer, woven, i, layout, reach, theme);
    } else {
      drawRibbon(renderer, woven, i, layout, reach, theme);
    }
  });
}

function drawBundle(
  renderer: IRenderer,
  woven: IWeave,
  i: number,
  layout: ILineageLayout,
  reach: readonly Uint8Array[] | null,
  theme: ITheme
): void {
  const link = woven.lineage.links[i]!;
  const { from, to, bytes } = woven.threads[i]!;
  const [left, right] = [layout.steps[link.from]!, layout.steps[link.to]!];
  const unused = unusedSlots(woven, link.from);
  if (columns.fromX.length < from.length) {
    columns = room(from.length * 2);
  }
  columns.count = from.length;
  const most = bytes ? bytes.reduce((a, b) => Math.max(a, b), 0) : 0;
  for (let t = 0; t < from.length; t++) {
    columns.fromX[t] = left.x + CELL_PX + 1;
    columns.fromY[t] = middleOf(left, from[t]!);
    columns.toX[t] = right.x - 1;
    columns.toY[t] = middleOf(right, to[t]!);
    const share = bytes && most > 0 ? bytes[t]! / most : NARROW_SHARE;
    const width = Math.min(LOOKS - 1, Math.floor(Math.sqrt(share) * LOOKS));
    const isLit =
      reach !== null &&
      reach[link.from]![from[t]!]! > Reach.none &&
      reach[link.to]![to[t]!]! > Reach.none;
    columns.looks[t] = isLit
      ? 2 * LOOKS + width
      : unused[from[t]!]
        ? LOOKS
        : width;
  }
  renderer.threads(
    columns,
    looksOf(link.kind, from.length, reach !== null, theme)
  );
}

/** By slot of a step: whether nothing went on from it. */
function unusedSlots(woven: IWeave, step: number): boolean[] {
  if (woven.lineage.steps[step]!.isReused) {
    // It was not worked out again, but what it had left was read.
    return [];
  }
  return cellsOf(woven, step).map(
    ({ state }) => state === 'spared' || state === 'idle' || state === 'empty'
  );
}

/** In their order: as they are, unused, lit. */
function looksOf(
  kind: string,
  count: number,
  isDimmed: boolean,
  theme: ITheme
): IThreadLook[] {
  const isCrossing = kind === 'shuffle';
  const base = isCrossing ? crossingColour(theme) : theme.inkSoft;
  // Hundreds of threads would make one blot.
  const crowd = isCrossing ? Math.max(0.35, Math.min(0.9, 60 / count)) : 0.6;
  const strength = isDimmed ? Math.min(crowd, 0.18) : crowd;
  const own = WIDTHS.map(lineWidth => ({
    colour: alpha(base, Math.max(theme.isHighContrast ? 0.6 : 0, strength)),
    lineWidth
  }));
  const unused = WIDTHS.map(() => ({
    colour: alpha(theme.inkSoft, isDimmed ? 0.25 : 0.5),
    lineWidth: 0.75,
    dashed: true
  }));
  const lit = WIDTHS.map(lineWidth => ({
    colour: theme.accent.css,
    lineWidth: lineWidth + 0.75
  }));
  return [...own, ...unused, ...lit];
}

/** Which goes to which is not told: one ribbon from all to all, narrowing as the partitions do. */
function drawRibbon(
  renderer: IRenderer,
  woven: IWeave,
  i: number,
  layout: ILineageLayout,
  reach: readonly Uint8Array[] | null,
  theme: ITheme
): void {
  const link = woven.lineage.links[i]!;
  const [left, right] = [layout.steps[link.from]!, layout.steps[link.to]!];
  const isLit =
    reach !== null &&
    reach[link.from]!.some(value => value > 0) &&
    reach[link.to]!.some(value => value > 0);
  renderer.ribbon(
    {
      fromX: left.x + CELL_PX + 1,
      fromTop: left.cells,
      fromBottom: left.cells + left.count * left.pitch - 1,
      toX: right.x - 1,
      toTop: right.cells,
      toBottom: right.cells + right.count * right.pitch - 1
    },
    alpha(isLit ? theme.accent : theme.inkSoft, isLit ? 0.35 : 0.2)
  );
}
