import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget, type WidgetTracker } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { PathExt } from '@jupyterlab/coreutils';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { Widget } from '@lumino/widgets';
import { applicationScope, runScope } from '../analysis/scope';
import { DetailsView } from '../views/page/details-view';
import { promptOf } from './cell-places';
import { sparkglassIcon } from './icon';
import type { INotebookWatch, Sparkglass } from './sparkglass';
import type { ISparkglass } from './tokens';
import { viewActions } from './view-actions';

/** Where details are opened. */
export interface IDetailsPlace {
  readonly shell: JupyterFrontEnd.IShell;
  readonly tracker: WidgetTracker<MainAreaWidget>;
  readonly service: ISparkglass;
  readonly notebooks: INotebookTracker;
}

/**
 * Open what Spark did in a tab, or go to the tab that shows it.
 *
 * @param args - `path` of a notebook, and `cell`, an id: without it, all that the notebook's application does. Nothing: the active cell.
 */
export function openDetails(
  { shell, tracker, service, notebooks }: IDetailsPlace,
  args: ReadonlyPartialJSONObject
): void {
  const path = args['path'] ?? notebooks.currentWidget?.context.path;
  const cell = args['path'] ? args['cell'] : notebooks.activeCell?.model.id;
  if (typeof path !== 'string') {
    return;
  }
  const about = typeof cell === 'string' ? { path, cell } : { path };
  const id = `sparkglass-details-${path}#${about.cell ?? ''}`;
  if (!tracker.find(one => one.id === id)) {
    const widget = detailsOf(service, about);
    widget.id = id;
    void tracker.add(widget);
    shell.add(widget, 'main', { mode: 'split-right' });
  }
  shell.activateById(id);
}

function detailsOf(
  service: ISparkglass,
  about: { readonly path: string; readonly cell?: string }
): MainAreaWidget {
  const { path, cell } = about;
  const content = new Widget();
  content.addClass('jp-Sparkglass-document');
  const widget = new MainAreaWidget({ content });
  const { title } = widget;
  title.icon = sparkglassIcon;
  title.label = PathExt.basename(path);
  title.caption = path;
  title.closable = true;
  title.dataset = { ...about };
  // Not awaited: a page that is loaded again waits for its tabs, and the first notebook may be a long time coming.
  void service.loaded.then(sparkglass => {
    if (!widget.isDisposed) {
      showDetails(widget, sparkglass, path, cell ?? null);
    }
  });
  return widget;
}

/**
 * Show what Spark does for a cell of a notebook in a widget, until the widget is disposed.
 *
 * @param cellId - null for all that the notebook's application does.
 */
function showDetails(
  widget: MainAreaWidget,
  service: Sparkglass,
  path: string,
  cellId: string | null
): void {
  const { trans } = service;
  let watch: INotebookWatch | null = null;
  let forgetLink: (() => void) | null = null;
  const actions = viewActions(() => watch, cellId);
  const view = new DetailsView({ trans, actions });
  widget.content.node.appendChild(view.node);

  const refresh = (): void => {
    const found = service.watchOf(path);
    if (found !== watch) {
      watch = found;
      forgetLink?.();
      forgetLink = found?.link.changed.connect(refresh) ?? null;
    }
    const name = PathExt.basename(path);
    if (!watch) {
      view.update({
        name,
        scope: null,
        reason: trans.__(
          'The notebook %1 is not open. Open it, and what Spark does for it shows here.',
          path
        )
      });
      return;
    }
    const { link, panel, strips } = watch;
    if (cellId === null) {
      const application = link.session.latest;
      view.update({
        name,
        scope: application ? applicationScope(application) : null,
        reason: trans.__(
          'This notebook has no Spark application yet. Run a cell that makes a SparkSession, and what Spark does shows here.'
        )
      });
      return;
    }
    const prompt = promptOf(panel, cellId);
    const run = strips.runShown(cellId);
    widget.title.label = trans.__('Spark %1', prompt ?? '');
    view.update({
      name: `${name} ${prompt ?? ''}`,
      scope:
        run && (run.jobs.length > 0 || run.curves.length > 0)
          ? runScope(run)
          : null,
      reason:
        prompt === null
          ? trans.__('This cell is no longer in the notebook.')
          : trans.__(
              'This cell has run nothing on Spark yet. Run it, and what Spark does shows here.'
            )
    });
  };
  const forget = [
    service.changed.connect(refresh),
    service.themeChanged.connect(() => view.setTheme())
  ];
  refresh();
  widget.disposed.connect(() => {
    forget.forEach(f => f());
    forgetLink?.();
    view.dispose();
  });
}
