import type { ViewTab } from '../views/open-view';

/** As tall as the issue of a strip allows unless somebody drags it. */
export const OPEN_HEIGHT_PX = 216;

/** What a person did to the strip of a cell; outlives the widget, which comes and goes with the cell's. */
export interface IStripState {
  open: boolean;
  /** True once a person opened or closed it: from then on it never opens by itself. */
  touched: boolean;
  tab: ViewTab;
  heightPx: number;
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
    heightPx: OPEN_HEIGHT_PX,
    runId: null,
    newestId: null,
    message: null,
    cancelling: false
  };
}
