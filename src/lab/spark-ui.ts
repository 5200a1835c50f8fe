import type { ILabShell, JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget, type WidgetTracker } from '@jupyterlab/apputils';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import '../../style/index.css';
import type { ITranslation } from '../draw/words';
import { CommandIDs } from './command-ids';
import { sparkglassIcon } from './icon';
import { SparkUiTab } from './spark-ui-tab';
import type { ISparkglass } from './tokens';
import { uiUrl } from './ui-drivers';
import { portOf } from './ui-port';

/** Where the Spark UI is opened. */
export interface IUiPlace {
  readonly app: JupyterFrontEnd;
  /** Null in Notebook 7, where a page has room for one thing. */
  readonly lab: ILabShell | null;
  readonly tracker: WidgetTracker<MainAreaWidget>;
  readonly service: ISparkglass;
  readonly trans: ITranslation;
}

/** Which UI a tab shows. */
export interface IUiTarget {
  /** 0 where it is not known yet: the tab lists what there is. */
  readonly port: number;
  /** The application's id; another application at the port is not it. */
  readonly app: string;
  readonly name: string;
  /** The page below the UI's root. */
  readonly path: string;
}

/**
 * Open a page of a Spark UI in its tab, or in a tab of the browser where JupyterLab's are missing.
 *
 * @param args - what {@link IUiTarget} says; without a port, that of the notebook in front.
 */
export async function openUi(
  place: IUiPlace,
  args: ReadonlyPartialJSONObject
): Promise<void> {
  const { app, lab, tracker, service } = place;
  const target =
    args['port'] === undefined ? await ofNotebook(place) : read(args);
  const { serverSettings } = app.serviceManager;
  if (!lab) {
    if (target.port === 0) {
      // The panel says why there are no pages.
      await app.commands.execute(CommandIDs.showPanel);
      return;
    }
    window.open(
      uiUrl(serverSettings, target.port, target.path),
      '_blank',
      'noopener'
    );
    return;
  }
  const id = `sparkglass-ui-${target.port}-${target.app}`;
  const known = tracker.find(one => one.id === id);
  if (known) {
    (known.content as SparkUiTab).goTo(target);
  } else {
    const content = new SparkUiTab({
      settings: serverSettings,
      trans: (await service.words) ?? place.trans,
      open: other => void openUi(place, { ...other })
    });
    const widget = new MainAreaWidget({ content });
    widget.id = id;
    widget.title.icon = sparkglassIcon;
    widget.title.closable = true;
    content.fillToolbar(widget.toolbar);
    // What is shown stands in the title: that is what comes back after a reload.
    content.moved.connect((_, now) => {
      widget.title.label = content.label;
      widget.title.caption = content.caption;
      widget.title.dataset = { ...now, port: String(now.port) };
      void tracker.save(widget);
    });
    content.goTo(target);
    await tracker.add(widget);
    lab.add(widget, 'main');
  }
  app.shell.activateById(id);
}

function read(args: ReadonlyPartialJSONObject): IUiTarget {
  const text = (key: string): string => {
    const value = args[key];
    return typeof value === 'string' ? value : '';
  };
  return {
    port: Number(args['port']) || 0,
    app: text('app'),
    name: text('name'),
    path: text('path') || 'jobs/'
  };
}

async function ofNotebook({ service }: IUiPlace): Promise<IUiTarget> {
  // Not awaited alone: it comes with the first notebook.
  const sparkglass = await Promise.race([service.loaded, null]);
  const application = sparkglass?.current?.link.session.latest;
  return {
    port: portOf(application?.uiUrl ?? null),
    app: application?.id ?? '',
    name: application?.name ?? '',
    path: 'jobs/'
  };
}
