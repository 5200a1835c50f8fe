import type { IScope } from '../analysis/scope';
import type { ITranslation } from '../draw/words';
import type { Application, CellRun, StreamingQuery } from '../model';
import type { TabName } from './tab-names';

/** A view of a scope. Put `node` into the page; it is as large as its parent. */
export interface IScopeView {
  readonly node: HTMLElement;
  /** The model changed, or another scope is to be shown. */
  update(scope: IScope): void;
  /** Fonts or colours of the page changed. */
  setTheme(): void;
  dispose(): void;
}

/** What a view can ask of whatever it stands in. */
export interface IScopeActions {
  /** Put code into a new cell below the one that is shown, not run; null where there is no notebook. */
  readonly insertCell: ((code: string) => void) | null;
  /** Stop a streaming query, as `query.stop()` does; null where nothing can be stopped. */
  readonly stopQuery:
    ((application: Application, query: StreamingQuery) => void) | null;
  /** The applications of the kernel, for what is not of one scope; null where there is nothing but the scope. */
  readonly applications: (() => Iterable<Application>) | null;
  /** Go to the cell of a run, by the run's id; null where there is no notebook. */
  readonly goToRun: ((runId: string) => void) | null;
  /** How the cell of a run is called, such as `[3]`; null where there is no notebook. */
  readonly cellName: ((runId: string) => string | null) | null;
  /** The runs that the notebook's file has held, oldest first; null where there is no notebook. */
  readonly savedRuns: (() => readonly CellRun[]) | null;
  /** Go to another tab of the same scope, where `selected` lights up. */
  readonly showTab: (tab: TabName) => void;
}

/** What a view of a scope is made with. */
export interface IScopeViewOptions {
  readonly scope: IScope;
  readonly trans: ITranslation;
  readonly actions: IScopeActions;
}
