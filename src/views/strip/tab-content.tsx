import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ITranslation } from '../../draw/words';
import { runScope } from '../../analysis/scope';
import { openView, type ITabView, type ViewTab } from '../open-view';
import type { IStripActions, IStripModel } from './model';

/** What the tabs and the edge take of an open strip's height, in pixels. */
const AROUND_PX = 32;

interface IProps {
  readonly strip: IStripModel;
  readonly actions: IStripActions;
  readonly trans: ITranslation;
}

/** What the chosen tab shows; its code is loaded when the tab is first opened. */
export function TabContent({ strip, actions, trans }: IProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<ITabView | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const { run, tab, theme, heightPx } = strip;
  // The newest run, for a view whose code has just arrived.
  const latest = useRef(strip);
  latest.current = strip;

  useEffect(() => {
    let gone = false;
    setFailure(null);
    openView(tab, {
      scope: runScope(run),
      trans,
      heightPx: heightPx - AROUND_PX,
      actions: {
        insertCell: actions.insertCell,
        applications: actions.applications,
        goToRun: actions.goToRun,
        cellName: actions.cellName,
        savedRuns: actions.savedRuns,
        cancelStage: (application, stageId) =>
          actions.cancelStage(application.ordinal, stageId),
        stopQuery: (application, query) =>
          actions.stopQuery(application.ordinal, query.runId),
        showTab: name => actions.selectTab(name as ViewTab)
      }
    }).then(
      opened => {
        if (gone) {
          opened.dispose();
          return;
        }
        view.current = opened;
        host.current?.replaceChildren(opened.node);
        opened.update(runScope(latest.current.run));
      },
      (error: unknown) => {
        if (!gone) {
          setFailure(String((error as Error).message));
        }
      }
    );
    return () => {
      gone = true;
      view.current?.dispose();
      view.current = null;
    };
    // Another tab is another view; another run is an update of the same one.
  }, [tab, attempt]);

  // At once, so that the view draws in the frame in which the strip renders.
  useLayoutEffect(() => {
    view.current?.update(runScope(run));
  }, [run, strip.revision]);
  useLayoutEffect(() => {
    view.current?.setTheme();
  }, [theme]);
  useLayoutEffect(() => {
    view.current?.setHeight(heightPx - AROUND_PX);
  }, [heightPx]);

  if (failure !== null) {
    return (
      <div class="jp-Sparkglass-tabFailure" role="alert">
        {trans.__(
          'This view could not be loaded. Is the Jupyter server running? (%1)',
          failure
        )}{' '}
        <button
          type="button"
          class="jp-Sparkglass-button"
          onClick={() => setAttempt(attempt + 1)}
        >
          {trans.__('Try again')}
        </button>
      </div>
    );
  }
  return (
    <div class="jp-Sparkglass-tabHost" ref={host}>
      <span class="jp-Sparkglass-loading">{trans.__('Loading…')}</span>
    </div>
  );
}
