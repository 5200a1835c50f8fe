import { render } from 'preact';
import { summarise } from '../../analysis/run-summary';
import type { IScope } from '../../analysis/scope';
import { frames } from '../../draw/frames';
import type { ITranslation } from '../../draw/words';
import type { CellRun } from '../../model';
import {
  openView,
  tabsFor,
  type IViewActions,
  type ViewTab
} from '../open-view';
import { PictureButtons } from '../picture';
import { curvesSentence } from '../strip/curves-sentence';
import { runSentence } from '../strip/sentence';
import { ScopePage } from './scope-page';

/** What a details view shows. */
export interface IDetails {
  /** What it is of: a notebook, or a cell of it. */
  readonly name: string;
  /** Null when there is nothing to show. */
  readonly scope: IScope | null;
  /** Then: why, and what to do. */
  readonly reason: string;
}

/** What a details view is made with. */
export interface IDetailsViewOptions {
  readonly trans: ITranslation;
  readonly actions: Omit<IViewActions, 'showTab'>;
}

/** What Spark did for a cell or for a notebook, as large as a tab. Put `node` into the page and tell it what changed. */
export class DetailsView {
  readonly node = document.createElement('div');

  private readonly head = document.createElement('div');
  private readonly page: ScopePage<ViewTab>;
  private details: IDetails = { name: '', scope: null, reason: '' };

  constructor(private readonly options: IDetailsViewOptions) {
    const { trans, actions } = options;
    this.node.className = 'jp-Sparkglass-page jp-Sparkglass-details';
    this.node.setAttribute('data-lm-suppress-shortcuts', 'true');
    this.page = new ScopePage<ViewTab>({
      label: trans.__('Details of this run'),
      tabs: tabsFor,
      trans,
      actions,
      open: (tab, scope, heightPx, all) =>
        openView(tab, { scope, trans, heightPx, actions: all }),
      onTab: () => frames.act(this.refresh)
    });
    this.node.append(this.head, this.page.bar, this.page.body);
  }

  /** The model changed, or something else is to be shown. */
  update(details: IDetails): void {
    this.details = details;
    frames.act(this.refresh);
  }

  setTheme(): void {
    this.page.setTheme();
  }

  dispose(): void {
    frames.forget(this.refresh);
    this.page.dispose();
    render(null, this.head);
    this.node.remove();
  }

  private readonly refresh = (): void => {
    const { name, scope, reason } = this.details;
    const { trans } = this.options;
    render(
      <div class="jp-Sparkglass-log-line">
        <span class="jp-Sparkglass-log-name">{name}</span>
        {scope?.run && <span>{sentenceOf(scope.run, trans)}</span>}
        {scope && (
          <PictureButtons
            view={() => this.page.body}
            name={`${name.replace(/[^\w-]+/g, '-')}-${this.page.tab}`}
            trans={trans}
          />
        )}
      </div>,
      this.head
    );
    this.page.update(scope, reason);
  };
}

/** What a run did, in one line. */
function sentenceOf(run: CellRun, trans: ITranslation): string {
  return run.curves.length > 0
    ? curvesSentence(run.curves, trans)
    : runSentence(summarise(run), trans);
}
