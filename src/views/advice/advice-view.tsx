import { render } from 'preact';
import { adviceOf, type Advice } from '../../analysis/advice';
import { timeSplit, type ITimeSplit } from '../../analysis/critical-path';
import type { IScope } from '../../analysis/scope';
import { whatIf, type IWhatIf } from '../../analysis/what-if';
import { Redraw } from '../redraw';
import type { IScopeView, IScopeViewOptions } from '../scope-view';
import { select } from '../selection';
import { TermCard } from '../timeline/cards';
import { Tooltip } from '../timeline/tooltip';
import { AdvicePage } from './advice-page';
import { adviceOff } from './advice-off';
import { selectionOf, tabOf } from './show-it';
import type { OnPart } from './time-bar';
import { partTerm } from './time-words';

/** While something runs, its tasks are gone through again this often, ms. */
const AGAIN_MS = 1000;

/** What was worked out, and of what. */
interface IWorked {
  readonly subject: object;
  readonly key: string;
  readonly at: number;
  readonly split: ITimeSplit | null;
  readonly whatIf: IWhatIf | null;
}

/**
 * Advice: where the time went, and what would make it faster. Put `node` into the page (it fills its parent), call {@link update} whenever
 * the model changed.
 */
export class AdviceView implements IScopeView {
  readonly node = document.createElement('div');

  private scope: IScope;
  private worked: IWorked | null = null;
  private readonly redraw: Redraw;
  private readonly tooltip = new Tooltip(document);
  private readonly forget: () => void;

  constructor(private readonly options: IScopeViewOptions) {
    this.scope = options.scope;
    this.node.className = 'jp-Sparkglass-advice';
    this.redraw = new Redraw(this.node, () => this.draw());
    this.forget = adviceOff.changed.connect(() => this.redraw.ask());
    this.update(options.scope);
  }

  update(scope: IScope): void {
    this.scope = scope;
    this.redraw.heard();
  }

  setTheme(): void {
    this.redraw.ask();
  }

  dispose(): void {
    this.forget();
    this.redraw.dispose();
    this.tooltip.dispose();
    render(null, this.node);
    this.node.remove();
  }

  private draw(): void {
    const { trans, actions } = this.options;
    const { split, whatIf } = this.work();
    const off = adviceOff.now;
    render(
      <AdvicePage
        split={split}
        whatIf={whatIf}
        advised={adviceOf(this.scope, off)}
        off={off.size}
        trans={trans}
        actions={actions}
        onPart={this.explain}
        onShow={this.show}
      />,
      this.node
    );
  }

  /** Where the time went; the same answer while nothing new came, and for a second while something runs. */
  private work(): IWorked {
    const { subject } = this.scope;
    const key = this.scope
      .parts()
      .map(({ application, jobs }) =>
        [
          application.now,
          application.endTime,
          application.tasks.appended,
          jobs.length
        ].join()
      )
      .concat(String(this.scope.run?.endTime))
      .join('|');
    const known = this.worked?.subject === subject ? this.worked : null;
    if (known?.key === key) {
      return known;
    }
    const now = performance.now();
    if (
      known?.split &&
      !known.split.window.isOver &&
      now - known.at < AGAIN_MS
    ) {
      this.redraw.tick();
      return known;
    }
    const split = timeSplit(this.scope);
    this.worked = {
      subject,
      key,
      at: now,
      split,
      whatIf: split && whatIf(split)
    };
    return this.worked;
  }

  private readonly explain: OnPart = (part, at) => {
    if (part && at) {
      const box = at.getBoundingClientRect();
      const term = partTerm(part, this.options.trans);
      this.tooltip.show(<TermCard term={term} />, box.left, box.bottom);
    } else {
      this.tooltip.hide();
    }
  };

  private readonly show = (advice: Advice): void => {
    select(selectionOf(advice));
    this.options.actions.showTab(tabOf(advice));
  };
}
