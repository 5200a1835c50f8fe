import { signal } from '@preact/signals';
import { render } from 'preact';
import { applicationScope } from '../../analysis/scope';
import { frames } from '../../draw/frames';
import type { ITranslation } from '../../draw/words';
import type { Application, Session } from '../../model';
import { TabList } from '../tab-list';
import { saveAs } from './save-as';
import { LogHead, type IReading } from './log-head';

/** The tabs of an opened application, in order. */
const LOG_TABS = ['overview', 'timeline', 'stages', 'tasks'] as const;
type LogTab = (typeof LOG_TABS)[number];

/** What the views of the tabs have in common. */
interface IOpenView {
  readonly node: HTMLElement;
  update(): void;
  setTheme(): void;
  setHeight(heightPx: number): void;
  dispose(): void;
}

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

let count = 0;

/** An application in a tab of its own. Put `node` into the page, and tell it what is read and when the theme changes. */
export class LogView {
  readonly node = document.createElement('div');

  private readonly head = document.createElement('div');
  private readonly bar = document.createElement('div');
  private readonly body = document.createElement('div');
  private readonly reading = signal<IReading>({
    state: 'reading',
    bytesRead: 0,
    bytesTotal: null,
    problems: []
  });
  private readonly tab = signal<LogTab>('overview');
  private readonly id = `sparkglass-log-${++count}`;
  private readonly forget: () => void;
  private readonly sizes: ResizeObserver;
  private open: { tab: LogTab; of: Application; view: IOpenView } | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isOpening = false;
  private isDisposed = false;

  constructor(private readonly options: ILogViewOptions) {
    this.node.className = 'jp-Sparkglass-log';
    this.node.setAttribute('data-lm-suppress-shortcuts', 'true');
    this.body.className = 'jp-Sparkglass-log-body';
    this.body.setAttribute('role', 'tabpanel');
    this.body.id = `${this.id}-panel`;
    this.node.append(this.head, this.bar, this.body);
    this.forget = options.session.changed.connect(() => this.heard());
    this.sizes = new ResizeObserver(() =>
      this.open?.view.setHeight(this.body.clientHeight)
    );
    this.sizes.observe(this.body);
    this.wish();
  }

  /** Reading has come further, or to an end. */
  setReading(reading: IReading): void {
    this.reading.value = reading;
    this.wish();
  }

  setTheme(): void {
    this.open?.view.setTheme();
  }

  dispose(): void {
    this.isDisposed = true;
    this.forget();
    frames.forget(this.refresh);
    if (this.timer !== null) {
      clearTimeout(this.timer);
    }
    this.sizes.disconnect();
    this.close();
    render(null, this.head);
    render(null, this.bar);
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
    const { options, reading, tab } = this;
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
        view={() => this.body}
        viewName={`${application?.id || 'application'}-${tab.value}`}
      />,
      this.head
    );
    render(
      <TabList
        id={this.id}
        label={trans.__('Views of the application')}
        tabs={LOG_TABS}
        tab={tab.value}
        trans={trans}
        onSelect={chosen => {
          tab.value = chosen;
          this.wish();
        }}
      />,
      this.bar
    );
    this.body.setAttribute('aria-labelledby', `${this.id}-tab-${tab.value}`);
    if (!application || application.jobs.size === 0) {
      this.close();
      this.body.textContent =
        reading.value.state === 'reading'
          ? trans.__('Loading…')
          : trans.__('There is no job in it.');
      return;
    }
    if (this.open?.tab === tab.value && this.open.of === application) {
      this.open.view.update();
    } else {
      void this.show(tab.value, application);
    }
  };

  private async show(tab: LogTab, application: Application): Promise<void> {
    if (this.isOpening) {
      return;
    }
    this.isOpening = true;
    try {
      const view = await openLogTab(
        tab,
        application,
        this.body.clientHeight,
        this.options
      );
      if (this.isDisposed) {
        view.dispose();
        return;
      }
      this.close();
      this.open = { tab, of: application, view };
      this.body.replaceChildren(view.node);
    } catch (error) {
      this.body.textContent = this.options.trans.__(
        'This view could not be loaded. Is the Jupyter server running? (%1)',
        String((error as Error).message)
      );
      return;
    } finally {
      this.isOpening = false;
    }
    this.wish();
  }

  private close(): void {
    this.open?.view.dispose();
    this.open = null;
  }
}

/** Load what a tab needs and make its view. */
async function openLogTab(
  tab: LogTab,
  application: Application,
  heightPx: number,
  { session, trans }: ILogViewOptions
): Promise<IOpenView> {
  const scope = applicationScope(application);
  switch (tab) {
    case 'overview': {
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
    case 'timeline': {
      const { TimelineView } = await import('../timeline');
      const all = { application, stages: null };
      const view = new TimelineView({ scope: all, trans, height: heightPx });
      return {
        node: view.node,
        update: () => view.update(),
        setTheme: () => view.setTheme(),
        setHeight: px => view.setHeight(px),
        dispose: () => view.dispose()
      };
    }
    case 'stages': {
      const { StagesView } = await import('../stages');
      return fills(new StagesView({ scope, trans }), scope);
    }
    case 'tasks': {
      const { TasksView } = await import('../tasks');
      return fills(new TasksView({ scope, trans }), scope);
    }
  }
}

/** A view that fills what it is put into. */
function fills(
  view: {
    node: HTMLElement;
    update(scope: ReturnType<typeof applicationScope>): void;
    setTheme(): void;
    dispose(): void;
  },
  scope: ReturnType<typeof applicationScope>
): IOpenView {
  return {
    node: view.node,
    update: () => view.update(scope),
    setTheme: () => view.setTheme(),
    setHeight: () => undefined,
    dispose: () => view.dispose()
  };
}
