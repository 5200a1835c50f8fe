import { effect } from '@preact/signals';
import { render } from 'preact';
import { reachOf, type IWeave } from '../../analysis/lineage-weave';
import type { IScope } from '../../analysis/scope';
import { CanvasRenderer } from '../../draw/canvas-renderer';
import { pixelRatio, watchPixelRatio } from '../../draw/pixel-ratio';
import type { IRenderer } from '../../draw/renderer';
import { setPainter } from '../../draw/repaint';
import { readTheme, type ITheme } from '../../draw/theme';
import { Redraw } from '../redraw';
import type { IScopeView, IScopeViewOptions } from '../scope-view';
import { hover, hovered, select, selected } from '../selection';
import { TermCard } from '../timeline/cards';
import type { ITerm } from '../timeline/terms';
import { Tooltip } from '../timeline/tooltip';
import { SlotCard, StepCard } from './lineage-cards';
import { choicesOf, LineageData, type IChoice } from './lineage-data';
import { walk, type IPlace } from './lineage-keys';
import {
  layOutLineage,
  middleOf,
  mostSlots,
  slotAt,
  type ILineageLayout
} from './lineage-layout';
import { drawLineage } from './lineage-picture';
import { Head, Legend } from './lineage-shell';
import { emptyWords, placeWords, termsOf } from './lineage-notes';
import { placeOf, selectionOf } from './lineage-selection';
import { verdictWords } from './lineage-words';

/**
 * Which partitions of a job feed which, from left to right: a column a step, a cell a partition, threads between.
 *
 * Put `node` into the page (it fills its parent), call {@link update} after each change of the model and {@link setTheme} after one of the theme.
 */
export class LineageView implements IScopeView {
  readonly node = document.createElement('div');

  private readonly head = document.createElement('div');
  private readonly plot = document.createElement('div');
  private readonly canvas = document.createElement('canvas');
  private readonly foot = document.createElement('div');
  private readonly spoken = document.createElement('div');
  private readonly renderer = new CanvasRenderer(this.canvas);
  private readonly tooltip = new Tooltip(document);
  private readonly redraw: Redraw;
  private readonly sizes: ResizeObserver;
  private readonly forget: (() => void)[];
  private readonly data = new LineageData();
  private scope: IScope;
  private theme: ITheme | null = null;
  /** The job that was asked for; the last one when there is none. */
  private choice: IChoice | null = null;
  private woven: IWeave | null = null;
  private layout: ILineageLayout | null = null;
  /** Where the pointer or the keyboard is. */
  private at: IPlace | null = null;
  private paint: ((renderer: IRenderer) => void) | null = null;

  constructor(private readonly options: IScopeViewOptions) {
    const { trans } = options;
    this.scope = options.scope;
    this.node.className = 'jp-Sparkglass-lineage';
    this.plot.className = 'jp-Sparkglass-lineage-plot';
    this.plot.tabIndex = 0;
    this.plot.setAttribute('role', 'group');
    this.plot.setAttribute(
      'aria-label',
      trans.__(
        'Partitions: up and down within a step, left and right along the threads'
      )
    );
    this.canvas.setAttribute('role', 'img');
    this.spoken.className = 'jp-Sparkglass-unseen';
    this.spoken.setAttribute('aria-live', 'polite');
    this.plot.append(this.canvas);
    this.node.append(this.head, this.plot, this.foot, this.spoken);
    setPainter(this.canvas, renderer => this.paint?.(renderer));
    this.redraw = new Redraw(this.node, () => this.draw());
    this.sizes = new ResizeObserver(() => this.redraw.ask());
    this.sizes.observe(this.plot);
    this.listen();
    this.forget = [
      watchPixelRatio(window, () => this.redraw.ask()),
      effect(() => {
        void [hovered.value, selected.value];
        this.redraw.ask();
      })
    ];
    this.update(options.scope);
  }

  update(scope: IScope): void {
    if (scope.subject !== this.scope.subject) {
      this.choice = null;
      this.at = null;
    }
    this.scope = scope;
    this.data.heard();
    this.redraw.heard();
  }

  setTheme(): void {
    this.theme = null;
    this.redraw.ask();
  }

  dispose(): void {
    this.forget.forEach(stop => stop());
    this.sizes.disconnect();
    this.redraw.dispose();
    this.tooltip.dispose();
    render(null, this.head);
    render(null, this.foot);
    this.node.remove();
  }

  private draw(): void {
    const { trans } = this.options;
    const theme = (this.theme ??= readTheme(this.node));
    const choices = choicesOf(this.scope);
    const chosen = this.chosen(choices);
    const found = chosen && this.data.of(chosen);
    const isEmpty = !found || found.lineage.steps.length === 0;
    const verdict = found ? verdictWords(found.verdict, trans) : '';
    render(
      <Head
        verdict={verdict}
        choices={choices}
        chosen={chosen}
        onChoose={this.choose}
        trans={trans}
      />,
      this.head
    );
    this.plot.hidden = isEmpty;
    this.canvas.setAttribute('aria-label', verdict);
    if (isEmpty) {
      this.woven = null;
      render(
        <p class="jp-Sparkglass-empty">
          {emptyWords(this.scope, chosen, trans)}
        </p>,
        this.foot
      );
      return;
    }
    const { lineage } = found;
    const [width, height] = [this.plot.clientWidth, this.plot.clientHeight];
    const most = mostSlots(lineage, height, theme.fontSmallPx);
    const woven = this.data.weave(found, most);
    this.woven = woven;
    render(
      <Legend terms={termsOf(woven)} onExplain={this.explain} trans={trans} />,
      this.foot
    );
    if (width <= 0 || height <= 0) {
      return;
    }
    const layout = layOutLineage(
      lineage,
      woven.slots,
      width,
      height,
      theme.fontSmallPx
    );
    this.layout = layout;
    this.renderer.resize(layout.width, layout.height, pixelRatio(window));
    const at = this.at ?? placeOf(woven, hovered.peek() ?? selected.peek());
    const reach =
      at && at.slot >= 0 && at.slot < woven.slots[at.step]!.length - 1
        ? reachOf(woven, at.step, at.slot)
        : null;
    this.paint = renderer =>
      drawLineage(renderer, woven, layout, { reach, at }, theme, trans);
    this.paint(this.renderer);
  }

  /** The job that was chosen here or in another view, while it is there; else the last one. */
  private chosen(choices: readonly IChoice[]): IChoice | null {
    const same = choices.find(({ job }) => job === this.choice?.job);
    return same ?? choices[choices.length - 1] ?? null;
  }

  private readonly choose = (choice: IChoice): void => {
    this.choice = choice;
    this.at = null;
    this.redraw.ask();
  };

  private readonly explain = (
    term: ITerm | null,
    target: HTMLElement | null
  ): void => {
    if (term && target) {
      const box = target.getBoundingClientRect();
      this.tooltip.show(<TermCard term={term} />, box.left, box.top);
    } else {
      this.tooltip.hide();
    }
  };

  private listen(): void {
    const { canvas, plot } = this;
    canvas.addEventListener('pointermove', event => {
      const at =
        this.layout && slotAt(this.layout, event.offsetX, event.offsetY);
      this.goTo(at, event.clientX, event.clientY);
    });
    canvas.addEventListener('pointerleave', this.leave);
    canvas.addEventListener('click', () => this.chooseHere());
    plot.addEventListener('blur', this.leave);
    plot.addEventListener('keydown', event => {
      const next = this.woven && walk(this.woven, this.at, event.key);
      if (next) {
        event.preventDefault();
        event.stopPropagation();
        this.goTo(next);
      } else if (event.key === 'Enter') {
        this.chooseHere();
      } else if (event.key === 'Escape' && this.at) {
        event.stopPropagation();
        this.leave();
      }
    });
  }

  /** Point at a cell, or at a step's words; the card stands beside the pointer, or beside the cell. */
  private goTo(at: IPlace | null, x?: number, y?: number): void {
    const { woven, layout } = this;
    const { trans } = this.options;
    const step = at && woven?.lineage.steps[at.step];
    if (!woven || !layout || !at || !step) {
      this.leave();
      return;
    }
    if (at.step !== this.at?.step || at.slot !== this.at.slot) {
      this.at = at;
      hover(selectionOf(woven, at));
      this.redraw.ask();
    }
    const place = layout.steps[at.step]!;
    if (x === undefined) {
      this.spoken.textContent = placeWords(woven, at, trans);
      this.plot.scrollTo({
        left: place.x - this.plot.clientWidth / 2,
        top: middleOf(place, at.slot) - this.plot.clientHeight / 2
      });
    }
    const box = this.canvas.getBoundingClientRect();
    this.tooltip.show(
      at.slot < 0 ? (
        <StepCard woven={woven} step={step} trans={trans} />
      ) : (
        <SlotCard woven={woven} step={step} slot={at.slot} trans={trans} />
      ),
      x ?? box.left + place.x + 12,
      y ?? box.top + middleOf(place, at.slot)
    );
  }

  private readonly leave = (): void => {
    if (this.at) {
      this.at = null;
      hover(null);
      this.redraw.ask();
    }
    this.tooltip.hide();
  };

  private chooseHere(): void {
    select(this.woven && this.at && selectionOf(this.woven, this.at));
  }
}
