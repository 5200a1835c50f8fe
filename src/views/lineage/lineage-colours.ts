import type { IColour, ITheme } from '../../draw/theme';
import type { CellState } from './lineage-cells';

/** A colour that lets what is behind it through. */
export function alpha({ rgba }: IColour, share: number): string {
  return `rgba(${rgba[0]}, ${rgba[1]}, ${rgba[2]}, ${share.toFixed(2)})`;
}

/** What moves between executors has the colour of waiting for it, in every view. */
export function crossingColour(theme: ITheme): IColour {
  return theme.phases['shuffle-read'];
}

/** Colour of what is kept by `cache()`. */
export function keptColour(theme: ITheme): IColour {
  return theme.phases['getting-result'];
}

/** Steps of strength by which a cell shows how much it holds. */
const STRENGTHS = [0.4, 0.6, 0.8, 1];

/** What a cell is filled with; null for a frame only. */
export function cellFill(
  state: CellState,
  share: number,
  theme: ITheme
): string | null {
  const at = Math.min(
    STRENGTHS.length - 1,
    Math.floor(share * STRENGTHS.length)
  );
  const strength = Math.max(theme.leastAlpha, STRENGTHS[at]!);
  switch (state) {
    case 'done':
      return alpha(theme.states.succeeded, strength);
    case 'running':
      return theme.states.running.css;
    case 'failed':
      return theme.states.failed.css;
    case 'memory':
    case 'disk':
      return keptColour(theme).css;
    default:
      return null;
  }
}
