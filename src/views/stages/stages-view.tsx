import { render } from 'preact';
import { isOpen } from '../../analysis/run-stages';
import type { IScope } from '../../analysis/scope';
import type { ITranslation } from '../../draw/words';
import type { Application } from '../../model';
import type { IGridColumn } from '../grid/grid';
import { boundHeight, Redraw } from '../redraw';
import { TermCard } from '../timeline/cards';
import { Tooltip } from '../timeline/tooltip';
import { Stages } from './stages';

/** What a stages view is made with. */
export interface IStagesOptions {
  readonly scope: IScope;
  readonly trans: ITranslation;
  /** See {@link StagesView.setHeight}. */
  readonly height?: number;
  /** Offered for stages that run; without it there is no such button. */
  readonly onCancelStage?: (application: Application, stageId: number) => void;
}

/**
 * Stages: one line that says what matters, the graph of what flows where, and
 * a table. Put `node` into the page (it fills its parent), call
 * {@link update} whenever the model changed and {@link setTheme} whenever the
 * theme did.
 */
export class StagesView {
  readonly node: HTMLElement;

  private scope: IScope;
  private revision = 0;
  private readonly redraw: Redraw;
  private readonly tooltip: Tooltip;
  private readonly observer: ResizeObserver | null;
  private drawnWidth = 0;

  constructor(private readonly options: IStagesOptions) {
    this.scope = options.scope;
    this.node = document.createElement('div');
    this.node.className = 'jp-Sparkglass-stages';
    if (options.height !== undefined) {
      boundHeight(this.node, options.height);
    }
    this.tooltip = new Tooltip(document);
    this.redraw = new Redraw(this.node, this.draw);
    this.observer =
      typeof ResizeObserver === 'undefined'
        ? null
        : new ResizeObserver(() => this.redraw.ask());
    this.observer?.observe(this.node);
    this.update();
  }

  /** The model changed, or another run is to be shown. */
  update(scope: IScope = this.scope): void {
    this.scope = scope;
    this.redraw.heard();
  }

  /** As high as the view may get, px; without it, it is as high as its parent. */
  setHeight(heightPx: number): void {
    boundHeight(this.node, heightPx);
    this.redraw.ask();
  }

  /** Fonts or colours of the page changed. */
  setTheme(): void {
    this.redraw.ask();
  }

  dispose(): void {
    this.observer?.disconnect();
    this.redraw.dispose();
    this.tooltip.dispose();
    render(null, this.node);
    this.node.remove();
  }

  private readonly draw = (): void => {
    // A log that breaks off would otherwise go on for ever.
    const runs = this.scope
      .parts()
      .some(
        ({ application, jobs }) =>
          application.source !== 'log' &&
          jobs.some(job => isOpen({ application, job }))
      );
    render(
      <Stages
        scope={this.scope}
        revision={++this.revision}
        trans={this.options.trans}
        sinceMs={runs ? this.redraw.sinceMs : 0}
        width={this.pictureWidth()}
        font={fontPx(this.node)}
        onCancelStage={this.options.onCancelStage}
        onExplainColumn={this.explainColumn}
        onExplainChip={this.explainChip}
      />,
      this.node
    );
    if (this.pictureWidth() !== this.drawnWidth) {
      // The picture shares its row with the table, or no longer does: known only once both are in the page.
      this.drawnWidth = this.pictureWidth();
      this.redraw.ask();
    }
    if (runs) {
      this.redraw.tick();
    }
  };

  /** What the style sheet gives the graph or the squares, px; all there is before they are drawn. */
  private pictureWidth(): number {
    const picture = this.node.querySelector(
      '.jp-Sparkglass-graph, .jp-Sparkglass-chips'
    );
    return picture?.clientWidth || this.node.clientWidth;
  }

  private readonly explainColumn = (
    column: IGridColumn | null,
    head: HTMLElement | null
  ): void => {
    if (column && head) {
      const box = head.getBoundingClientRect();
      this.tooltip.show(<TermCard term={column.term} />, box.left, box.bottom);
    } else {
      this.tooltip.hide();
    }
  };

  private readonly explainChip = (
    text: string | null,
    event: MouseEvent | null
  ): void => {
    if (text && event) {
      this.tooltip.show(<p>{text}</p>, event.clientX, event.clientY);
    } else {
      this.tooltip.hide();
    }
  };
}

/** Height of a node's font, px. */
function fontPx(node: Element): number {
  return parseFloat(getComputedStyle(node).fontSize) || 11;
}
