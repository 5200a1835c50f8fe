import uPlot from 'uplot';
import type { ITheme } from '../../draw/theme';
import { paintBehind, paintLines, type IPaintInk } from './paint';
import { heightsOf, type IPlot, type LineColour } from './plot';
import { CanvasPen } from './plot-pen';

/** Fewer pixels than these between two words of an axis would be a jumble. */
const PLACE_SPACE = 72;
const VALUE_SPACE = 28;
/** A step of the zoom by keyboard. */
const ZOOM = 1.5;

/** How the axes of a chart word their values. */
export interface IAxisWords {
  readonly place: (value: number) => string;
  readonly value: (value: number) => string;
}

/** What a chart tells of. */
export interface IChartEvents {
  /** The pointer is at a place of the axis; null = it has left. The two numbers are a point of the window. */
  readonly onPoint: (place: number | null, x: number, y: number) => void;
  readonly onChoose: (place: number) => void;
  /** Another part of the axis is shown; null = all of it. */
  readonly onZoom: (part: readonly [number, number] | null) => void;
}

/** How a chart differs from one that stands alone. */
export interface IChartOptions {
  /** Charts of one group share the pointer's line. */
  readonly group?: string;
  /** Whether the places of the axis are written below it. */
  readonly hasPlaces?: boolean;
}

/** Of what the pointer does on one chart of a group, the others hear where it is. */
const isMove = (type: string): boolean =>
  type === 'mousemove' || type === 'mouseleave';

/** The colours of a theme as a plot is painted with them. */
export function inkOf(theme: ITheme): IPaintInk {
  return {
    colour: (colour: LineColour) =>
      ('soft' in colour
        ? theme.inkSoft
        : 'phase' in colour
          ? theme.phases[colour.phase]
          : theme.curves[colour.curve]
      ).css,
    ink: theme.ink.css,
    soft: theme.inkSoft.css,
    paper: theme.paper.css,
    worse: theme.states.failed.css,
    better: theme.states.succeeded.css,
    leastAlpha: theme.leastAlpha
  };
}

/**
 * One pair of axes: uPlot has the axes, the pointer and the zoom; the lines, of which each has places of its own, are painted by `paint.ts`.
 */
export class CurveChart {
  private plot: uPlot | null = null;
  private shown: IPlot | null = null;
  private words: IAxisWords | null = null;
  private width = 0;
  private height = 0;
  private part: readonly [number, number] | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly events: IChartEvents | null,
    private readonly options: IChartOptions = {}
  ) {}

  /** The part of the axis that is zoomed into; null = all of it. */
  get zoomed(): readonly [number, number] | null {
    return this.part;
  }

  /** What of the axis is seen; null before anything is. */
  get seen(): readonly [number, number] | null {
    return this.part ?? this.shown?.xRange ?? null;
  }

  /** Width of the plot itself in CSS pixels; 0 before it is drawn. */
  get plotWidth(): number {
    return this.plot ? this.plot.over.clientWidth : 0;
  }

  draw(
    shown: IPlot,
    words: IAxisWords,
    width: number,
    height: number,
    theme: ITheme
  ): void {
    if (width < 60 || height < 60) {
      return;
    }
    this.shown = shown;
    this.words = words;
    if (!this.plot) {
      this.plot = this.make(width, height, theme);
    } else {
      if (width !== this.width || height !== this.height) {
        this.plot.setSize({ width, height });
      }
      this.refresh();
    }
    this.width = width;
    this.height = height;
  }

  /** Take it from the page; drawn again, it has the page's colours and fonts of then. */
  clear(): void {
    this.plot?.destroy();
    this.plot = null;
  }

  /** Show a part of the axis, or all of it. */
  zoomTo(part: readonly [number, number] | null): void {
    const whole = this.shown?.xRange;
    if (!whole) {
      return;
    }
    if (part) {
      const width = Math.max(
        Math.min(part[1] - part[0], whole[1] - whole[0]),
        (whole[1] - whole[0]) / 10_000
      );
      const from = Math.max(whole[0], Math.min(part[0], whole[1] - width));
      part = width >= whole[1] - whole[0] ? null : [from, from + width];
    }
    this.part = part;
    this.refresh();
    this.events?.onZoom(part);
  }

  /** Show the part of the axis that another chart shows; seen when it is drawn next. */
  follow(part: readonly [number, number] | null): void {
    this.part = part;
  }

  /** Zoom in (true) or out about a place. */
  zoom(isIn: boolean, about: number): void {
    const { seen } = this;
    if (seen) {
      const factor = isIn ? 1 / ZOOM : ZOOM;
      this.zoomTo([
        about - (about - seen[0]) * factor,
        about + (seen[1] - about) * factor
      ]);
    }
  }

  /** Put the pointer's line at a place, as the keyboard does; where that is in the window. */
  pointAt(place: number): { x: number; y: number } {
    const { plot } = this;
    if (!plot) {
      return { x: 0, y: 0 };
    }
    const left = plot.valToPos(place, 'x');
    const top = plot.over.clientHeight / 4;
    plot.setCursor({ left, top }, false);
    const box = plot.over.getBoundingClientRect();
    return { x: box.left + left, y: box.top + top };
  }

  private refresh(): void {
    const { plot, shown } = this;
    if (plot && shown) {
      // The two ends only: they give the axes something to fit.
      plot.setData(dataOf(shown));
    }
  }

  private range(): readonly [number, number] {
    return this.part ?? this.shown?.xRange ?? [0, 1];
  }

  private heights(): [number, number] {
    const { shown, part } = this;
    return shown
      ? part
        ? heightsOf(shown.lines, part[0], part[1])
        : [...shown.yRange]
      : [0, 1];
  }

  private make(width: number, height: number, theme: ITheme): uPlot {
    const axis = {
      stroke: theme.inkSoft.css,
      font: theme.fontSmall,
      grid: { stroke: theme.grid, width: 1 },
      ticks: { show: false }
    };
    const { group, hasPlaces = true } = this.options;
    const ink = inkOf(theme);
    const paint = (self: uPlot, draw: typeof paintLines): void => {
      if (this.shown) {
        const { ctx, bbox } = self;
        const ratio = uPlot.pxRatio;
        ctx.save();
        ctx.beginPath();
        ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
        ctx.clip();
        ctx.translate(bbox.left, bbox.top);
        ctx.scale(ratio, ratio);
        const pen = new CanvasPen(
          ctx,
          bbox.width / ratio,
          bbox.height / ratio,
          theme.fontSmall,
          theme.paper.css
        );
        draw(this.shown, { x: this.range(), y: this.heights() }, pen, ink);
        ctx.restore();
      }
    };
    const plot = new uPlot(
      {
        width,
        height,
        // Without words below it, half of the lowest number stands there.
        padding: [6, 20, hasPlaces ? 0 : 8, 0],
        legend: { show: false },
        cursor: {
          drag: { x: this.events !== null, y: false, setScale: false },
          points: { show: false },
          y: false,
          ...(group
            ? { sync: { key: group, filters: { pub: isMove, sub: isMove } } }
            : {})
        },
        scales: {
          x: { time: false, range: () => [...this.range()] },
          y: { range: () => this.heights() }
        },
        axes: [
          {
            ...axis,
            show: hasPlaces,
            space: PLACE_SPACE,
            size: 22,
            values: (_, splits) =>
              splits.map(value => this.words?.place(value) ?? '')
          },
          {
            ...axis,
            space: VALUE_SPACE,
            size: 54,
            values: (_, splits) =>
              splits.map(value => this.words?.value(value) ?? '')
          }
        ],
        series: [{}, { paths: () => null, points: { show: false } }],
        hooks: {
          drawClear: [self => paint(self, paintBehind)],
          draw: [self => paint(self, paintLines)],
          setCursor: [self => this.point(self)],
          setSelect: [self => this.select(self)]
        }
      },
      dataOf(this.shown!),
      this.host
    );
    // Ours ends the zoom; uPlot's would fit the axis to the data, whose ends are the same.
    plot.over.addEventListener('dblclick', () => this.zoomTo(null));
    plot.over.addEventListener('click', event => {
      const { left } = plot.over.getBoundingClientRect();
      this.events?.onChoose(plot.posToVal(event.clientX - left, 'x'));
    });
    plot.over.addEventListener('mouseleave', () =>
      this.events?.onPoint(null, 0, 0)
    );
    return plot;
  }

  private point(plot: uPlot): void {
    const { left = -1, top = -1, event } = plot.cursor;
    if (!event || !this.events) {
      return;
    }
    if (left < 0) {
      this.events.onPoint(null, 0, 0);
      return;
    }
    const box = plot.over.getBoundingClientRect();
    this.events.onPoint(
      plot.posToVal(left, 'x'),
      box.left + left,
      box.top + top
    );
  }

  private select(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width > 2) {
      const from = plot.posToVal(left, 'x');
      const to = plot.posToVal(left + width, 'x');
      plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
      this.zoomTo([from, to]);
    }
  }
}

function dataOf(plot: IPlot): uPlot.AlignedData {
  return [[...plot.xRange], [...plot.yRange]];
}
