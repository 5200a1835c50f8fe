import { columnRange } from '../../analysis/pixel-columns';
import type { IStretch } from '../../analysis/matrix-pixels';
import type { IMeasured } from '../../analysis/partitions-verdict';
import type { IRenderer } from '../../draw/renderer';
import type { ITheme } from '../../draw/theme';
import type { ITranslation } from '../../draw/words';
import { Layers } from '../layers';
import { layOutBars } from './layout';
import {
  axisLabels,
  barBox,
  drawBars,
  lineLabels,
  partitionAt,
  type IBarsState
} from './scene';
import { valueWords } from './words';

/** What is drawn of a stage's partitions. */
export interface IBarsData {
  readonly measured: IMeasured;
  readonly order: Int32Array | null;
  readonly range: IStretch;
  /** Executors that ran partitions, as indices into `Application.strings`. */
  readonly executors: readonly number[];
}

/** What lies under a pixel. */
export interface IBarHit {
  /** The partition; of several that share the pixel the largest. */
  readonly index: number;
  readonly place: number;
  /** How many share the pixel. */
  readonly among: number;
}

/** The bars of a stage's partitions on a canvas, and on another above it what is pointed at and chosen. */
export class BarsPicture {
  readonly node = document.createElement('div');
  private readonly layers: Layers;
  private state: IBarsState | null = null;
  private marks: readonly (readonly [number, boolean])[] = [];

  constructor(private readonly trans: ITranslation) {
    this.node.className = 'jp-Sparkglass-bars';
    this.layers = new Layers(
      this.node,
      trans.__(
        'Partitions as bars. Arrow keys go from bar to bar, Shift and arrows move, plus and minus zoom, 0 shows everything, Enter chooses, Escape clears.'
      ),
      {
        base: renderer => this.state && drawBars(renderer, this.state),
        top: renderer => this.drawMarks(renderer)
      }
    );
  }

  /** Name the picture: its verdict. */
  setName(name: string): void {
    this.layers.setName(name);
  }

  /** Draw what stays, in so many CSS pixels. */
  draw(data: IBarsData, width: number, height: number, theme: ITheme): void {
    const { measured } = data;
    const widest = (words: readonly string[]): number =>
      Math.max(
        ...words.map(each => this.layers.base.measure(each, theme.fontSmall)),
        0
      );
    const ticks = axisLabels(measured).map(tick =>
      valueWords(measured.metric, tick)
    );
    const axis =
      data.executors.length > 1
        ? [...ticks, this.trans.__('executors')]
        : ticks;
    const layout = layOutBars({
      width,
      height,
      fontPx: theme.fontSmallPx,
      axisWidth: widest(axis),
      linesWidth: widest(
        lineLabels(measured, this.trans).map(line => line.words)
      ),
      executors: data.executors.length,
      range: data.range
    });
    this.layers.resize(width, height);
    const { order, range, executors: lanes } = data;
    const { trans } = this;
    this.state = { measured, order, range, layout, lanes, theme, trans };
    drawBars(this.layers.base, this.state);
  }

  /**
   * Draw frames round bars.
   *
   * @param marks - places, and whether each is chosen rather than pointed at.
   */
  mark(marks: readonly (readonly [place: number, chosen: boolean])[]): void {
    this.marks = marks;
    this.drawMarks(this.layers.top);
  }

  private drawMarks(renderer: IRenderer): void {
    renderer.clear();
    const { state } = this;
    for (const [place, chosen] of state ? this.marks : []) {
      const { layout, theme } = state!;
      const { x, w } = barBox(state!, place);
      if (x + w >= layout.left && x <= layout.left + layout.used) {
        const colour = chosen ? theme.accent.css : theme.ink.css;
        const { top, height } = layout;
        renderer.outline(x - 2, top - 2, w + 4, height + 4, colour, 2);
      }
    }
  }

  /** What lies at a pixel. */
  hitAt(x: number): IBarHit | null {
    const { state } = this;
    if (!state) {
      return null;
    }
    const { layout, range, measured } = state;
    const { count } = measured.partitions;
    const right = x - layout.left;
    if (right < 0 || right >= layout.used) {
      return null;
    }
    if (layout.pitch >= 1) {
      const place = Math.floor(range.from + right / layout.pitch);
      return place < 0 || place >= count
        ? null
        : { index: partitionAt(state, place), place, among: 1 };
    }
    const columns = Math.max(1, Math.round(layout.used));
    const run = columnRange(range, columns, Math.floor(right), count);
    let best = run.from;
    for (let place = run.from; place < run.to; place++) {
      const value = measured.values[partitionAt(state, place)]!;
      best = value > measured.values[partitionAt(state, best)]! ? place : best;
    }
    return run.to > run.from
      ? {
          index: partitionAt(state, best),
          place: best,
          among: run.to - run.from
        }
      : null;
  }

  /** The place at a pixel, with fractions. */
  placeAt(x: number): number {
    const { state } = this;
    return state
      ? state.range.from + (x - state.layout.left) / state.layout.pitch
      : 0;
  }

  /** How many places so many pixels are. */
  placesIn(pixels: number): number {
    return this.state ? pixels / this.state.layout.pitch : 0;
  }

  /** Where a place is, in pixels of the window. */
  pointOf(place: number): { x: number; y: number } {
    const box = this.node.getBoundingClientRect();
    if (!this.state) {
      return { x: box.left, y: box.top };
    }
    const { x, w } = barBox(this.state, place);
    return { x: box.left + x + w, y: box.top + this.state.layout.top };
  }
}
