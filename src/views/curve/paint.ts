import type {
  IPlot,
  IPlotEvent,
  IPlotLine,
  IPlotSpan,
  IPoints,
  LineColour
} from './plot';
import { MARK_PX, type IPlotPen, type MarkShape } from './plot-pen';

/** Colours as the pen's side names them. */
export interface IPaintInk {
  colour(colour: LineColour): string;
  readonly ink: string;
  readonly soft: string;
  /** What everything lies on. */
  readonly paper: string;
  readonly worse: string;
  readonly better: string;
  /** No alpha below this. */
  readonly leastAlpha: number;
}

/** Which part of a plot is seen. */
export interface IPaintRange {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

const NAME_HEIGHT_PX = 14;
const NAME_ROWS = 3;
/** Marks on the axis that would touch stand in so many rows. */
const BASE_ROWS = 3;
const BASE_ROW_PX = 2 * MARK_PX + 2;
/** A line that is trained anew more often than every so many pixels has no tick for each. */
const TICK_SPACE_PX = 5;
const TICK_PX = 14;

/** Draw what lies behind the lines: what happened to the data. */
export function paintBehind(
  plot: IPlot,
  range: IPaintRange,
  pen: IPlotPen,
  ink: IPaintInk
): void {
  const { x } = scalesOf(range, pen);
  for (const span of plot.spans) {
    paintSpan(span, x(span.from), x(span.to), pen, ink);
  }
}

/** Draw the lines, and what happened on them. */
export function paintLines(
  plot: IPlot,
  range: IPaintRange,
  pen: IPlotPen,
  ink: IPaintInk
): void {
  const { x, y } = scalesOf(range, pen);
  const placed = (points: IPoints): IPoints => ({
    x: Array.from(points.x, x),
    y: Array.from(points.y, y)
  });
  for (const line of plot.lines) {
    const colour = ink.colour(line.look.colour);
    if (line.band) {
      const { x: places, low, high } = line.band;
      const path = (values: ArrayLike<number>): IPoints => {
        const points = placed({ x: places, y: values });
        return line.isStep ? stairsOf(points) : points;
      };
      const [below, above] = [path(low), path(high)];
      pen.area(below.x, below.y, above.y, colour, 0.18);
    }
    if (line.raw) {
      pen.line(placed(line.raw), {
        colour,
        widthPx: 1,
        alpha: Math.max(0.28, ink.leastAlpha * 0.8)
      });
    }
  }
  for (const line of plot.lines) {
    paintLine(line, placed(line.main), x, y, pen, ink);
  }
  paintNames(plot.spans, x, pen, ink);
  const heights = heightsOfEvents(plot.events, x, y, pen.height);
  plot.events.forEach((event, i) =>
    paintEvent(event, x(event.x), heights[i]!, pen, ink)
  );
}

function paintLine(
  line: IPlotLine,
  points: IPoints,
  x: (value: number) => number,
  y: (value: number) => number,
  pen: IPlotPen,
  ink: IPaintInk
): void {
  const { look } = line;
  const colour = ink.colour(look.colour);
  const path = line.isStep ? stairsOf(points) : points;
  pen.line(path, {
    colour,
    widthPx: look.widthPx,
    dash: look.dash,
    alpha: Math.max(look.alpha ?? 1, ink.leastAlpha)
  });
  if (points.x.length === 1) {
    pen.rect(points.x[0]! - 2, points.y[0]! - 2, 4, 4, colour, 1);
  }
  let last = -Infinity;
  for (const retrain of line.retrains) {
    const at = x(retrain);
    if (at - last >= TICK_SPACE_PX) {
      pen.rect(at - 2.5, pen.height - TICK_PX, 5, TICK_PX, ink.paper, 0.8);
      pen.rect(at - 1, pen.height - TICK_PX, 2, TICK_PX, colour, 1);
      last = at;
    }
  }
  for (const [from, to] of line.inSample) {
    paintHatch(path, x(from), x(to), colour, pen);
  }
  for (let i = 0; i < line.repeats.x.length; i++) {
    const height = line.repeats.y[i]!;
    if (Number.isFinite(height)) {
      pen.mark('ring', x(line.repeats.x[i]!), y(height), colour);
    }
  }
}

/** Short strokes across a line: what it says here does not count. */
function paintHatch(
  path: IPoints,
  from: number,
  to: number,
  colour: string,
  pen: IPlotPen
): void {
  const places: number[] = [];
  const heights: number[] = [];
  const until = Math.min(to, pen.width);
  for (let at = Math.max(from, 0) + 3; at < until; at += 6) {
    const height = heightAt(path, at);
    if (!Number.isNaN(height)) {
      places.push(at - 3, at + 3, NaN);
      heights.push(height + 5, height - 5, NaN);
    }
  }
  pen.line({ x: places, y: heights }, { colour, widthPx: 1 });
}

/** The height of a path at a place between two of its points; NaN in a gap. */
export function heightAt({ x, y }: IPoints, at: number): number {
  let low = 0;
  let high = x.length - 1;
  if (high < 0 || at < x[0]! || at > x[high]!) {
    return NaN;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= at) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const width = x[high]! - x[low]!;
  const share = width > 0 ? (at - x[low]!) / width : 1;
  return y[low]! + share * (y[high]! - y[low]!);
}

/** A path that keeps a value until the next one. */
export function stairsOf({ x, y }: IPoints): IPoints {
  const places: number[] = [];
  const heights: number[] = [];
  for (let i = 0; i < x.length; i++) {
    if (i > 0 && !Number.isNaN(y[i - 1]!) && !Number.isNaN(y[i]!)) {
      places.push(x[i]!);
      heights.push(y[i - 1]!);
    }
    places.push(x[i]!);
    heights.push(y[i]!);
  }
  return { x: places, y: heights };
}

function paintSpan(
  span: IPlotSpan,
  from: number,
  to: number,
  pen: IPlotPen,
  ink: IPaintInk
): void {
  const left = Math.max(0, from);
  const width = Math.max(2, Math.min(pen.width, to) - left);
  if (left > pen.width || to < 0) {
    return;
  }
  const { height } = pen;
  const colour = span.look === 'flood' ? ink.worse : ink.soft;
  switch (span.look) {
    case 'sensor':
      // A value that stands still.
      pen.rect(left, 0, width, height, colour, 0.1);
      for (let y = 4; y < height; y += 7) {
        pen.rect(left, y, width, 1, colour, 0.35);
      }
      break;
    case 'flood':
      // Rows upon rows.
      pen.rect(left, 0, width, height, colour, 0.08);
      for (let x = left; x < left + width; x += 5) {
        pen.rect(x, 0, 1, height, colour, 0.3);
      }
      break;
    case 'gradual': {
      const slices = 24;
      for (let i = 0; i < slices; i++) {
        pen.rect(
          left + (width * i) / slices,
          0,
          width / slices,
          height,
          colour,
          (0.26 * (i + 1)) / slices
        );
      }
      break;
    }
    case 'recurring':
      for (let x = left; x < left + width; x += 16) {
        pen.rect(x, 0, Math.min(8, left + width - x), height, colour, 0.2);
      }
      break;
    case 'drift':
      pen.rect(left, 0, width, height, colour, 0.14);
  }
  if (from >= 0) {
    pen.line(
      { x: [from, from], y: [0, height] },
      { colour, widthPx: 1.5, dash: [5, 3] }
    );
  }
}

/** Names of what happened along the upper edge, one below the other where they would touch. */
function paintNames(
  spans: readonly IPlotSpan[],
  x: (value: number) => number,
  pen: IPlotPen,
  ink: IPaintInk
): void {
  const ends = new Array<number>(NAME_ROWS).fill(-Infinity);
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const [from, to] = [x(span.from), x(span.to)];
    if (to < 0 || from > pen.width) {
      continue;
    }
    const width = pen.measure(span.name);
    const left = Math.max(
      2,
      Math.min(Math.max(from, 0) + 4, pen.width - width - 2)
    );
    const row = ends.findIndex(end => left >= end);
    if (row >= 0) {
      ends[row] = left + width + 8;
      pen.text(span.name, left, 8 + row * NAME_HEIGHT_PX, ink.ink);
    }
  }
}

const SHAPES: Readonly<Record<IPlotEvent['kind'], MarkShape>> = {
  worse: 'up',
  better: 'down',
  policy: 'diamond',
  moment: 'diamond',
  mistake: 'bang'
};

/** Where the marks stand: a detection on its line, others on the axis, one above the other where they would touch. */
function heightsOfEvents(
  events: readonly IPlotEvent[],
  x: (value: number) => number,
  y: (value: number) => number,
  height: number
): readonly number[] {
  const lowest = height - 6;
  const heights = events.map(event =>
    event.y === null || !Number.isFinite(event.y)
      ? NaN
      : Math.max(6, Math.min(lowest, y(event.y)))
  );
  const ends = new Array<number>(BASE_ROWS).fill(-Infinity);
  const onAxis = events
    .map((event, i) => ({ i, at: x(event.x) }))
    .filter(({ i }) => Number.isNaN(heights[i]!))
    .sort((a, b) => a.at - b.at);
  for (const { i, at } of onAxis) {
    const row = Math.max(
      0,
      ends.findIndex(end => at >= end)
    );
    ends[row] = at + BASE_ROW_PX;
    heights[i] = lowest - row * BASE_ROW_PX;
  }
  return heights;
}

function paintEvent(
  event: IPlotEvent,
  at: number,
  height: number,
  pen: IPlotPen,
  ink: IPaintInk
): void {
  if (at < 0 || at > pen.width) {
    return;
  }
  const colour =
    event.kind === 'worse' || event.kind === 'mistake'
      ? ink.worse
      : event.kind === 'better'
        ? ink.better
        : event.colour
          ? ink.colour(event.colour)
          : ink.soft;
  if (event.kind === 'policy' || event.kind === 'moment') {
    pen.line(
      { x: [at, at], y: [0, pen.height] },
      { colour, widthPx: 1, dash: [2, 3] }
    );
  }
  pen.mark(SHAPES[event.kind], at, height, colour);
}

/** From values of the axes to pixels. */
export function scalesOf(
  range: IPaintRange,
  pen: Pick<IPlotPen, 'width' | 'height'>
): { x: (value: number) => number; y: (value: number) => number } {
  const [left, right] = range.x;
  const [bottom, top] = range.y;
  const across = pen.width / (right - left || 1);
  const up = pen.height / (top - bottom || 1);
  return {
    x: value => (value - left) * across,
    y: value => pen.height - (value - bottom) * up
  };
}
