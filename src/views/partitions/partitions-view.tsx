import { effect } from '@preact/signals';
import { render } from 'preact';
import { keysReadBy } from '../../analysis/heavy-keys';
import { partitionNumber } from '../../analysis/partitions';
import { judgePartitions } from '../../analysis/partitions-verdict';
import type { IStretch } from '../../analysis/matrix-pixels';
import type { IScope } from '../../analysis/scope';
import { watchPixelRatio } from '../../draw/pixel-ratio';
import { readTheme, type ITheme } from '../../draw/theme';
import { isWhole } from '../../draw/time-scale';
import { Redraw } from '../redraw';
import type { IScopeView, IScopeViewOptions } from '../scope-view';
import {
  hover,
  hovered,
  select,
  selected,
  type ISelection
} from '../selection';
import { keyCounter } from '../shuffles/count-keys';
import { explainTerm } from '../timeline/cards';
import { Tooltip } from '../timeline/tooltip';
import { PartitionCard } from './card';
import { PartitionsData, type IShown } from './partitions-data';
import { BarsPicture, type IBarHit } from './picture';
import { listenToPlane, type IPlaneActions } from './plane-input';
import { Head, Unseen, type IShellActions } from './shell';
import { clampStretch, panStretch, zoomStretch } from './stretch';
import { valueWords, verdictWords } from './words';

/** How low the bars may get, CSS pixels. */
const LEAST_HEIGHT = 64;

/** The partitions of a stage as bars, with what is uneven about them. */
export class PartitionsView implements IScopeView {
  readonly node = document.createElement('div');

  private readonly above = document.createElement('div');
  private readonly plot = document.createElement('div');
  private readonly below = document.createElement('div');
  private readonly data = new PartitionsData();
  private readonly picture: BarsPicture;
  private readonly tooltip = new Tooltip(document);
  private readonly redraw: Redraw;
  private readonly undo: (() => void)[] = [];
  private scope: IScope;
  private theme: ITheme | null = null;
  private shown: IShown | null = null;
  private range: IStretch = { from: 0, to: 1 };
  private isFit = true;
  private width = 0;
  private height = 0;
  /** The place at which the keyboard or the pointer is. */
  private cursor: IBarHit | null = null;
  private spoken = '';
  /** Whether what is shown is to be worked out anew, and not only drawn. */
  private isStale = true;
  private isShellStale = true;

  constructor(private readonly options: IScopeViewOptions) {
    this.scope = options.scope;
    this.picture = new BarsPicture(options.trans);
    this.node.className = 'jp-Sparkglass-partitions';
    this.plot.className = 'jp-Sparkglass-partitions-plot';
    this.plot.append(this.picture.node);
    this.node.append(this.above, this.plot, this.below);
    this.redraw = new Redraw(this.node, () => this.draw());
    const sizes = new ResizeObserver(entries => {
      const box = entries[entries.length - 1]!.contentRect;
      this.width = Math.floor(box.width);
      this.height = Math.floor(box.height);
      this.redraw.ask();
    });
    sizes.observe(this.plot);
    this.undo.push(
      () => sizes.disconnect(),
      watchPixelRatio(window, () => this.redraw.ask()),
      listenToPlane(this.picture.node, this.plane()),
      effect(() => this.follow(hovered.value, selected.value))
    );
    this.update(options.scope);
  }

  update(scope: IScope): void {
    if (scope.subject !== this.scope.subject) {
      this.data.stage = null;
      this.data.metric = null;
      this.fit();
    }
    this.scope = scope;
    this.isStale = true;
    this.redraw.heard();
  }

  setTheme(): void {
    this.theme = null;
    this.redraw.ask();
  }

  dispose(): void {
    this.undo.forEach(undo => undo());
    this.redraw.dispose();
    this.tooltip.dispose();
    render(null, this.above);
    render(null, this.below);
    this.node.remove();
  }

  private draw(): void {
    if (this.isStale || this.shown?.isRunning) {
      this.isStale = false;
      this.isShellStale = true;
      this.shown = this.data.shown(this.scope, this.redraw.sinceMs);
    }
    const { shown } = this;
    this.plot.hidden = !shown;
    // Panning draws nothing but the picture.
    if (this.isShellStale) {
      this.isShellStale = false;
      this.drawShell(shown);
    }
    if (shown) {
      this.drawPicture(shown);
    }
    if (shown?.isRunning) {
      this.redraw.tick();
    }
  }

  private drawShell(shown: IShown | null): void {
    const { trans } = this.options;
    if (!shown) {
      render(
        <p class="jp-Sparkglass-empty">
          {trans.__(
            'A partition is the part of the rows that one task works on. As soon as a stage has tasks, each of its partitions is a bar here.'
          )}
        </p>,
        this.above
      );
      render(null, this.below);
      return;
    }
    const verdict = verdictWords(
      judgePartitions(shown.measured, shown.now),
      trans
    );
    this.picture.setName(verdict);
    render(
      <Head
        shown={shown}
        verdict={verdict}
        isSorted={this.data.isSorted}
        isFit={this.isFit}
        actions={this.actions(shown)}
        trans={trans}
      />,
      this.above
    );
    render(
      <Unseen shown={shown} spoken={this.spoken} trans={trans} />,
      this.below
    );
  }

  private drawPicture(shown: IShown): void {
    const limits = { from: 0, to: shown.measured.partitions.count };
    this.range = this.isFit ? limits : clampStretch(this.range, limits);
    this.theme ??= readTheme(this.node);
    if (this.width > 0) {
      const { measured, order, executors } = shown;
      const height = Math.max(LEAST_HEIGHT, this.height);
      const data = { measured, order, executors, range: this.range };
      this.picture.draw(data, this.width, height, this.theme);
      this.follow(hovered.peek(), selected.peek());
    }
    // So that a test, or the bench, can tell what has reached the screen.
    this.node.dataset.partitions = String(limits.to);
  }

  private actions(shown: IShown): IShellActions {
    const { application, stage } = shown.measured;
    const { actions, trans } = this.options;
    return {
      chooseStage: key => {
        this.data.stage = key;
        this.data.metric = null;
        this.change(() => this.fit());
      },
      chooseMetric: metric => this.change(() => (this.data.metric = metric)),
      toggleSort: () =>
        this.change(() => (this.data.isSorted = !this.data.isSorted)),
      fit: () => this.change(() => this.fit()),
      countKeys: keyCounter(
        actions,
        actions.insertCell && keysReadBy(application, stage),
        this.scope.run,
        trans
      ),
      explain: (term, anchor) => explainTerm(this.tooltip, term, anchor),
      hideExplanation: () => this.tooltip.hide()
    };
  }

  private change(what: () => void): void {
    what();
    this.isStale = true;
    this.tooltip.hide();
    this.redraw.ask();
  }

  private fit(): void {
    this.isFit = true;
    this.cursor = null;
  }

  private get limits(): IStretch {
    return { from: 0, to: this.shown?.measured.partitions.count ?? 1 };
  }

  private move(range: IStretch): void {
    this.range = range;
    const isFit = isWhole(range, this.limits);
    this.isShellStale ||= isFit !== this.isFit;
    this.isFit = isFit;
    this.tooltip.hide();
    this.redraw.ask();
  }

  private zoom(about: number, factor: number): void {
    this.move(zoomStretch(this.range, about, factor, this.limits));
  }

  private plane(): IPlaneActions {
    const isFit = (): boolean => this.isFit;
    return {
      zoomAt: (x, _, factor) => this.zoom(this.picture.placeAt(x), factor),
      zoomMiddle: factor =>
        this.zoom((this.range.from + this.range.to) / 2, factor),
      panPixels: right => {
        if (!this.isFit) {
          const by = this.picture.placesIn(right);
          this.move(panStretch(this.range, by, this.limits));
        }
      },
      fit: () => this.change(() => this.fit()),
      hoverAt: (x, y) => this.point(this.picture.hitAt(x), x, y),
      leave: () => this.point(null, 0, 0),
      chooseAt: x => this.choose(this.picture.hitAt(x)),
      step: right => this.goTo((this.cursor?.place ?? -1) + right),
      toEnd: end => this.goTo(end < 0 ? 0 : this.limits.to - 1),
      chooseCurrent: () => this.choose(this.cursor),
      clear: () => {
        const any = this.tooltip.isShown || selected.peek() !== null;
        this.point(null, 0, 0);
        select(null);
        return any;
      },
      get isFit() {
        return isFit();
      }
    };
  }

  private selectionOf(index: number): ISelection | null {
    const measured = this.shown?.measured;
    const row = measured?.partitions.rows[index] ?? -1;
    return measured && row >= 0
      ? {
          application: measured.application.ordinal,
          stageKey: measured.stage.key,
          taskRow: row
        }
      : null;
  }

  private point(hit: IBarHit | null, x: number, y: number): void {
    this.cursor = hit ?? this.cursor;
    hover(hit && this.selectionOf(hit.index));
    if (!hit) {
      this.tooltip.hide();
      return;
    }
    const box = this.picture.node.getBoundingClientRect();
    this.explain(hit, box.left + x, box.top + y);
  }

  private explain(hit: IBarHit, x: number, y: number): void {
    const { shown } = this;
    if (shown) {
      this.tooltip.show(
        <PartitionCard
          measured={shown.measured}
          index={hit.index}
          among={hit.among}
          now={shown.now}
          trans={this.options.trans}
        />,
        x,
        y
      );
    }
  }

  private choose(hit: IBarHit | null): void {
    select(hit && this.selectionOf(hit.index));
  }

  /** Go to a place by keyboard, and say what is there. */
  private goTo(place: number): void {
    const { shown } = this;
    if (!shown || shown.measured.partitions.count === 0) {
      return;
    }
    const { measured, order } = shown;
    const last = measured.partitions.count - 1;
    const at = Math.max(0, Math.min(last, place));
    const index = order ? order[at]! : at;
    this.cursor = { index, place: at, among: 1 };
    const span = this.range.to - this.range.from;
    if (at < this.range.from || at + 1 > this.range.to) {
      const from = at < this.range.from ? at : at + 1 - span;
      this.move(clampStretch({ from, to: from + span }, this.limits));
      this.drawPicture(shown);
    }
    hover(this.selectionOf(index));
    const { x, y } = this.picture.pointOf(at);
    this.explain(this.cursor, x, y);
    const number = partitionNumber(
      measured.application.tasks,
      measured.partitions,
      index
    );
    this.spoken = this.options.trans.__(
      'partition %1: %2',
      number,
      valueWords(measured.metric, measured.values[index]!)
    );
    this.isShellStale = true;
    this.redraw.ask();
  }

  /** Frame what any view points at and has chosen. */
  private follow(over: ISelection | null, chosen: ISelection | null): void {
    const { shown } = this;
    if (!shown) {
      return;
    }
    const { measured, order } = shown;
    const placeOf = (selection: ISelection | null): number => {
      const row = selection?.taskRow;
      const isOurs =
        row !== undefined &&
        selection?.application === measured.application.ordinal &&
        selection.stageKey === measured.stage.key;
      const index = isOurs ? measured.application.tasks.index[row]! : -1;
      return index < 0 || !order ? index : order.indexOf(index);
    };
    const marks: [number, boolean][] = [];
    for (const [selection, isChosen] of [
      [over, false],
      [chosen, true]
    ] as const) {
      const place = placeOf(selection);
      if (place >= 0) {
        marks.push([place, isChosen]);
      }
    }
    this.picture.mark(marks);
  }
}
