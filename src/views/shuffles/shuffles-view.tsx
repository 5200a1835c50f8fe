import { effect } from '@preact/signals';
import { render } from 'preact';
import { keysWrittenBy } from '../../analysis/heavy-keys';
import type { IScope } from '../../analysis/scope';
import { hasUnknownShuffles, runOfSlot } from '../../analysis/shuffle-sizes';
import { watchPixelRatio } from '../../draw/pixel-ratio';
import { readTheme, type ITheme } from '../../draw/theme';
import { Redraw } from '../redraw';
import { listenToPlane, type IPlaneActions } from '../partitions/plane-input';
import type { IScopeView, IScopeViewOptions } from '../scope-view';
import {
  hover,
  hovered,
  select,
  selected,
  type ISelection
} from '../selection';
import { explainTerm } from '../timeline/cards';
import { Tooltip } from '../timeline/tooltip';
import { CellCard, cellSentence } from './card';
import { keyCounter, VerdictHead } from './count-keys';
import { MatrixNavigation } from './navigation';
import { MatrixPicture, type ICell } from './picture';
import { Aside, type IShellActions } from './shell';
import { ShufflesData, type IShownShuffle } from './shuffles-data';
import { verdictWords } from './words';

/** How low the matrix may get, CSS pixels. */
const LEAST_HEIGHT = 96;

/** The sizes of a shuffle, by who sent and who receives, and what became of its partitions. */
export class ShufflesView implements IScopeView {
  readonly node = document.createElement('div');

  private readonly above = document.createElement('div');
  private readonly body = document.createElement('div');
  private readonly plot = document.createElement('div');
  private readonly aside = document.createElement('div');
  private readonly spoken = document.createElement('div');
  private readonly data = new ShufflesData();
  private readonly navigation = new MatrixNavigation();
  private readonly picture: MatrixPicture;
  private readonly tooltip = new Tooltip(document);
  private readonly redraw: Redraw;
  private readonly undo: (() => void)[] = [];
  private scope: IScope;
  private theme: ITheme | null = null;
  private shown: IShownShuffle | null = null;
  private width = 0;
  private height = 0;
  private legendWidth = 0;
  private cursor: ICell | null = null;
  private isStale = true;
  private isShellStale = true;

  constructor(private readonly options: IScopeViewOptions) {
    this.scope = options.scope;
    this.picture = new MatrixPicture(options.trans);
    this.node.className = 'jp-Sparkglass-shuffles';
    this.body.className = 'jp-Sparkglass-shuffles-body';
    this.plot.className = 'jp-Sparkglass-shuffles-plot';
    this.aside.className = 'jp-Sparkglass-shuffles-aside';
    this.spoken.className = 'jp-Sparkglass-unseen';
    this.spoken.setAttribute('aria-live', 'polite');
    this.plot.append(this.picture.node);
    this.body.append(this.plot, this.aside);
    this.node.append(this.above, this.body, this.spoken);
    this.redraw = new Redraw(this.node, () => this.draw());
    const sizes = new ResizeObserver(entries => {
      for (const { target, contentRect } of entries) {
        if (target === this.plot) {
          this.width = Math.floor(contentRect.width);
          this.height = Math.floor(contentRect.height);
        } else {
          this.legendWidth = Math.floor(contentRect.width);
        }
      }
      this.redraw.ask();
    });
    sizes.observe(this.plot);
    sizes.observe(this.aside);
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
      this.data.chosen = null;
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
    render(null, this.aside);
    this.node.remove();
  }

  private draw(): void {
    if (this.isStale) {
      this.isStale = false;
      this.isShellStale = true;
      this.shown = this.data.shown(this.scope);
    }
    const { shown } = this;
    this.body.hidden = !shown;
    if (shown) {
      this.navigation.setCells(shown.cells);
    }
    // Panning draws nothing but the picture.
    if (this.isShellStale) {
      this.isShellStale = false;
      this.drawShell(shown);
    }
    this.theme ??= readTheme(this.node);
    if (shown && this.width > 0) {
      this.picture.draw(
        {
          shuffle: shown.shuffle,
          cells: shown.cells,
          view: this.navigation.view,
          specs: shown.outcome.specs
        },
        this.width,
        Math.max(LEAST_HEIGHT, this.height),
        this.theme
      );
      this.picture.drawLegend(Math.max(80, this.legendWidth));
      this.node.dataset.cells = String(shown.cells.values.length);
    }
  }

  private drawShell(shown: IShownShuffle | null): void {
    const { trans } = this.options;
    if (!shown) {
      render(
        <p class="jp-Sparkglass-empty">
          {hasUnknownShuffles(this.scope)
            ? trans.__(
                'Spark’s own event log does not say which task sent how much to which. A recording of Sparkglass does, and so does a notebook whose Spark is attached.'
              )
            : trans.__(
                'A shuffle sends every row to the task that needs it: groupBy, join, sort and repartition ask for one. It appears here when the stage that writes it has ended.'
              )}
        </p>,
        this.above
      );
      render(null, this.aside);
      return;
    }
    const verdict = verdictWords(shown.verdict, trans);
    this.picture.setName(verdict);
    const { actions } = this.options;
    const { application, stage } = shown;
    const countKeys = keyCounter(
      actions,
      actions.insertCell && keysWrittenBy(application, stage),
      this.scope.run,
      trans
    );
    render(
      <VerdictHead verdict={verdict} countKeys={countKeys} trans={trans} />,
      this.above
    );
    const props = {
      shown,
      isFit: this.navigation.isFit,
      legend: this.picture.legend,
      actions: this.actions(),
      trans
    };
    render(<Aside {...props} />, this.aside);
  }

  private actions(): IShellActions {
    return {
      choose: key => {
        this.data.chosen = key;
        this.isStale = true;
        this.move(() => this.navigation.fit());
      },
      fit: () => this.move(() => this.navigation.fit()),
      explain: (term, anchor) => explainTerm(this.tooltip, term, anchor),
      hideExplanation: () => this.tooltip.hide()
    };
  }

  private move(change: () => void): void {
    const before = this.navigation.isFit;
    change();
    this.isShellStale ||= before !== this.navigation.isFit;
    this.tooltip.hide();
    this.redraw.ask();
  }

  private plane(): IPlaneActions {
    const { navigation, picture } = this;
    return {
      zoomAt: (x, y, factor) =>
        this.move(() => navigation.zoom(picture.placeAt(x, y), factor)),
      zoomMiddle: factor => this.move(() => navigation.zoomMiddle(factor)),
      panPixels: (right, down) =>
        this.move(() => navigation.pan(picture.cellsIn(right, down))),
      fit: () => this.move(() => navigation.fit()),
      hoverAt: (x, y) => {
        const box = picture.node.getBoundingClientRect();
        this.point(picture.cellAt(x, y), box.left + x, box.top + y);
      },
      leave: () => this.point(null, 0, 0),
      chooseAt: (x, y) => this.choose(picture.cellAt(x, y)),
      step: (right, down) => this.step(right, down),
      toEnd: end => this.step(end * Infinity, 0),
      chooseCurrent: () => this.choose(this.cursor),
      clear: () => {
        const any = this.tooltip.isShown || selected.peek() !== null;
        this.cursor = null;
        this.point(null, 0, 0);
        select(null);
        return any;
      },
      get isFit() {
        return navigation.isFit;
      }
    };
  }

  private step(right: number, down: number): void {
    const { shown, cursor } = this;
    if (!shown) {
      return;
    }
    const clamp = (value: number, count: number): number =>
      Math.max(0, Math.min(count - 1, value));
    const cell = {
      row: clamp((cursor?.row ?? 0) + (cursor ? down : 0), shown.cells.rows),
      column: clamp(
        (cursor?.column ?? 0) + (cursor ? right : 0),
        shown.cells.columns
      )
    };
    this.move(() => this.navigation.reveal(cell));
    const { x, y } = this.picture.pointOf(cell);
    this.point(cell, x, y);
    this.spoken.textContent = cellSentence(shown, cell, this.options.trans);
  }

  /** Point at a cell, at a place of the window. */
  private point(cell: ICell | null, x: number, y: number): void {
    const { shown } = this;
    this.cursor = cell ?? this.cursor;
    this.picture.point(cell);
    hover(cell && this.selectionOf(cell));
    if (cell && shown) {
      const { trans } = this.options;
      this.tooltip.show(
        <CellCard shown={shown} cell={cell} trans={trans} />,
        x,
        y
      );
    } else {
      this.tooltip.hide();
    }
  }

  private choose(cell: ICell | null): void {
    select(cell && this.selectionOf(cell));
  }

  /** The map task of a cell; its stage where several share the cell. */
  private selectionOf(cell: ICell): ISelection | null {
    const { shown } = this;
    if (!shown) {
      return null;
    }
    const { application, stage, shuffle, cells, maps } = shown;
    const run = runOfSlot(cell.row, cells.rows, shuffle.maps);
    const row = run.from === run.to ? (maps.rows[run.from] ?? -1) : -1;
    return {
      application: application.ordinal,
      stageKey: stage.key,
      ...(row >= 0 ? { taskRow: row } : {})
    };
  }

  /** Show the row of a map task that another view points at or has chosen. */
  private follow(over: ISelection | null, chosen: ISelection | null): void {
    const { shown } = this;
    if (!shown || this.tooltip.isShown) {
      return;
    }
    const { application, stage, shuffle, cells } = shown;
    const rowOf = (selection: ISelection | null): number =>
      selection?.taskRow !== undefined &&
      selection.application === application.ordinal &&
      selection.stageKey === stage.key
        ? Math.floor(
            (application.tasks.index[selection.taskRow]! * cells.rows) /
              Math.max(1, shuffle.maps)
          )
        : -1;
    const row = Math.max(rowOf(over), rowOf(chosen));
    this.picture.point(
      row >= 0 ? { row, column: this.cursor?.column ?? 0 } : null
    );
  }
}
