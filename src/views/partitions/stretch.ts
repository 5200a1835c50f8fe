import { clampRange, zoomRange } from '../../draw/time-scale';
import type { IStretch } from '../../analysis/matrix-pixels';

/** So few cells or bars are the nearest that can be seen. */
const FEWEST = 2;

function shortest(limits: IStretch): number {
  return Math.min(FEWEST, limits.to - limits.from);
}

/** Keep a stretch within its limits. */
export function clampStretch(stretch: IStretch, limits: IStretch): IStretch {
  return clampRange(stretch, limits, shortest(limits));
}

/** Move a stretch, to its limits at most. */
export function panStretch(
  { from, to }: IStretch,
  by: number,
  limits: IStretch
): IStretch {
  return clampStretch({ from: from + by, to: to + by }, limits);
}

/** Zoom about a place, which stays where it is on the screen; above 1 is nearer. */
export function zoomStretch(
  stretch: IStretch,
  about: number,
  factor: number,
  limits: IStretch
): IStretch {
  return zoomRange(stretch, about, factor, limits, shortest(limits));
}
