import { runScope } from '../../analysis/scope';
import type { ITranslation } from '../../draw/words';
import type { CellRun } from '../../model';
import type { IStripActions, StripTab } from './model';

/** A view in a tab: put its node into the page, tell it when the model or the theme changed. */
export interface ITabView {
  readonly node: HTMLElement;
  /** Show this run as it is now. */
  update(run: CellRun): void;
  setTheme(): void;
  setHeight(heightPx: number): void;
  dispose(): void;
}

/**
 * Load what a tab needs and make its view.
 *
 * @throws (as a rejection) when its code cannot be loaded: the server is gone, or another version of it is installed since.
 */
export async function openTab(
  tab: StripTab,
  run: CellRun,
  heightPx: number,
  trans: ITranslation,
  actions: IStripActions
): Promise<ITabView> {
  switch (tab) {
    case 'timeline': {
      const { TimelineView } = await import('../timeline');
      const view = new TimelineView({
        scope: timelineScope(run),
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
      const { StagesView } = await import('../stages');
      const view = new StagesView({
        scope: runScope(run),
        trans,
        onCancelStage: (application, stageId) =>
          actions.cancelStage(application.ordinal, stageId)
      });
      return {
        node: view.node,
        update: now => view.update(runScope(now)),
        setTheme: () => view.setTheme(),
        // It fills what it is put into.
        setHeight: () => undefined,
        dispose: () => view.dispose()
      };
    }
    case 'tasks': {
      const { TasksView } = await import('../tasks');
      const view = new TasksView({ scope: runScope(run), trans });
      return {
        node: view.node,
        update: now => view.update(runScope(now)),
        setTheme: () => view.setTheme(),
        setHeight: () => undefined,
        dispose: () => view.dispose()
      };
    }
  }
}

/** The timeline shows one application; a run that stopped Spark and began anew shows its last. */
function timelineScope(run: CellRun) {
  const parts = runScope(run).parts();
  const part = parts[parts.length - 1];
  const application = part?.application ?? run.jobs[0]?.application;
  if (!application) {
    throw new Error('A run without jobs has no timeline.');
  }
  return { application, stages: part?.stages ?? [] };
}
