import type { ViewTab } from '../views/open-view';

/** As tall as the issue of a strip allows unless somebody drags it. */
export const OPEN_HEIGHT_PX = 216;

/** A stream has two rows of charts, and words below them. */
const STREAM_HEIGHT_PX = 344;

/** A curve has its controls above and what it costs below. */
const CURVE_HEIGHT_PX = 440;

/** How tall an open strip is: as it was dragged, else as its tab needs it. */
export function heightOf({ heightPx, tab }: IStripState): number {
  return (
    heightPx ??
    (tab === 'curve'
      ? CURVE_HEIGHT_PX
      : tab === 'streams'
        ? STREAM_HEIGHT_PX
        : OPEN_HEIGHT_PX)
  );
}

/** What a person did to the strip of a cell; outlives the widget, which comes and goes with the cell's. */
export interface IStripState {
  open: boolean;
  /** True once a person opened or closed it: from then on it never opens by itself. */
  touched: boolean;
  tab: ViewTab;
  /** Null until somebody drags it. */
  heightPx: number | null;
  /** The run that was chosen; null = the newest. */
  runId: string | null;
  /** The newest run when we last looked. */
  newestId: string | null;
  message: string | null;
  cancelling: boolean;
}

/** A strip that nobody has touched. */
export function newStripState(): IStripState {
  return {
    open: false,
    touched: false,
    tab: 'timeline',
    heightPx: null,
    runId: null,
    newestId: null,
    message: null,
    cancelling: false
  };
}
