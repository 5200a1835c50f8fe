import uPlot from 'uplot';
import { formatClock } from '../../draw/format';
import type { ITheme } from '../../draw/theme';
import type { ChartValues, ISeries } from './chart-data';

/** Fewer pixels than these between two words of an axis would be a jumble. */
const TIME_SPACE = 64;
const VALUE_SPACE = 26;
/** Half the width of a time such as 12:47:10. */
const TIME_WORDS_EM = 2.4;

/** A strip of values behind the lines. */
export interface IBand {
  readonly from: number;
  readonly to: number;
  readonly isClosed: boolean;
}

/** What a chart is like. */
export interface IChartLook {
  /** How its axis words values. */
  readonly word: (value: number) => string;
  /** Whether its axis begins at 0; otherwise at the least value. */
  readonly fromZero: boolean;
  /** How much of the time it shows, the newest, ms; null = all. */
  readonly spanMs: (() => number) | null;
  /** What lies behind the lines between two values of the axis. */
  readonly bands: ((from: number, to: number) => readonly IBand[]) | null;
}

/** What a chart tells of. */
export interface IChartEvents {
  /** The pointer is at a row; null = it has left. */
  readonly onPoint: (row: number | null, x: number, y: number) => void;
  readonly onChoose: (row: number) => void;
}

/** One chart over time: uPlot in the page's colours. Charts of one view point at the same batch. */
export class Chart {
  private plot: uPlot | null = null;
  private width = 0;
  private height = 0;
  /** Of what is drawn. */
  private key = '';

  constructor(
    private readonly host: HTMLElement,
    private readonly series: readonly ISeries[],
    private readonly look: IChartLook,
    private readonly syncKey: string,
    private readonly events: IChartEvents
  ) {}

  /**
   * Draw values.
   *
   * @param key - other values have another: with the same one, at the same size, nothing is drawn.
   */
  draw(
    key: string,
    values: () => ChartValues,
    width: number,
    height: number,
    theme: ITheme
  ): void {
    if (width < 40 || height < 40) {
      return;
    }
    if (!this.plot) {
      this.plot = this.make(values(), width, height, theme);
    } else {
      if (width !== this.width || height !== this.height) {
        this.plot.setSize({ width, height });
      }
      if (key !== this.key) {
        this.plot.setData(values() as uPlot.AlignedData);
      }
    }
    this.key = key;
    this.width = width;
    this.height = height;
  }

  /** Take it from the page; drawn again, it has the page's colours and fonts of then. */
  clear(): void {
    this.plot?.destroy();
    this.plot = null;
  }

  private make(
    values: ChartValues,
    width: number,
    height: number,
    theme: ITheme
  ): uPlot {
    const axis = {
      stroke: theme.inkSoft.css,
      font: theme.fontSmall,
      grid: { stroke: theme.grid, width: 1 },
      ticks: { show: false }
    };
    const plot = new uPlot(
      {
        width,
        height,
        ms: 1,
        // Half of a time's words may stand right of its tick.
        padding: [6, Math.ceil(theme.fontSmallPx * TIME_WORDS_EM), 0, 0],
        legend: { show: false },
        cursor: {
          sync: { key: this.syncKey, setSeries: false },
          drag: { x: false, y: false },
          points: { show: false },
          y: false
        },
        scales: {
          x: {
            time: true,
            range: (_, min, max) =>
              timesOf(min, max, this.look.spanMs?.() ?? Infinity)
          },
          y: {
            range: (_, min, max) =>
              this.look.fromZero
                ? [0, Math.max(1, max * 1.08)]
                : aroundOf(min ?? 0, max ?? 0)
          }
        },
        axes: [
          {
            ...axis,
            space: TIME_SPACE,
            size: 22,
            values: (_, splits) =>
              splits.map(time => formatClock(time).slice(0, 8))
          },
          {
            ...axis,
            space: VALUE_SPACE,
            size: 54,
            values: (_, splits) => splits.map(this.look.word)
          }
        ],
        series: [{}, ...this.series.map(one => seriesOptions(one, theme))],
        hooks: {
          drawClear: [self => this.drawBands(self, theme)],
          setCursor: [
            self => {
              // Charts that only follow another one say nothing.
              if (self.cursor.event) {
                this.point(self);
              }
            }
          ]
        }
      },
      values as uPlot.AlignedData,
      this.host
    );
    plot.over.addEventListener('click', () => {
      const row = plot.cursor.idx;
      if (typeof row === 'number') {
        this.events.onChoose(row);
      }
    });
    plot.over.addEventListener('mouseleave', () =>
      this.events.onPoint(null, 0, 0)
    );
    return plot;
  }

  private drawBands(plot: uPlot, theme: ITheme): void {
    const { min, max } = plot.scales['y']!;
    const bands =
      min === undefined || max === undefined
        ? []
        : (this.look.bands?.(min, max) ?? []);
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const { from, to, isClosed } of bands) {
      const top = plot.valToPos(to, 'y', true);
      const height = plot.valToPos(from, 'y', true) - top;
      ctx.globalAlpha = Math.max(isClosed ? 0.16 : 0.1, theme.leastAlpha / 4);
      ctx.fillStyle = isClosed ? theme.inkSoft.css : theme.curves.streaming.css;
      // A line of the paper between two of them.
      ctx.fillRect(bbox.left, top + 1, bbox.width, Math.max(1, height - 2));
    }
    ctx.restore();
  }

  private point(plot: uPlot): void {
    const { idx, left, top } = plot.cursor;
    const box = plot.over.getBoundingClientRect();
    if (typeof idx === 'number' && (left ?? -1) >= 0) {
      this.events.onPoint(idx, box.left + left!, box.top + (top ?? 0));
    }
  }
}

/**
 * A query that has just begun has a short axis, not an empty one. A bar stands on the middle of its time: the first and the last need room
 * for their other half.
 */
function timesOf(min: number, max: number, spanMs: number): [number, number] {
  const end = Math.max(max, min + 1000);
  const start = Math.max(min, end - spanMs);
  const room = (end - start) * 0.02;
  return [start - room, end + room];
}

/** A little more than the values, and never nothing. */
function aroundOf(min: number, max: number): [number, number] {
  const pad = Math.max(500, (max - min) * 0.08);
  return [min - pad, max + pad];
}

function seriesOptions(series: ISeries, theme: ITheme): uPlot.Series {
  const { colour } = series;
  const { css } =
    'phase' in colour
      ? theme.phases[colour.phase]
      : 'state' in colour
        ? theme.states[colour.state]
        : theme.curves[colour.curve];
  if (series.look === 'marks') {
    return {
      stroke: css,
      width: 0,
      paths: () => null,
      points: { show: true, size: 5, fill: css, stroke: css }
    };
  }
  return series.look === 'bars'
    ? {
        fill: css,
        width: 0,
        points: { show: false },
        paths: uPlot.paths.bars!({ size: [0.8, 12, 1] })
      }
    : {
        stroke: css,
        width: 2,
        ...(series.look === 'stair'
          ? { paths: uPlot.paths.stepped!({ align: 1 }) }
          : {}),
        // A single batch is a point, not nothing.
        points: { show: self => self.data[0].length < 3, size: 5, fill: css }
      };
}
