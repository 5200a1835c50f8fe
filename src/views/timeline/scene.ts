import type { LaneColumns } from '../../analysis/lane-columns';
import { readCallSite } from '../../analysis/call-site';
import { elapsedMs, PHASE_COUNT } from '../../analysis/phases';
import type { IStageBand } from '../../analysis/stage-bands';
import { ColumnWindow } from '../../analysis/column-window';
import {
  ColumnMark,
  paintColumns,
  type IColumnPaint,
  type ITimelineColumns
} from '../../analysis/timeline-columns';
import { formatDuration } from '../../draw/format';
import { PHASE_NAMES, type Rgba } from '../../draw/palette';
import {
  Pattern,
  type IBarInk,
  type IBarPlace,
  type IRenderer
} from '../../draw/renderer';
import type { ITheme } from '../../draw/theme';
import { timeTicks } from '../../draw/ticks';
import type { TimeScale } from '../../draw/time-scale';
import type { ITranslation } from '../../draw/words';
import type { Application } from '../../model';
import { BarFill, Bars, drawsBars } from './bars';
import { lanesInView, type ILayout } from './layout';

/** Everything one frame shows. */
export interface ISceneState {
  readonly application: Application;
  readonly lanes: readonly LaneColumns[];
  readonly bands: readonly IStageBand[];
  readonly layout: ILayout;
  readonly scale: TimeScale;
  readonly scrollTop: number;
  /** The moment the axis counts from. */
  readonly origin: number;
  readonly now: number;
  /** `TimelineLanes.revision`. */
  readonly revision: number;
  readonly isLive: boolean;
  readonly theme: ITheme;
  readonly trans: ITranslation;
  /** The stage in focus, if any: `StageAttempt.key`. */
  readonly stageKey: string | null;
}

/** How stretches of columns are marked. */
const MARK_PATTERNS = [
  [ColumnMark.gc, Pattern.hatch],
  [ColumnMark.killed, Pattern.killed],
  [ColumnMark.failed, Pattern.cross]
] as const;

/** Draws what stays on the screen while the pointer moves. */
export class TimelineScene {
  private readonly bars = new Bars();
  private readonly window = new ColumnWindow();
  private pixels = new Uint32Array(0);
  private painted: { theme: ITheme; paint: IColumnPaint } | null = null;

  /** Whether the last frame drew tasks one by one. */
  isDetailed = true;

  draw(renderer: IRenderer, state: ISceneState): void {
    const { layout } = state;
    renderer.clear();
    this.drawBands(renderer, state);
    renderer.clip(layout.left, 0, layout.plotWidth, layout.axisTop + 4);
    this.drawGrid(renderer, state);
    renderer.unclip();
    renderer.clip(0, layout.laneTop, layout.width, layout.laneHeight);
    this.drawLanes(renderer, state);
    this.drawLabels(renderer, state);
    renderer.unclip();
    this.drawAxis(renderer, state);
  }

  private drawLanes(renderer: IRenderer, state: ISceneState): void {
    const { layout, lanes, scale, theme, now } = state;
    const [first, last] = lanesInView(layout, state.scrollTop, lanes.length);
    if (last <= first) {
      return;
    }
    const bands = {
      top: layout.laneTop + first * layout.pitch - state.scrollTop,
      pitch: layout.pitch,
      count: last - first
    };
    const place = { scale, left: layout.left, bands, gap: theme.gap };
    renderer.clip(
      layout.left,
      layout.laneTop,
      layout.plotWidth,
      layout.laneHeight
    );
    this.isDetailed = drawsBars(lanes, first, last, scale, now);
    if (this.isDetailed) {
      const stage =
        state.stageKey === null
          ? null
          : (state.application.stages.get(state.stageKey)?.ordinal ?? null);
      this.bars.build({
        ...{ application: state.application, lanes, first, last, scale, now },
        ...{ ratio: renderer.ratio, gap: theme.gap, onlyStage: stage }
      });
      renderer.bars(this.bars, place, fillsOf(theme), inkOf(theme));
      this.drawNumbers(renderer, state, bands.top);
    } else {
      const width = Math.max(1, Math.round(layout.plotWidth * renderer.ratio));
      const seen = lanes.slice(first, last);
      const columns = this.window.show({
        ...{ lanes: seen, from: scale.from, to: scale.to, width, now },
        revision: state.isLive ? `at ${now}` : String(state.revision)
      });
      const size = width * seen.length;
      if (this.pixels.length < size) {
        this.pixels = new Uint32Array(size);
      }
      paintColumns(columns, this.paintOf(theme), this.pixels);
      renderer.pixelRows(this.pixels, width, layout.left, bands, theme.gap);
      this.drawMarks(renderer, columns, place, theme);
      this.veil(renderer, state);
    }
    renderer.unclip();
  }

  /** What single bars carry beside their colour, on stretches wide enough for it. */
  private drawMarks(
    renderer: IRenderer,
    columns: ITimelineColumns,
    place: IBarPlace,
    theme: ITheme
  ): void {
    const { bars } = this;
    const { width, marks } = columns;
    const { ratio } = renderer;
    const time = (column: number): number => place.scale.time(column / ratio);
    bars.clear();
    for (const [mark, pattern] of MARK_PATTERNS) {
      for (let row = 0; row < columns.laneCount; row++) {
        const end = (row + 1) * width;
        for (let at = row * width; at < end; at++) {
          const from = at;
          while (at < end && marks[at]! & mark) {
            at++;
          }
          if (at - from >= 3 * ratio) {
            const left = from - row * width;
            const right = at - row * width;
            bars.add(time(left), time(right), row, BarFill.none, pattern);
          }
        }
      }
    }
    renderer.bars(bars, place, [], inkOf(theme));
  }

  /** Where tasks are too thin to fade one by one, fade the time around a stage. */
  private veil(renderer: IRenderer, state: ISceneState): void {
    const band = state.bands.find(b => b.stage.key === state.stageKey);
    if (!band) {
      return;
    }
    const { layout, scale, theme } = state;
    const [r, g, b] = theme.paper.rgba;
    const paper = `rgba(${r}, ${g}, ${b}, 0.7)`;
    const from = Math.max(0, Math.min(layout.plotWidth, scale.x(band.from)));
    const to = Math.max(0, Math.min(layout.plotWidth, scale.x(band.to)));
    const { left, laneTop, laneHeight, plotWidth } = layout;
    renderer.fill(left, laneTop, from, laneHeight, paper);
    renderer.fill(left + to, laneTop, plotWidth - to, laneHeight, paper);
  }

  private drawNumbers(
    renderer: IRenderer,
    state: ISceneState,
    top: number
  ): void {
    const { layout, scale, theme } = state;
    if (layout.pitch < theme.fontSmallPx + 2) {
      return;
    }
    const { tasks } = state.application;
    for (const label of this.bars.labels) {
      const from = scale.x(label.start);
      const width = scale.x(label.end) - from;
      const middle = top + (label.lane + 0.5) * layout.pitch;
      const index = tasks.index[label.task]!;
      const ms = elapsedMs(tasks, label.task, state.now);
      const long = state.trans.__('task %1 · %2', index, formatDuration(ms));
      const fits = renderer.measure(long, theme.fontSmall) + 12 <= width;
      const text = fits ? long : String(index);
      renderer.text(text, layout.left + from + width / 2, middle, {
        font: theme.fontSmall,
        colour: colourOf(theme, label.fill).ink,
        align: 'center',
        maxWidth: width - 4
      });
    }
  }

  private drawBands(renderer: IRenderer, state: ISceneState): void {
    const { layout, scale, theme, trans } = state;
    const height = layout.bandPitch - 2;
    renderer.clip(layout.left, 0, layout.plotWidth, layout.laneTop);
    for (const { stage, from, to, row } of state.bands) {
      const left = Math.max(-4, scale.x(from));
      const right = Math.min(layout.plotWidth + 4, scale.x(to));
      if (right < 0 || left > layout.plotWidth) {
        continue;
      }
      const x = layout.left + left;
      const w = Math.max(right - left - 1, 1);
      const y = layout.bandTop + row * layout.bandPitch;
      const focus = stage.key === state.stageKey;
      const failed = stage.status === 'failed';
      renderer.fill(x, y, w, height, theme.surface.css);
      const rule = failed
        ? theme.states.failed.css
        : focus
          ? theme.accent.css
          : stage.status === 'active'
            ? theme.states.running.css
            : theme.inkSoft.css;
      renderer.fill(x, y + height - 2, w, 2, rule);
      if (focus) {
        renderer.outline(x, y, w, height, theme.accent.css, 1);
      }
      const inside = Math.max(x, layout.left);
      const room = x + w - inside - 6;
      const name = bandLabel(stage.id, stage.attempt, failed, trans);
      const short = String(stage.id);
      const style = { font: theme.fontSmall, colour: theme.ink.css };
      const middle = y + (height - 1) / 2;
      if (renderer.measure(name, theme.fontSmall) <= room) {
        const { action } = readCallSite(stage.name);
        const long = action ? `${name} · ${action}` : name;
        const fits = renderer.measure(long, theme.fontSmall) <= room;
        renderer.text(fits ? long : name, inside + 3, middle, style);
      } else if (renderer.measure(short, theme.fontSmall) <= room) {
        renderer.text(short, inside + 3, middle, style);
      }
    }
    renderer.unclip();
  }

  private drawGrid(renderer: IRenderer, state: ISceneState): void {
    const { layout, theme } = state;
    for (const tick of this.ticks(state)) {
      const x = Math.round(layout.left + state.scale.x(tick.time));
      renderer.fill(x, layout.laneTop, 1, layout.laneHeight + 4, theme.grid);
    }
  }

  private ticks(state: ISceneState): ReturnType<typeof timeTicks> {
    const { scale, origin, layout } = state;
    const most = Math.max(2, Math.min(6, Math.floor(layout.plotWidth / 90)));
    return timeTicks(scale.from, scale.to, origin, most);
  }

  private drawAxis(renderer: IRenderer, state: ISceneState): void {
    const { layout, theme, scale } = state;
    const { left, plotWidth, axisTop } = layout;
    renderer.fill(left, axisTop, plotWidth, 1, theme.border.css);
    const middle = axisTop + 5 + theme.fontSmallPx / 2;
    for (const tick of this.ticks(state)) {
      const x = left + scale.x(tick.time);
      const width = renderer.measure(tick.label, theme.fontSmall);
      // The first and last labels stay inside the picture.
      const at = Math.max(
        left + width / 2,
        Math.min(left + plotWidth - width / 2, x)
      );
      renderer.text(tick.label, at, middle, {
        font: theme.fontSmall,
        colour: theme.inkSoft.css,
        align: 'center'
      });
    }
  }

  /** Names of lanes, and a line above each executor but the first. */
  private drawLabels(renderer: IRenderer, state: ISceneState): void {
    const { layout, lanes, theme } = state;
    const [first, last] = lanesInView(layout, state.scrollTop, lanes.length);
    const several = hasSeveralExecutors(lanes);
    const step = Math.ceil((theme.fontSmallPx + 2) / layout.pitch);
    for (let l = first; l < last; l++) {
      const lane = lanes[l]!;
      const y = layout.laneTop + l * layout.pitch - state.scrollTop;
      if (lane.core === 0 && several && l > 0) {
        renderer.fill(0, y - 1, layout.width, 1, theme.border.css);
      }
      const named = several ? lane.core === 0 : lane.core % step === 0;
      if (layout.left > 0 && named) {
        const middle = y + Math.max(layout.pitch, theme.fontSmallPx) / 2;
        renderer.text(
          laneLabel(lane, several, state.trans),
          layout.left - 6,
          middle,
          {
            font: theme.fontSmall,
            colour: theme.inkSoft.css,
            align: 'right',
            maxWidth: layout.left - 6
          }
        );
      }
    }
  }

  private paintOf(theme: ITheme): IColumnPaint {
    if (this.painted?.theme !== theme) {
      const paint = {
        phases: PHASE_NAMES.map(name => word(theme.phases[name].rgba)),
        failed: word(theme.states.failed.rgba),
        killed: word(theme.states.killed.rgba),
        leastAlpha: theme.leastAlpha
      };
      this.painted = { theme, paint };
    }
    return this.painted.paint;
  }
}

/** Whether lanes belong to more than one executor. */
export function hasSeveralExecutors(lanes: readonly LaneColumns[]): boolean {
  const first = lanes[0]?.executor;
  return lanes.some(lane => lane.executor !== first);
}

/** What stands left of a lane. */
export function laneLabel(
  lane: { readonly executor: string; readonly core: number },
  several: boolean,
  trans: ITranslation
): string {
  if (!several) {
    return trans.__('core %1', lane.core + 1);
  }
  return lane.executor === 'driver'
    ? trans.__('driver')
    : trans.__('executor %1', lane.executor);
}

function bandLabel(
  id: number,
  attempt: number,
  failed: boolean,
  trans: ITranslation
): string {
  const name =
    attempt > 0
      ? trans.__('Stage %1, attempt %2', id, attempt)
      : trans.__('Stage %1', id);
  return failed ? `× ${name}` : name;
}

function word([r, g, b]: Rgba): number {
  return r | (g << 8) | (b << 16);
}

function colourOf(theme: ITheme, fill: number): { css: string; ink: string } {
  const phase = PHASE_NAMES[fill];
  if (phase) {
    return theme.phases[phase];
  }
  return fill === PHASE_COUNT ? theme.states.failed : theme.states.killed;
}

function fillsOf(theme: ITheme): string[] {
  return [
    ...PHASE_NAMES.map(name => theme.phases[name].css),
    theme.states.failed.css,
    theme.states.killed.css
  ];
}

function inkOf(theme: ITheme): IBarInk {
  return {
    hatch: theme.phases.compute.ink,
    killed: theme.states.killed.ink,
    cross: theme.states.failed.ink,
    outline: theme.states.speculative.css,
    edge: theme.ink.css
  };
}
