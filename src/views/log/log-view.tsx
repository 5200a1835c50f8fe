import { signal } from '@preact/signals';
import { render } from 'preact';
import { applicationScope } from '../../analysis/scope';
import { frames } from '../../draw/frames';
import type { ITranslation } from '../../draw/words';
import type { Application, Session } from '../../model';
import { openView, tabsFor, type ITabView, type ViewTab } from '../open-view';
import { ScopePage } from '../page';
import { saveAs } from './save-as';
import { LogHead, type IReading } from './log-head';

/** A tab of an opened application. */
type LogTab = 'overview' | ViewTab;

/** What a log view is made with. */
export interface ILogViewOptions {
  /** What is read, in the words of who opened it: a path. */
  readonly name: string;
  readonly session: Session;
  readonly trans: ITranslation;
  /** Stop reading. */
  readonly onCancel: () => void;
}

/** While a log is read, it is drawn this often, ms. */
const READING_MS = 200;

/** An application in a tab of its own. Put `node` into the page, and tell it what is read and when the theme changes. */
export class LogView {
  readonly node = document.createElement('div');

  private readonly head = document.createElement('div');
  private readonly page: ScopePage<LogTab>;
  private readonly reading = signal<IReading>({
    state: 'reading',
    bytesRead: 0,
    bytesTotal: null,
    problems: []
  });
  private readonly forget: () => void;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly options: ILogViewOptions) {
    const { trans } = options;
    this.node.className = 'jp-Sparkglass-page jp-Sparkglass-log';
    this.node.setAttribute('data-lm-suppress-shortcuts', 'true');
    this.page = new ScopePage<LogTab>({
      label: trans.__('Views of the application'),
      tabs: scope => ['overview', ...tabsFor(scope)],
      trans,
      actions: {
        insertCell: null,
        cancelStage: null,
        stopQuery: null,
        applications: null,
        goToRun: null,
        cellName: null,
        savedRuns: null
      },
      open: (tab, scope, heightPx, actions) =>
        tab === 'overview'
          ? openOverview(scope.parts()[0]!.application, options)
          : openView(tab, { scope, trans, heightPx, actions }),
      onTab: () => this.wish()
    });
    this.node.append(this.head, this.page.bar, this.page.body);
    this.forget = options.session.changed.connect(() => this.heard());
    this.wish();
  }

  /** Reading has come further, or to an end. */
  setReading(reading: IReading): void {
    this.reading.value = reading;
    this.wish();
  }

  setTheme(): void {
    this.page.setTheme();
  }

  dispose(): void {
    this.forget();
    frames.forget(this.refresh);
    if (this.timer !== null) {
      clearTimeout(this.timer);
    }
    this.page.dispose();
    render(null, this.head);
    this.node.remove();
  }

  /** The model has grown. A log comes in dozens of batches a second, and to draw each would take longer than to read it. */
  private heard(): void {
    if (this.reading.value.state !== 'reading') {
      this.wish();
      return;
    }
    this.timer ??= setTimeout(() => this.wish(), READING_MS);
  }

  private wish(): void {
    if (this.timer !== null) {
      clearTimeout(this.timer);
      this.timer = null;
    }
    frames.act(this.refresh);
  }

  private readonly refresh = (): void => {
    const { options, page, reading } = this;
    const { trans } = options;
    const application = options.session.latest;
    render(
      <LogHead
        name={options.name}
        reading={reading.value}
        trans={trans}
        onCancel={options.onCancel}
        onExport={
          application && application.jobs.size > 0
            ? kind => saveAs(kind, application)
            : null
        }
        view={() => page.body}
        viewName={`${application?.id || 'application'}-${page.tab}`}
      />,
      this.head
    );
    if (!application || application.jobs.size === 0) {
      page.update(
        null,
        reading.value.state === 'reading'
          ? trans.__('Loading…')
          : trans.__('There is no job in it.')
      );
      return;
    }
    page.update(applicationScope(application));
  };
}

/** An overview shows the whole application, whatever the scope is called. */
async function openOverview(
  application: Application,
  { session, trans }: ILogViewOptions
): Promise<ITabView> {
  const { OverviewView } = await import('../overview');
  const view = new OverviewView({ application, runs: session.runs, trans });
  return {
    node: view.node,
    update: () => view.update(),
    setTheme: () => view.setTheme(),
    setHeight: () => undefined,
    dispose: () => view.dispose()
  };
}
