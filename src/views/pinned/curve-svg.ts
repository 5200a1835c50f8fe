import { escapeXml } from '../../draw/escape-xml';
import { formatCount } from '../../draw/format';
import {
  paintBehind,
  paintLines,
  scalesOf,
  type IPaintInk
} from '../curve/paint';
import type { IPlot, LineColour } from '../curve/plot';
import { valueTicks } from '../../draw/ticks';
import { SvgPlotPen } from './svg-plot-pen';

const WIDTH = 720;
const PLOT_HEIGHT = 200;
const LEFT = 56;
const RIGHT = 20;
const TOP = 32;
const LEGEND_PX = 16;
const BOTTOM = 40;
const LAG_HEIGHT = 48;
const INK = '#212121';
const SOFT = '#616161';

/** The light palette (style/palette.css): exported notebooks are read on white. */
const COLOURS = {
  batch: '#1c6cb3',
  streaming: '#c05a12',
  'getting-result': '#359b8c',
  deserialisation: '#9f7cea',
  'result-serialisation': '#7d1846',
  'shuffle-write': '#a38f22'
} as const;

const PAINT_INK: IPaintInk = {
  colour: colourOf,
  ink: INK,
  soft: SOFT,
  paper: '#ffffff',
  worse: '#b3201f',
  better: '#4a9b5e',
  leastAlpha: 0.3
};

/** What a picture of a curve says around its plot. */
export interface ICurveSvgWords {
  /** The verdict. */
  readonly title: string;
  /** What the axis to the right counts. */
  readonly axis: string;
  readonly place: (value: number) => string;
  readonly value: (value: number) => string;
  /** Of each line, in order: its name and last value. */
  readonly legend: readonly string[];
  /** How far served models were behind, on the same axis; null for none. */
  readonly lag?: { readonly plot: IPlot; readonly words: string } | null;
}

/**
 * A curve as a picture that needs no script.
 *
 * @returns an SVG document. All text is escaped; there are no links, scripts or style sheets.
 */
export function curveSvg(plot: IPlot, words: ICurveSvgWords): string {
  const pen = new SvgPlotPen(WIDTH - LEFT - RIGHT, PLOT_HEIGHT);
  const range = { x: plot.xRange, y: plot.yRange };
  const spots = placesOf(
    plot.lines.map((line, i) => pen.measure(words.legend[i] ?? line.name))
  );
  const top = TOP + LEGEND_PX * rowsOf(spots);
  const lag = words.lag ? lagOf(words.lag, plot.xRange) : null;
  const plotBottom = top + PLOT_HEIGHT;
  const lagTop = plotBottom + BOTTOM + LEGEND_PX;
  const height = plotBottom + BOTTOM + (lag ? LEGEND_PX + LAG_HEIGHT + 4 : 0);
  const { x, y } = scalesOf(range, pen);
  for (const tick of valueTicks(plot.yRange[1], 4)) {
    pen.rect(0, y(tick), pen.width, 1, '#000000', 0.1);
  }
  paintBehind(plot, range, pen, PAINT_INK);
  paintLines(plot, range, pen, PAINT_INK);
  const places = valueTicks(plot.xRange[1], 6)
    .filter(tick => tick >= plot.xRange[0])
    .map(tick =>
      text(LEFT + x(tick), plotBottom + 16, words.place(tick), 'middle')
    );
  const values = valueTicks(plot.yRange[1], 4).map(tick =>
    text(LEFT - 6, top + y(tick) + 4, words.value(tick), 'end')
  );
  const legend = plot.lines.map((line, i) => {
    const name = words.legend[i] ?? line.name;
    const { at, y: row } = spots[i]!;
    const dash = line.look.dash.length
      ? ` stroke-dasharray="${line.look.dash.join(' ')}"`
      : '';
    return (
      `<path d="M${at} ${row - 4}H${at + 18}" stroke="${colourOf(line.look.colour)}" stroke-width="2"${dash}/>` +
      text(at + 22, row, name, 'start')
    );
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="11">` +
    `<title>${escapeXml(words.title)}</title>` +
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>` +
    `<text x="8" y="20" font-size="12" font-weight="600" fill="${INK}">${escapeXml(words.title)}</text>` +
    legend.join('') +
    `<g transform="translate(${LEFT} ${top})">${pen.toString()}</g>` +
    places.join('') +
    values.join('') +
    text(WIDTH - RIGHT, plotBottom + BOTTOM - 6, words.axis, 'end') +
    (lag
      ? text(LEFT, lagTop - 4, lag.words, 'start') +
        `<g transform="translate(${LEFT} ${lagTop})">${lag.drawn}</g>` +
        text(LEFT - 6, lagTop + lag.tickTop + 4, lag.tick, 'end')
      : '') +
    '</svg>'
  );
}

/** A plot of lags below the other: drawn, with the one tick that there is room for. */
function lagOf(
  { plot, words }: { readonly plot: IPlot; readonly words: string },
  xRange: readonly [number, number]
): { drawn: string; words: string; tick: string; tickTop: number } {
  const pen = new SvgPlotPen(WIDTH - LEFT - RIGHT, LAG_HEIGHT);
  const range = { x: xRange, y: plot.yRange };
  const tick = valueTicks(plot.yRange[1], 2).at(-1) ?? 0;
  const { y } = scalesOf(range, pen);
  pen.rect(0, y(0) - 1, pen.width, 1, '#000000', 0.1);
  pen.rect(0, y(tick), pen.width, 1, '#000000', 0.1);
  paintLines(plot, range, pen, PAINT_INK);
  return {
    drawn: pen.toString(),
    words,
    tick: formatCount(tick),
    tickTop: y(tick)
  };
}

/** Where the entries of the legend stand: from left to right, then on the next row. */
function placesOf(
  widths: readonly number[]
): readonly { readonly at: number; readonly y: number }[] {
  let at = LEFT;
  let row = 0;
  return widths.map(width => {
    const whole = width + 34;
    if (at > LEFT && at + whole > WIDTH) {
      at = LEFT;
      row++;
    }
    const spot = { at, y: TOP + 8 + row * LEGEND_PX };
    at += whole;
    return spot;
  });
}

function rowsOf(spots: ReturnType<typeof placesOf>): number {
  const last = spots[spots.length - 1];
  return last ? Math.round((last.y - TOP - 8) / LEGEND_PX) + 1 : 0;
}

function colourOf(colour: LineColour): string {
  const name =
    'soft' in colour ? '' : 'phase' in colour ? colour.phase : colour.curve;
  return name in COLOURS ? COLOURS[name as keyof typeof COLOURS] : SOFT;
}

function text(
  x: number,
  y: number,
  words: string,
  anchor: 'start' | 'middle' | 'end'
): string {
  return `<text x="${Math.round(x)}" y="${Math.round(y)}" text-anchor="${anchor}" fill="${SOFT}">${escapeXml(words)}</text>`;
}
