import type { JupyterFrontEnd } from '@jupyterlab/application';
import type {
  ICommandPalette,
  ISessionContext,
  IThemeManager
} from '@jupyterlab/apputils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { ServerConnection } from '@jupyterlab/services';
import type { ITranslation } from '../draw/words';
import { sparkUiPath, type SparkUiPage } from '../analysis/spark-ui-page';
import { readTheme, type ITheme } from '../draw/theme';
import { Changed, type Application } from '../model';
import { sparkUi } from '../views/spark-ui';
import '../../style/index.css';
import { CommandIDs } from './command-ids';
import { addCommands } from './commands';
import { KernelLink } from './kernel-link';
import { NotebookStrips } from './notebook-strips';
import type { Preferences } from './preferences';
import { Recordings } from './recordings';
import type { IDriver } from './ui-drivers';
import { portOf } from './ui-port';

/** One open notebook: its kernel and its strips. */
export interface INotebookWatch {
  readonly panel: NotebookPanel;
  readonly link: KernelLink;
  readonly strips: NotebookStrips;
}

/**
 * Sparkglass in one page: a link for each kernel, strips for each notebook, what is recorded, and which of them is in front.
 */
export class Sparkglass {
  /** Another notebook is in front, or its link has news. */
  readonly changed = new Changed<Sparkglass>();
  /** The theme is another one. */
  readonly themeChanged = new Changed<ITheme>();
  /** What is recorded of the kernels. */
  readonly recordings: Recordings;

  constructor(
    private readonly tracker: INotebookTracker,
    readonly preferences: Preferences,
    readonly trans: ITranslation,
    themes: IThemeManager | null,
    private readonly app: JupyterFrontEnd
  ) {
    this.recordings = new Recordings({
      contents: app.serviceManager.contents,
      commands: app.commands,
      trans
    });
    this.recordings.changed.connect(() => this.changed.emit(this));
    this._theme = readTheme(document.body);
    themes?.themeChanged.connect(() => {
      // The style sheet is in the page by now, but not yet in force.
      requestAnimationFrame(() => {
        this._theme = readTheme(document.body);
        this.themeChanged.emit(this._theme);
      });
    });
    tracker.currentChanged.connect(() => this.changed.emit(this));
    sparkUi.value = {
      has: application => this.hasUi(application),
      open: (application, page) => this.openUi(application, page)
    };
  }

  /** Add the commands that need a notebook; each is in the palette, where there is one. */
  addCommands(palette: ICommandPalette | null): void {
    const { commands } = this;
    addCommands({ commands, tracker: this.tracker, sparkglass: this, palette });
  }

  /** The commands of the page. */
  get commands(): JupyterFrontEnd['commands'] {
    return this.app.commands;
  }

  /** Record the notebook in front, or stop that. */
  async toggleRecording(): Promise<void> {
    if (this.current) {
      await this.recordings.toggle(this.current.link, this.current.panel);
    }
  }

  get theme(): ITheme {
    return this._theme;
  }

  /** The notebook in front; null when there is none. */
  get current(): INotebookWatch | null {
    const panel = this.tracker.currentWidget;
    return panel === null ? null : (this.watches.get(panel) ?? null);
  }

  /** The notebook of a path; null while it is not open. */
  watchOf(path: string): INotebookWatch | null {
    for (const watch of this.watches.values()) {
      if (watch.panel.context.path === path) {
        return watch;
      }
    }
    return null;
  }

  /** Show what Spark did for a cell, or for the whole notebook, in a tab. */
  openDetails(panel: NotebookPanel, cell: string | null): void {
    const { path } = panel.context;
    void this.app.commands.execute(
      CommandIDs.openDetails,
      cell === null ? { path } : { path, cell }
    );
  }

  /** Show a page of the Spark UI of an application. */
  openUi(application: Application, page: SparkUiPage = { kind: 'jobs' }): void {
    const { id, name, uiUrl } = application;
    void this.app.commands.execute(CommandIDs.openUi, {
      port: portOf(uiUrl),
      app: id,
      name,
      path: sparkUiPath(page)
    });
  }

  /** Show the Spark UI of a driver that is no notebook's here. */
  openDriver({ port, id, name }: IDriver): void {
    void this.app.commands.execute(CommandIDs.openUi, {
      port,
      app: id,
      name
    });
  }

  /** The server that the page came from. */
  get serverSettings(): ServerConnection.ISettings {
    return this.app.serviceManager.serverSettings;
  }

  /** Where the drivers of the open notebooks have their UIs. */
  uiPorts(): number[] {
    return [...this.links.values()]
      .map(({ link }) => portOf(link.session.latest?.uiUrl ?? null))
      .filter(port => port > 0);
  }

  private hasUi(application: Application): boolean {
    if (application.uiUrl === null || application.endTime !== null) {
      return false;
    }
    for (const { link } of this.links.values()) {
      if (link.state === 'live' && link.session.latest === application) {
        return true;
      }
    }
    return false;
  }

  /** Write a cell that shows a streaming DataFrame of the notebook in front. */
  preview(name: string): void {
    void this.app.commands.execute(CommandIDs.preview, { name });
  }

  /** Offer the ready-made cells, in a menu below the panel's button. */
  offerCells(): void {
    void this.app.commands.execute(CommandIDs.insertCell, { menu: 'panel' });
  }

  /** Watch a notebook until it closes. */
  add(panel: NotebookPanel): void {
    if (this.watches.has(panel) || panel.isDisposed) {
      return;
    }
    const link = this.linkOf(panel.sessionContext);
    const strips = new NotebookStrips(panel, link, this);
    const watch = { panel, link, strips };
    this.watches.set(panel, watch);
    const forget = link.changed.connect(() => {
      if (this.current?.link === link) {
        this.changed.emit(this);
      }
    });
    panel.disposed.connect(() => {
      forget();
      strips.dispose();
      this.watches.delete(panel);
      this.release(panel.sessionContext);
      this.changed.emit(this);
    });
    this.changed.emit(this);
  }

  /** Two views of one notebook share its kernel, and so one link. */
  private linkOf(context: ISessionContext): KernelLink {
    const known = this.links.get(context);
    if (known) {
      known.users++;
      return known.link;
    }
    const link = new KernelLink(context, this.preferences);
    this.links.set(context, { link, users: 1 });
    return link;
  }

  private release(context: ISessionContext): void {
    const known = this.links.get(context);
    if (known && --known.users === 0) {
      known.link.dispose();
      this.links.delete(context);
    }
  }

  private _theme: ITheme;
  private readonly watches = new Map<NotebookPanel, INotebookWatch>();
  private readonly links = new Map<
    ISessionContext,
    { link: KernelLink; users: number }
  >();
}
