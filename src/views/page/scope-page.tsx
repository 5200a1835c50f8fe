import { render } from 'preact';
import type { IScope } from '../../analysis/scope';
import { frames } from '../../draw/frames';
import type { ITranslation } from '../../draw/words';
import type { IViewActions, ITabView } from '../open-view';
import { TabList } from '../tab-list';
import type { TabName } from '../tab-names';

/** What a page is made with. */
export interface IScopePageOptions<T extends TabName> {
  /** What the tabs are of, for a screen reader. */
  readonly label: string;
  /** For a scope, in order; the first for none is shown first. */
  readonly tabs: (scope: IScope | null) => readonly T[];
  readonly trans: ITranslation;
  /** Without the way to other tabs, which the page knows itself. */
  readonly actions: Omit<IViewActions, 'showTab'>;
  /** Load what a tab needs and make its view. */
  readonly open: (
    tab: T,
    scope: IScope,
    heightPx: number,
    actions: IViewActions
  ) => Promise<ITabView>;
  /** Another tab is shown. */
  readonly onTab?: (tab: T) => void;
}

let count = 0;

/**
 * The views of a scope as tabs, as large as what they are put into: under an opened log's head, in a tab of the page's own, in the panel.
 *
 * Put `bar` and `body` into the page, call {@link update} after each change of the model and {@link setTheme} after one of the theme.
 */
export class ScopePage<T extends TabName> {
  readonly bar = document.createElement('div');
  readonly body = document.createElement('div');

  private readonly id = `sparkglass-page-${++count}`;
  private readonly sizes: ResizeObserver;
  private shown: T;
  private scope: IScope | null = null;
  private opened: { tab: T; of: object; view: ITabView } | null = null;
  private tabsShown = 0;
  /** Whether somebody chose a tab. */
  private isChosen = false;
  private isOpening = false;
  private isDisposed = false;

  constructor(private readonly options: IScopePageOptions<T>) {
    this.shown = options.tabs(null)[0]!;
    this.body.className = 'jp-Sparkglass-page-body';
    this.body.setAttribute('role', 'tabpanel');
    this.body.id = `${this.id}-panel`;
    this.sizes = new ResizeObserver(() =>
      this.opened?.view.setHeight(this.body.clientHeight)
    );
    this.sizes.observe(this.body);
    this.drawBar();
  }

  /** The tab that is shown. */
  get tab(): T {
    return this.shown;
  }

  /**
   * Show a scope as it is now.
   *
   * @param scope - null when there is nothing to show.
   * @param reason - then: what is said instead.
   */
  update(scope: IScope | null, reason = ''): void {
    this.scope = scope;
    if (!scope) {
      this.close();
      this.body.textContent = reason;
      return;
    }
    const tabs = this.options.tabs(scope);
    if (this.tabsShown !== tabs.length) {
      if (!this.isChosen) {
        this.shown = tabs[0]!;
      }
      this.drawBar();
    }
    const { opened } = this;
    if (opened?.tab === this.shown && opened.of === scope.subject) {
      opened.view.update(scope);
    } else {
      void this.show(this.shown, scope);
    }
  }

  /** Go to another tab. */
  choose(tab: T): void {
    this.shown = tab;
    this.isChosen = true;
    this.drawBar();
    this.options.onTab?.(tab);
    frames.act(this.renew);
  }

  setTheme(): void {
    this.opened?.view.setTheme();
  }

  dispose(): void {
    this.isDisposed = true;
    frames.forget(this.renew);
    this.sizes.disconnect();
    this.close();
    render(null, this.bar);
    this.bar.remove();
    this.body.remove();
  }

  private readonly renew = (): void => {
    if (this.scope) {
      this.update(this.scope);
    }
  };

  private drawBar(): void {
    const { options, id, shown } = this;
    const tabs = options.tabs(this.scope);
    this.tabsShown = tabs.length;
    render(
      <TabList
        id={id}
        label={options.label}
        tabs={tabs}
        tab={shown}
        trans={options.trans}
        onSelect={chosen => this.choose(chosen)}
      />,
      this.bar
    );
    this.body.setAttribute('aria-labelledby', `${id}-tab-${shown}`);
  }

  private async show(tab: T, scope: IScope): Promise<void> {
    if (this.isOpening) {
      return;
    }
    this.isOpening = true;
    const { options } = this;
    try {
      const view = await options.open(tab, scope, this.body.clientHeight, {
        ...options.actions,
        showTab: name => this.choose(name as T)
      });
      if (this.isDisposed) {
        view.dispose();
        return;
      }
      this.close();
      this.opened = { tab, of: scope.subject, view };
      this.body.replaceChildren(view.node);
    } catch (error) {
      this.close();
      this.body.textContent = options.trans.__(
        'This view could not be loaded. Is the Jupyter server running? (%1)',
        String((error as Error).message)
      );
      return;
    } finally {
      this.isOpening = false;
    }
    // Another tab may have been chosen meanwhile.
    frames.act(this.renew);
  }

  private close(): void {
    this.opened?.view.dispose();
    this.opened = null;
  }
}
