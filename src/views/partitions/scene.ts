import { columnRange, pixelColumns } from '../../analysis/pixel-columns';
import type { IStretch } from '../../analysis/matrix-pixels';
import { partitionNumber } from '../../analysis/partitions';
import type { IMeasured } from '../../analysis/partitions-verdict';
import type { IRenderer } from '../../draw/renderer';
import type { ITheme } from '../../draw/theme';
import { valueTicks } from '../../draw/ticks';
import type { ITranslation } from '../../draw/words';
import { TaskState } from '../../model';
import { spread, type IBarsLayout } from './layout';
import { valueWords } from './words';

/** What the picture of a stage's partitions shows. */
export interface IBarsState {
  readonly measured: IMeasured;
  /** Partitions from left to right; null for their own order. */
  readonly order: Int32Array | null;
  readonly range: IStretch;
  readonly layout: IBarsLayout;
  /** Executors by lane: index into `Application.strings`. */
  readonly lanes: readonly number[];
  readonly theme: ITheme;
  readonly trans: ITranslation;
}

/** From this width on a bar carries its value. */
const LABELLED = 52;

/** The value axis, its labels and the widest of them. */
export function axisLabels(measured: IMeasured): readonly number[] {
  const { metric, skew } = measured;
  const isBytes = metric.endsWith('Bytes');
  return valueTicks(skew.max, 3, isBytes).filter(tick => tick > 0);
}

/** A line across the bars, and what stands at its right end. */
export interface ILine {
  readonly value: number;
  readonly words: string;
  readonly isDashed: boolean;
}

/** The lines that are drawn across, from the top; those that would read the same are one. */
export function lineLabels(
  measured: IMeasured,
  trans: ITranslation
): readonly ILine[] {
  const { metric, skew } = measured;
  const lines: { value: number; names: string[]; isDashed: boolean }[] = [];
  for (const [value, name, isDashed] of [
    [skew.max, trans.__('max'), false],
    [skew.p95, trans.__('p95'), true],
    [skew.median, trans.__('median'), false]
  ] as const) {
    const above = lines[lines.length - 1];
    const isSame =
      above && valueWords(metric, above.value) === valueWords(metric, value);
    if (isSame) {
      above.names.push(name);
    } else {
      lines.push({ value, names: [name], isDashed });
    }
  }
  return lines.map(({ value, names, isDashed }) => ({
    value,
    words: `${names.join(', ')} ${valueWords(metric, value)}`,
    isDashed
  }));
}

/** Draw bars, axes, lines and lanes. */
export function drawBars(renderer: IRenderer, state: IBarsState): void {
  renderer.clear();
  drawAxis(renderer, state);
  const { left, top, used, height } = state.layout;
  renderer.clip(left, 0, used, top + height);
  if (state.layout.pitch * renderer.ratio >= 1.5) {
    drawEach(renderer, state);
  } else {
    drawColumns(renderer, state);
  }
  renderer.unclip();
  drawLanes(renderer, state);
  drawLines(renderer, state);
  drawEnds(renderer, state);
  drawLargest(renderer, state);
}

/** The partition at a place from the left. */
export function partitionAt(state: IBarsState, place: number): number {
  return state.order ? state.order[place]! : place;
}

/** Where a bar is, in pixels. */
export function barBox(
  { layout, range, theme }: Pick<IBarsState, 'layout' | 'range' | 'theme'>,
  place: number
): { x: number; w: number } {
  const x = layout.left + (place - range.from) * layout.pitch;
  const gap = layout.pitch >= 3 ? theme.gap : 0;
  return { x, w: Math.max(1, layout.pitch - gap) };
}

function heightOf(state: IBarsState, value: number): number {
  const { max } = state.measured.skew;
  const px = max > 0 ? (value / max) * state.layout.height : 0;
  // What is there at all is seen.
  return value > 0 ? Math.max(1, px) : 0;
}

function drawAxis(renderer: IRenderer, state: IBarsState): void {
  const { layout, measured, theme } = state;
  const bottom = layout.top + layout.height;
  for (const tick of axisLabels(measured)) {
    const y = bottom - heightOf(state, tick);
    renderer.fill(layout.left, Math.round(y), layout.used, 1, theme.grid);
    renderer.text(valueWords(measured.metric, tick), layout.left - 6, y, {
      font: theme.fontSmall,
      colour: theme.inkSoft.css,
      align: 'right'
    });
  }
  renderer.fill(layout.left, bottom, layout.used, 1, theme.border.css);
}

function drawEach(renderer: IRenderer, state: IBarsState): void {
  const { layout, measured, range, theme } = state;
  const { partitions, values, application } = measured;
  const bottom = layout.top + layout.height;
  const first = Math.max(0, Math.floor(range.from));
  const last = Math.min(partitions.count, Math.ceil(range.to));
  for (let place = first; place < last; place++) {
    const index = partitionAt(state, place);
    const row = partitions.rows[index]!;
    const { x, w } = barBox(state, place);
    const h = heightOf(state, values[index]!);
    const taskState = row < 0 ? -1 : application.tasks.state[row]!;
    const colour =
      taskState === TaskState.failed || taskState === TaskState.killed
        ? theme.states[taskState === TaskState.failed ? 'failed' : 'killed']
        : theme.phases.compute;
    renderer.fill(x, bottom - h, w, h, colour.css);
    if (taskState === TaskState.running && h > 2) {
      // A bright end: it grows.
      renderer.fill(x, bottom - h, w, 2, theme.ink.css);
    }
    if (layout.pitch >= LABELLED && index !== measured.skew.maxAt) {
      // Within the bar where it is high enough: above it the line of the median or the next label may be.
      const isInside = h > 1.5 * theme.fontSmallPx;
      const from =
        bottom - h + (isInside ? 1 : -1) * (theme.fontSmallPx / 2 + 3);
      renderer.text(
        valueWords(measured.metric, values[index]!),
        x + w / 2,
        from,
        {
          font: theme.fontSmall,
          colour: isInside ? colour.ink : theme.ink.css,
          align: 'center',
          maxWidth: layout.pitch - 4
        }
      );
    }
  }
}

/** Several partitions a pixel: the largest of them light, their mean dark. */
function drawColumns(renderer: IRenderer, state: IBarsState): void {
  const { layout, measured, range, theme, order } = state;
  const ratio = Math.min(2, renderer.ratio);
  const columns = Math.max(1, Math.round(layout.used * ratio));
  const { max, mean } = pixelColumns(measured.values, order, range, columns);
  const bottom = layout.top + layout.height;
  const [r, g, b] = theme.phases.compute.rgba;
  const light = `rgba(${r}, ${g}, ${b}, ${Math.max(0.5, theme.leastAlpha)})`;
  for (const [heights, colour] of [
    [max, light],
    [mean, theme.phases.compute.css]
  ] as const) {
    for (let column = 0; column < columns; column++) {
      const h = heightOf(state, heights[column]!);
      if (h > 0) {
        const x = layout.left + column / ratio;
        renderer.fill(x, bottom - h, 1 / ratio, h, colour);
      }
    }
  }
}

/** Where each partition ran: a lane an executor. */
function drawLanes(renderer: IRenderer, state: IBarsState): void {
  const { layout, measured, lanes, range, theme } = state;
  if (layout.lanes === 0) {
    return;
  }
  const { partitions, application } = measured;
  const laneOf = new Map(
    lanes.map((executor, i) => [executor, Math.min(i, layout.lanes - 1)])
  );
  const lane = (place: number): number => {
    const row = partitions.rows[partitionAt(state, place)]!;
    return row < 0 ? -1 : (laneOf.get(application.tasks.executor[row]!) ?? -1);
  };
  const mark = (x: number, w: number, at: number): void =>
    renderer.fill(
      x,
      layout.laneTop + at * layout.lanePitch,
      w,
      layout.lanePitch - 1,
      theme.inkSoft.css
    );
  if (layout.pitch >= 1) {
    const first = Math.max(0, Math.floor(range.from));
    const last = Math.min(partitions.count, Math.ceil(range.to));
    for (let place = first; place < last; place++) {
      const { x, w } = barBox(state, place);
      if (lane(place) >= 0) {
        mark(x, w, lane(place));
      }
    }
  } else {
    const columns = Math.max(1, Math.round(layout.used));
    for (let column = 0; column < columns; column++) {
      const run = columnRange(range, columns, column, partitions.count);
      const seen = new Set<number>();
      for (let place = run.from; place < run.to; place++) {
        seen.add(lane(place));
      }
      seen.forEach(at => at >= 0 && mark(layout.left + column, 1, at));
    }
  }
  renderer.text(
    state.trans.__('executors'),
    layout.left - 6,
    layout.laneTop + (layout.lanes * layout.lanePitch) / 2,
    {
      font: theme.fontSmall,
      colour: theme.inkSoft.css,
      align: 'right',
      maxWidth: layout.left - 8
    }
  );
}

function drawLines(renderer: IRenderer, state: IBarsState): void {
  const { layout, measured, theme, trans } = state;
  const bottom = layout.top + layout.height;
  const lines = lineLabels(measured, trans);
  const heights = lines.map(line => bottom - heightOf(state, line.value));
  const places = spread(
    heights,
    theme.fontSmallPx + 2,
    layout.top,
    bottom - theme.fontSmallPx / 2
  );
  const right = layout.left + layout.used;
  lines.forEach(({ words, isDashed }, i) => {
    const y = Math.round(heights[i]!);
    // The largest bar says itself how far it reaches.
    const isDrawn = i > 0;
    for (let x = layout.left; isDrawn && x < right; x += isDashed ? 7 : right) {
      const w = isDashed ? Math.min(4, right - x) : right - x;
      // Paper beside the line, so that it is seen on bars too.
      renderer.fill(x, y - 1, w, 1, theme.paper.css);
      renderer.fill(x, y, w, 1, theme.ink.css);
    }
    renderer.text(words, right + 8, places[i]!, {
      font: theme.fontSmall,
      colour: theme.ink.css
    });
  });
}

/** What the first and the last place are. */
function drawEnds(renderer: IRenderer, state: IBarsState): void {
  const { layout, measured, range, theme, trans, order } = state;
  const { count } = measured.partitions;
  const first = Math.max(0, Math.floor(range.from));
  const last = Math.min(count, Math.ceil(range.to)) - 1;
  const name = (place: number): string =>
    String(
      partitionNumber(
        measured.application.tasks,
        measured.partitions,
        partitionAt(state, place)
      )
    );
  const style = { font: theme.fontSmall, colour: theme.inkSoft.css };
  if (layout.pitch >= 24) {
    for (let place = first; place <= last; place++) {
      const { x, w } = barBox(state, place);
      renderer.text(name(place), x + w / 2, layout.labels, {
        ...style,
        align: 'center'
      });
    }
    return;
  }
  const isWhole = first === 0 && last === count - 1;
  const words =
    order && isWhole
      ? [trans.__('largest'), trans.__('smallest')]
      : [
          trans.__('partition %1', name(first)),
          trans.__('partition %1', name(last))
        ];
  const right = layout.left + layout.used;
  const width = renderer.measure(words[0]!, theme.fontSmall);
  renderer.text(words[0]!, layout.left, layout.labels, style);
  if (width + renderer.measure(words[1]!, theme.fontSmall) + 12 < layout.used) {
    renderer.text(words[1]!, right, layout.labels, {
      ...style,
      align: 'right'
    });
  }
}

/** Which partition is the largest, above its bar. */
function drawLargest(renderer: IRenderer, state: IBarsState): void {
  const { layout, measured, range, theme, trans, order } = state;
  const { skew, partitions, application } = measured;
  if (skew.max <= 0 || skew.count < 2) {
    return;
  }
  const place = order ? order.indexOf(skew.maxAt) : skew.maxAt;
  if (place < range.from - 1 || place > range.to) {
    return;
  }
  const number = partitionNumber(application.tasks, partitions, skew.maxAt);
  const words = trans.__(
    'partition %1: %2',
    number,
    valueWords(measured.metric, skew.max)
  );
  const { x, w } = barBox(state, place);
  const half = renderer.measure(words, theme.fontSmall) / 2;
  const middle = x + w / 2;
  const right = layout.left + layout.width;
  renderer.text(
    words,
    Math.max(layout.left + half, Math.min(right - half, middle)),
    layout.top - theme.fontSmallPx / 2 - 2,
    { font: theme.fontSmall, colour: theme.ink.css, align: 'center' }
  );
}
