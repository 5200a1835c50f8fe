import type { IStretch } from '../../analysis/matrix-pixels';

/** Pixels between the plot and what stands beside it. */
const SPACE = 6;
/** A bar is never wider: two partitions are two bars, not two walls. */
const WIDEST_BAR = 88;
/** Executors that get a lane of their own; further ones share the last. */
export const MOST_LANES = 8;

/** What a layout of bars depends on. All lengths are CSS pixels. */
export interface IBarsRoom {
  readonly width: number;
  readonly height: number;
  readonly fontPx: number;
  /** Widest label of the axis at the left, and of the lines at the right. */
  readonly axisWidth: number;
  readonly linesWidth: number;
  /** Executors that ran partitions. */
  readonly executors: number;
  readonly range: IStretch;
}

/** Where the parts of the picture are. */
export interface IBarsLayout {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Pixels from a partition to the next; below 1 several share a pixel. */
  readonly pitch: number;
  /** Pixels that bars take up: few bars do not fill the width. */
  readonly used: number;
  /** Lanes of executors below the bars; none for a single executor. */
  readonly lanes: number;
  readonly laneTop: number;
  readonly lanePitch: number;
  /** Middle of the labels below. */
  readonly labels: number;
}

/** Lay out bars, their axes and the executors' lanes. */
export function layOutBars(room: IBarsRoom): IBarsLayout {
  const { fontPx, range } = room;
  const left = Math.ceil(room.axisWidth) + SPACE;
  const width = Math.max(
    1,
    room.width - left - Math.ceil(room.linesWidth) - 2 * SPACE
  );
  // Above the bars stands what the largest is called.
  const top = fontPx + SPACE;
  const lanes = room.executors > 1 ? Math.min(room.executors, MOST_LANES) : 0;
  const lanePitch =
    lanes === 0 ? 0 : Math.max(3, Math.min(8, Math.floor(24 / lanes)));
  const below = lanes * lanePitch + (lanes > 0 ? 3 : 0) + fontPx + SPACE;
  const height = Math.max(16, room.height - top - below);
  const pitch = Math.min(
    WIDEST_BAR,
    width / Math.max(range.to - range.from, Number.MIN_VALUE)
  );
  const laneTop = top + height + 3;
  return {
    left,
    top,
    width,
    height,
    pitch,
    used: Math.min(width, (range.to - range.from) * pitch),
    lanes,
    laneTop,
    lanePitch,
    labels: laneTop + lanes * lanePitch + fontPx / 2 + 2
  };
}

/**
 * Push labels apart that would overlap, as little as it takes, within bounds.
 *
 * @param wishes - from the top; at most a few.
 * @returns the middle of each.
 */
export function spread(
  wishes: readonly number[],
  pitch: number,
  top: number,
  bottom: number
): number[] {
  const places = [...wishes];
  for (let i = 0; i < places.length; i++) {
    const least = i === 0 ? top : places[i - 1]! + pitch;
    places[i] = Math.max(places[i]!, least);
  }
  for (let i = places.length - 1; i >= 0; i--) {
    const most = i === places.length - 1 ? bottom : places[i + 1]! - pitch;
    places[i] = Math.min(places[i]!, most);
  }
  return places;
}
