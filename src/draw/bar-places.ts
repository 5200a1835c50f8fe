import type { IBarColumns, IBarPlace } from './renderer';

/** The left edge of a bar in CSS pixels, on a device pixel. */
export function barLeft(
  bars: IBarColumns,
  i: number,
  place: IBarPlace,
  ratio: number
): number {
  return snap(place.left + place.scale.x(bars.starts[i]!), ratio);
}

/** Width of a bar in CSS pixels: never less than a device pixel. */
export function barWidth(
  bars: IBarColumns,
  i: number,
  place: IBarPlace,
  ratio: number,
  left: number
): number {
  const end = snap(place.left + place.scale.x(bars.ends[i]!), ratio);
  return Math.max(end - left, 1 / ratio);
}

/** Half the width of a failed bar's cross, in CSS pixels; too small to draw below 1. */
export function crossArm(width: number, height: number): number {
  return Math.min(width, height, 12) / 2 - 1.5;
}

/** The middle of that cross: at the right end, which is the moment at which it failed. */
export function crossMiddle(x: number, width: number, arm: number): number {
  return x + width - arm - Math.min(3, (width - 2 * arm) / 2);
}

/** A text, or as much of it as fits with an ellipsis; null when nothing does. */
export function cutToFit(
  text: string,
  most: number,
  measure: (text: string) => number
): string | null {
  if (measure(text) <= most) {
    return text;
  }
  const room = Math.floor(most / measure('0')) - 1;
  return room < 1 ? null : `${text.slice(0, room)}…`;
}

function snap(x: number, ratio: number): number {
  return Math.round(x * ratio) / ratio;
}
