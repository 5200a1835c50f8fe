import type { Application } from '../model';
import type { IScope } from '../analysis/scope';
import { isScopeTab, SCOPE_TABS, type ScopeTab } from './tab-names';
import { openScopeTab } from './scope-tabs';
import type { IScopeActions, IScopeViewOptions } from './scope-view';

export type ViewTab = 'timeline' | 'stages' | 'tasks' | ScopeTab;

/** The views of what Spark did, without streams, in the order of their tabs. */
const VIEW_TABS: readonly ViewTab[] = [
  'timeline',
  'stages',
  'tasks',
  ...SCOPE_TABS.filter(tab => tab !== 'streams' && tab !== 'curve')
];
const STREAM_TABS: readonly ViewTab[] = ['streams', ...VIEW_TABS];

/** The tabs for a scope: those of curves and streams only where there are some, and a curve without Spark has no other. */
export function tabsFor(scope: IScope | null): readonly ViewTab[] {
  const spark = scope && scope.queries().length > 0 ? STREAM_TABS : VIEW_TABS;
  if (!scope || scope.curves().length === 0) {
    return spark;
  }
  return scope.parts().length > 0 || scope.queries().length > 0
    ? ['curve', ...spark]
    : ['curve'];
}

/** A view in a tab: put its node into the page, tell it when the model, the theme or the room for it changed. */
export interface ITabView {
  readonly node: HTMLElement;
  /** Show this scope as it is now. */
  update(scope: IScope): void;
  setTheme(): void;
  setHeight(heightPx: number): void;
  dispose(): void;
}

/** What the views can ask of whatever they stand in. */
export interface IViewActions extends IScopeActions {
  /** Null where nothing can be cancelled. */
  readonly cancelStage:
    ((application: Application, stageId: number) => void) | null;
}

/** What a view in a tab is made with. */
export interface ITabViewOptions extends IScopeViewOptions {
  readonly actions: IViewActions;
  readonly heightPx: number;
}

/**
 * Load what a tab needs and make its view.
 *
 * @throws (as a rejection) when its code cannot be loaded: the server is gone, or another version of it is installed since.
 */
export async function openView(
  tab: ViewTab,
  options: ITabViewOptions
): Promise<ITabView> {
  const { scope, trans, actions, heightPx } = options;
  if (isScopeTab(tab)) {
    return filling(await openScopeTab(tab, options));
  }
  switch (tab) {
    case 'timeline': {
      const { TimelineView } = await import('./timeline');
      const view = new TimelineView({
        scope: timelineScope(scope),
        trans,
        height: heightPx
      });
      return {
        node: view.node,
        update: now => view.update(timelineScope(now)),
        setTheme: () => view.setTheme(),
        setHeight: px => view.setHeight(px),
        dispose: () => view.dispose()
      };
    }
    case 'stages': {
      const { StagesView } = await import('./stages');
      return filling(
        new StagesView({
          scope,
          trans,
          onCancelStage: actions.cancelStage ?? undefined
        })
      );
    }
    case 'tasks': {
      const { TasksView } = await import('./tasks');
      return filling(new TasksView({ scope, trans }));
    }
  }
}

/** A view that fills what it is put into, however high that is. */
function filling(view: Omit<ITabView, 'setHeight'>): ITabView {
  return {
    node: view.node,
    update: now => view.update(now),
    setTheme: () => view.setTheme(),
    setHeight: () => undefined,
    dispose: () => view.dispose()
  };
}

/** The timeline shows one application; a run that stopped Spark and began anew shows its last. */
function timelineScope(scope: IScope) {
  const parts = scope.parts();
  const part = parts[parts.length - 1];
  if (!part) {
    throw new Error('What has no jobs has no timeline.');
  }
  const { application, stages } = part;
  return {
    application,
    stages: scope.kind === 'application' ? null : stages
  };
}
