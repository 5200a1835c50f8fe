import type { LaneColumns } from '../../analysis/lane-columns';
import type { IStageBand } from '../../analysis/stage-bands';
import { rowAt } from '../../draw/hit-test';
import type { ITheme } from '../../draw/theme';
import { TimeScale, type ITimeRange } from '../../draw/time-scale';
import type { ITranslation } from '../../draw/words';
import type { Application } from '../../model';
import { Layers } from '../layers';
import { findTask, type ITaskHit } from './find-task';
import { layoutTimeline, type ILayout } from './layout';
import { drawOverlay, type IFramed, type IOverlayState } from './overlay';
import {
  hasSeveralExecutors,
  laneLabel,
  TimelineScene,
  type ISceneState
} from './scene';

/** What the picture is of. */
export interface IPictureData {
  readonly application: Application;
  readonly lanes: readonly LaneColumns[];
  readonly bands: readonly IStageBand[];
  readonly range: ITimeRange;
  /** The moment the axis counts from. */
  readonly origin: number;
  readonly now: number;
  /** `TimelineLanes.revision`. */
  readonly revision: number;
  /** Whether tasks run, so that the picture changes as time passes. */
  readonly isLive: boolean;
  readonly stageKey: string | null;
}

/** What lies under a point. */
export type PictureHit =
  | { readonly kind: 'task'; readonly lane: number; readonly hit: ITaskHit }
  | { readonly kind: 'stage'; readonly band: IStageBand };

/**
 * The canvases of a timeline: one for what stays, one above it for what
 * follows the pointer, in a box that scrolls when there are more lanes than
 * fit.
 */
export class TimelinePicture {
  /** The box to put into the page. */
  readonly node: HTMLElement;
  /** What takes the focus, the pointer and the keys. */
  readonly plot: HTMLElement;

  private readonly layers: Layers;
  private readonly sizer: HTMLElement;
  private readonly scene = new TimelineScene();
  private layout: ILayout | null = null;
  /** As the box last said: to ask it in the middle of a frame has the browser lay out the page. */
  private scrollTop = 0;
  private data: IPictureData | null = null;
  private isTopClear = true;
  /** What the canvases show, to be painted again elsewhere. */
  private shown: ISceneState | null = null;
  private shownTop: IOverlayState | null = null;

  constructor(
    host: Document,
    private readonly trans: ITranslation,
    scrolled: () => void
  ) {
    const box = (name: string): HTMLElement => {
      const node = host.createElement('div');
      node.className = `jp-Sparkglass-${name}`;
      return node;
    };
    this.node = box('timeline-box');
    this.sizer = box('timeline-sizer');
    this.plot = box('timeline-plot');
    this.layers = new Layers(
      this.plot,
      trans.__(
        'Timeline of tasks. Arrow keys move, plus and minus zoom, 0 shows everything, brackets go from task to task, Enter chooses, Escape clears.'
      ),
      {
        // A scene of its own: this one remembers what it aggregated for the screen.
        base: renderer =>
          this.shown && new TimelineScene().draw(renderer, this.shown),
        top: renderer => this.shownTop && drawOverlay(renderer, this.shownTop)
      }
    );
    this.sizer.appendChild(this.plot);
    this.node.appendChild(this.sizer);
    this.node.addEventListener('scroll', () => {
      this.scrollTop = this.node.scrollTop;
      scrolled();
    });
  }

  /** Name the picture: its verdict. */
  setName(name: string): void {
    this.layers.setName(name);
  }

  /** Lay out for a width and at most a height. */
  resize(
    width: number,
    mostHeight: number,
    data: Pick<IPictureData, 'lanes' | 'bands'>,
    theme: ITheme
  ): void {
    const { lanes, bands } = data;
    const several = hasSeveralExecutors(lanes);
    let labelWidth = 0;
    for (const lane of lanes) {
      if (!several || lane.core === 0) {
        const label = laneLabel(lane, several, this.trans);
        labelWidth = Math.max(
          labelWidth,
          this.layers.base.measure(label, theme.fontSmall)
        );
      }
    }
    this.layout = layoutTimeline({
      width,
      mostHeight,
      lanes: lanes.length,
      bandRows: bands.reduce((rows, band) => Math.max(rows, band.row + 1), 0),
      labelWidth,
      fontPx: theme.fontSmallPx
    });
    const { height, lanesHeight, laneHeight } = this.layout;
    this.layers.resize(width, height);
    this.plot.style.height = `${height}px`;
    this.node.style.height = `${height}px`;
    this.sizer.style.height = `${height + lanesHeight - laneHeight}px`;
  }

  /** Draw what stays. */
  draw(data: IPictureData, theme: ITheme): void {
    this.data = data;
    const { layout } = this;
    if (layout) {
      this.shown = {
        ...data,
        layout,
        scale: this.scale(data.range, layout),
        scrollTop: this.scrollTop,
        theme,
        trans: this.trans
      };
      this.scene.draw(this.layers.base, this.shown);
    }
  }

  /** Draw what follows the pointer. */
  drawTop(
    theme: ITheme,
    hovered: IFramed | null,
    selected: IFramed | null,
    marked: ITimeRange | null
  ): void {
    const { layout, data } = this;
    const nothing = !hovered && !selected && !marked;
    if (nothing && this.isTopClear) {
      return;
    }
    if (layout && data) {
      this.isTopClear = nothing;
      this.shownTop = {
        layout,
        scale: this.scale(data.range, layout),
        scrollTop: this.scrollTop,
        theme,
        hovered,
        selected,
        marked
      };
      drawOverlay(this.layers.top, this.shownTop);
    }
  }

  /** The first moment shown. */
  get from(): number {
    return this.data?.range.from ?? 0;
  }

  /** The moment at a pixel of the plot. */
  timeAt(x: number): number {
    const { layout, data } = this;
    return layout && data
      ? this.scale(data.range, layout).time(x - layout.left)
      : 0;
  }

  /** Milliseconds of so many pixels. */
  spanOf(pixels: number): number {
    const { layout, data } = this;
    return layout && data ? pixels / this.scale(data.range, layout).perMs : 0;
  }

  /** What lies at a pixel of the plot. */
  hitAt(x: number, y: number): PictureHit | null {
    const { layout, data } = this;
    if (!layout || !data || x < layout.left) {
      return null;
    }
    const scale = this.scale(data.range, layout);
    if (y < layout.laneTop) {
      const row = Math.floor((y - layout.bandTop) / layout.bandPitch);
      const time = scale.time(x - layout.left);
      const reach = 2 / scale.perMs;
      const band = data.bands.find(
        b => b.row === row && time >= b.from - reach && time <= b.to + reach
      );
      return band ? { kind: 'stage', band } : null;
    }
    if (y >= layout.axisTop) {
      return null;
    }
    const lane = rowAt(
      {
        top: layout.laneTop - this.scrollTop,
        pitch: layout.pitch,
        count: data.lanes.length
      },
      y
    );
    const columns = data.lanes[lane];
    const hit = columns ? findTask(columns, scale, x - layout.left) : null;
    return hit ? { kind: 'task', lane, hit } : null;
  }

  /** Scroll as little as it takes for a lane to be seen. */
  revealLane(lane: number): void {
    const { layout } = this;
    if (layout) {
      const top = lane * layout.pitch;
      const most = top;
      const least = top + layout.pitch - layout.laneHeight;
      const now = this.node.scrollTop;
      this.node.scrollTop = Math.max(least, Math.min(most, now));
      this.scrollTop = this.node.scrollTop;
    }
  }

  /** Where a moment of a lane is, in pixels of the window. */
  pointOf(lane: number, time: number): { x: number; y: number } {
    const box = this.plot.getBoundingClientRect();
    const { layout, data } = this;
    if (!layout || !data) {
      return { x: box.left, y: box.top };
    }
    const x = layout.left + this.scale(data.range, layout).x(time);
    const top = layout.laneTop + lane * layout.pitch - this.scrollTop;
    return {
      x: box.left + Math.max(layout.left, Math.min(layout.width, x)),
      y: box.top + top + layout.pitch
    };
  }

  private scale(range: ITimeRange, layout: ILayout): TimeScale {
    return new TimeScale(range, layout.plotWidth);
  }
}
