import { IFrame, Toolbar, ToolbarButton } from '@jupyterlab/apputils';
import type { ServerConnection } from '@jupyterlab/services';
import {
  launchIcon,
  refreshIcon,
  undoIcon,
  type LabIcon
} from '@jupyterlab/ui-components';
import { Signal, type ISignal } from '@lumino/signaling';
import { PanelLayout, Widget } from '@lumino/widgets';
import type { ITranslation } from '../draw/words';
import type { IUiTarget } from './spark-ui';
import { UiNote, uiProblem, type UiProblem } from './spark-ui-note';
import { askDrivers, uiUrl, type IDriver } from './ui-drivers';

/** What a tab of the Spark UI is made with. */
export interface ISparkUiTabOptions {
  readonly settings: ServerConnection.ISettings;
  readonly trans: ITranslation;
  /** Open another application's UI. */
  readonly open: (target: IUiTarget) => void;
}

/** Spark's own tabs, as its head line has them; which of them a session has depends on what it did. */
const PAGES = (trans: ITranslation): readonly (readonly [string, string])[] => [
  ['jobs/', trans.__('Jobs')],
  ['stages/', trans.__('Stages')],
  ['storage/', trans.__('Storage')],
  ['environment/', trans.__('Environment')],
  ['executors/', trans.__('Executors')],
  ['SQL/', trans.__('SQL / DataFrame')],
  ['StreamingQuery/', trans.__('Structured Streaming')]
];

/**
 * The Spark UI of one driver in a frame, with what a browser's window has around a page; in its place a note, while there is nothing to
 * show, with the reason and what helps.
 */
export class SparkUiTab extends Widget {
  constructor(private readonly options: ISparkUiTabOptions) {
    super();
    this.addClass('jp-Sparkglass-ui');
    const { trans } = options;
    this.note = new UiNote({
      trans,
      again: () => void this.load(),
      open: driver => this.openDriver(driver)
    });
    // Spark's pages run scripts that read their own address; nothing lets them replace JupyterLab's page.
    this.frame = new IFrame({
      sandbox: [
        'allow-same-origin',
        'allow-scripts',
        'allow-forms',
        'allow-modals',
        'allow-popups',
        'allow-downloads'
      ],
      // The route wants to know that it is asked from here.
      referrerPolicy: 'same-origin'
    });
    // One over the other: Spark's scripts measure a page while it loads, and in a frame that is not drawn they would find no width.
    const layout = (this.layout = new PanelLayout());
    layout.addWidget(this.frame);
    layout.addWidget(this.note);
    this.element.title = trans.__('Spark UI');
    this.element.addEventListener('load', () => this.arrived());
    this.showNote('loading', []);
  }

  /** Another page is shown, or another application. */
  get moved(): ISignal<this, IUiTarget> {
    return this._moved;
  }

  /** Of the tab. */
  get label(): string {
    const { trans } = this.options;
    const { name } = this.target;
    return name ? trans.__('Spark UI: %1', name) : trans.__('Spark UI');
  }

  /** Of the tab, longer. */
  get caption(): string {
    const { app, port } = this.target;
    return port > 0
      ? this.options.trans.__('%1, port %2', app, port)
      : this.label;
  }

  /** Put what a browser has around a page into a tool bar. */
  fillToolbar(toolbar: Toolbar): void {
    const { trans } = this.options;
    const add = (
      name: string,
      icon: LabIcon,
      tooltip: string,
      onClick: () => void
    ): void => {
      toolbar.addItem(name, new ToolbarButton({ icon, tooltip, onClick }));
    };
    add('back', undoIcon, trans.__('Back to the page before'), () =>
      this.back()
    );
    add(
      'reload',
      refreshIcon,
      trans.__('Load this page anew'),
      () => void this.load()
    );
    for (const [path, label] of PAGES(trans)) {
      toolbar.addItem(
        path,
        new ToolbarButton({
          label,
          tooltip: trans.__('Go to %1 in the Spark UI', label),
          onClick: () => this.goTo({ ...this.target, path })
        })
      );
    }
    toolbar.addItem('spacer', Toolbar.createSpacerItem());
    add(
      'browser',
      launchIcon,
      trans.__('Open this page in a tab of the browser'),
      () => window.open(this.urlOf(this.target.path), '_blank', 'noopener')
    );
  }

  /** Go to a page. */
  goTo(target: IUiTarget): void {
    if (this.target.path !== '' && target.path !== this.target.path) {
      this.before.push(this.target.path);
    }
    this.go(target);
  }

  private go(target: IUiTarget): void {
    this.target = target;
    this._moved.emit(target);
    void this.load();
  }

  private back(): void {
    const path = this.before.pop();
    if (path !== undefined) {
      this.go({ ...this.target, path });
    }
  }

  /** Ask who is at the port, and show the page when it is who it should be. */
  private async load(): Promise<void> {
    const asked = ++this.asked;
    const { port, app, path } = this.target;
    if (!this.note.isHidden) {
      this.showNote('loading', []);
    }
    const { drivers, lack } = await askDrivers(
      this.options.settings,
      port > 0 ? [port] : []
    );
    if (this.isDisposed || asked !== this.asked) {
      return;
    }
    const problem = uiProblem({ port, app, drivers, lack });
    if (problem) {
      this.showNote(problem, drivers);
      return;
    }
    const url = this.urlOf(path);
    this.going = true;
    // The same address again is a jump within the page, where it has a `#`.
    const { contentWindow } = this.element;
    if (contentWindow && this.element.src !== '') {
      contentWindow.location.replace('about:blank');
    }
    this.frame.url = url;
  }

  /** The frame has a page: which one, and whether it is Spark's. */
  private arrived(): void {
    let page: Document | null = null;
    try {
      page = this.element.contentDocument;
    } catch {
      // Another site's: a link led there.
    }
    const place = page?.location;
    if (!page || !place || place.protocol === 'about:') {
      return;
    }
    if (page.documentElement.dataset.sparkglassError !== undefined) {
      this.showNote('gone', []);
      return;
    }
    const root = new URL(this.urlOf(''), window.location.href).pathname;
    if (!place.pathname.startsWith(root)) {
      // Jupyter's page: signed out, or not allowed.
      this.showNote('refused', []);
      return;
    }
    this.note.hide();
    const path =
      place.pathname.slice(root.length) + place.search + place.hash || 'jobs/';
    if (path !== this.target.path) {
      if (!this.going) {
        this.before.push(this.target.path);
      }
      this.target = { ...this.target, path };
      this._moved.emit(this.target);
    }
    this.going = false;
  }

  private showNote(problem: UiProblem, drivers: readonly IDriver[]): void {
    // Out of the way of the keyboard, too.
    this.frame.node.style.visibility = problem === 'loading' ? '' : 'hidden';
    this.note.show();
    this.note.tell(problem, this.target, drivers);
  }

  private openDriver({ port, id, name }: IDriver): void {
    this.options.open({ port, app: id, name, path: 'jobs/' });
    if (this.target.port === 0) {
      // A tab that only asked which.
      this.parent?.dispose();
    }
  }

  private urlOf(path: string): string {
    return uiUrl(this.options.settings, this.target.port, path);
  }

  private get element(): HTMLIFrameElement {
    return this.frame.node.querySelector('iframe')!;
  }

  private readonly frame: IFrame;
  private readonly note: UiNote;
  private target: IUiTarget = { port: 0, app: '', name: '', path: '' };
  /** Pages that were shown before this one. */
  private readonly before: string[] = [];
  /** Which question was the last. */
  private asked = 0;
  /** Whether the page that arrives is one we went to. */
  private going = false;
  private readonly _moved = new Signal<this, IUiTarget>(this);
}
