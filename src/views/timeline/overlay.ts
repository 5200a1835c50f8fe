import type { LaneColumns } from '../../analysis/lane-columns';
import type { IRenderer } from '../../draw/renderer';
import type { ITheme } from '../../draw/theme';
import type { ITimeRange, TimeScale } from '../../draw/time-scale';
import { formatDuration } from '../../draw/format';
import type { ILayout } from './layout';

/** A task (or a few) in its lane, to be framed. */
export interface IFramed {
  /** Position of the lane. */
  readonly lane: number;
  readonly from: number;
  readonly to: number;
}

/** What follows the pointer. */
export interface IOverlayState {
  readonly layout: ILayout;
  readonly scale: TimeScale;
  readonly scrollTop: number;
  readonly theme: ITheme;
  readonly hovered: IFramed | null;
  readonly selected: IFramed | null;
  /** The stretch that is being marked. */
  readonly marked: ITimeRange | null;
}

/** Draw frames around what is pointed at and what is chosen. */
export function drawOverlay(renderer: IRenderer, state: IOverlayState): void {
  const { layout, scale, theme } = state;
  renderer.clear();
  renderer.clip(layout.left, 0, layout.plotWidth, layout.height);
  if (state.marked) {
    const x = layout.left + scale.x(state.marked.from);
    const w = (state.marked.to - state.marked.from) * scale.perMs;
    const [r, g, b] = theme.accent.rgba;
    renderer.fill(x, 0, w, layout.axisTop, `rgba(${r}, ${g}, ${b}, 0.18)`);
    renderer.outline(x, 0, w, layout.axisTop, theme.accent.css, 1);
    const words = formatDuration(state.marked.to - state.marked.from);
    const chip = renderer.measure(words, theme.fontSmall) + 8;
    const middle = layout.axisTop + 5 + theme.fontSmallPx / 2;
    const at = Math.max(
      layout.left,
      Math.min(layout.width - chip, x + w / 2 - chip / 2)
    );
    renderer.fill(
      at,
      layout.axisTop + 1,
      chip,
      theme.fontSmallPx + 7,
      theme.paper.css
    );
    renderer.text(words, at + chip / 2, middle, {
      font: theme.fontSmall,
      colour: theme.ink.css,
      align: 'center'
    });
  }
  if (state.selected) {
    frame(renderer, state, state.selected, theme.accent.css);
  }
  if (state.hovered) {
    frame(renderer, state, state.hovered, theme.ink.css);
  }
  renderer.unclip();
}

function frame(
  renderer: IRenderer,
  state: IOverlayState,
  framed: IFramed,
  colour: string
): void {
  const { layout, scale } = state;
  const y = layout.laneTop + framed.lane * layout.pitch - state.scrollTop;
  if (y + layout.pitch <= layout.laneTop || y >= layout.axisTop) {
    return;
  }
  const x = layout.left + scale.x(framed.from);
  const w = Math.max(3, (framed.to - framed.from) * scale.perMs);
  renderer.outline(x - 1, y - 1, w + 2, layout.pitch + 1, colour, 2);
}

/** The frame of tasks `first` … `last - 1` of a lane. */
export function framed(
  lanes: readonly LaneColumns[],
  lane: number,
  first: number,
  last: number,
  now: number
): IFramed | null {
  const columns = lanes[lane];
  if (!columns || first < 0 || last > columns.count || last <= first) {
    return null;
  }
  return {
    lane,
    from: columns.starts[first]!,
    to: Math.min(
      columns.ends[last - 1]!,
      Math.max(now, columns.starts[last - 1]!)
    )
  };
}
