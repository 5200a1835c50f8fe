import { render } from 'preact';
import type { IScope } from '../../analysis/scope';
import { readTheme, type ITheme } from '../../draw/theme';
import type { Curve } from '../../model';
import { pressKey } from '../picture-input';
import { Redraw } from '../redraw';
import { saveFile } from '../save-file';
import type { IScopeView, IScopeViewOptions } from '../scope-view';
import { Tooltip } from '../timeline/tooltip';
import type { ITerm } from '../timeline/terms';
import { Controls } from './controls';
import { CurveChart, type IChartEvents } from './curve-chart';
import { csvOf } from './curve-csv';
import { CurveData, type IShownCurve } from './curve-data';
import { curveTerm } from './curve-terms';
import { earlierCurves, type IEarlierCurves } from '../../analysis/curve-runs';
import { emptyWords, valueWords } from './curve-words';
import { behindOf, earlierName } from './earlier';
import { Foot } from './foot';
import { Head } from './head';
import { Legend } from './legend';
import { LagChart } from './lag-chart';
import { PointCard } from './point-card';
import { FIRST_SETTINGS, placeWords, type ICurveSettings } from './settings';

/** A step of the keyboard's pointer, as a part of what is seen of the axis. */
const STEP = 1 / 100;

/** The training curves of a scope, one at a time. */
export class CurveView implements IScopeView {
  readonly node = document.createElement('div');

  private readonly head = document.createElement('div');
  private readonly plotNode = document.createElement('div');
  private readonly chartNode = document.createElement('div');
  private readonly foot = document.createElement('div');
  private readonly unseen = document.createElement('p');
  private readonly tooltip = new Tooltip(document);
  private readonly chart: CurveChart;
  private readonly lags: LagChart;
  private readonly redraw: Redraw;
  private readonly sizes: ResizeObserver;
  private scope: IScope;
  private theme: ITheme | null = null;
  private settings: ICurveSettings = FIRST_SETTINGS;
  private data: CurveData | null = null;
  /** The curve that was chosen; null = the newest. */
  private curveId: number | null = null;
  /** The place of the axis that was chosen. */
  private chosen: number | null = null;
  /** The place at which the keyboard is. */
  private cursor: number | null = null;

  constructor(private readonly options: IScopeViewOptions) {
    const { trans } = options;
    this.scope = options.scope;
    this.node.className = 'jp-Sparkglass-curve';
    this.plotNode.className = 'jp-Sparkglass-curvePlot';
    this.plotNode.tabIndex = 0;
    this.plotNode.setAttribute('role', 'group');
    this.plotNode.setAttribute(
      'aria-label',
      trans.__(
        'Training curve. Left and right move along it, Enter chooses a point, + and − zoom, 0 shows all of it.'
      )
    );
    this.plotNode.addEventListener('keydown', this.onKey);
    this.chartNode.className = 'jp-Sparkglass-curveChart jp-Sparkglass-uplot';
    this.chartNode.setAttribute('role', 'img');
    this.plotNode.append(this.chartNode);
    this.unseen.className = 'jp-Sparkglass-unseen';
    this.unseen.setAttribute('aria-live', 'polite');
    const events: IChartEvents = {
      onPoint: (place, x, y) => this.point(place, x, y),
      onChoose: place => this.choose(place),
      onZoom: () => this.redraw.ask()
    };
    const group = `sparkglass-curve-${++count}`;
    const { what, good } = curveTerm('lag', trans);
    this.chart = new CurveChart(this.chartNode, events, { group });
    this.lags = new LagChart(
      { ...events, onZoom: part => this.chart.zoomTo(part) },
      group,
      `${what} ${good}`
    );
    this.node.append(
      this.head,
      this.plotNode,
      this.lags.node,
      this.foot,
      this.unseen
    );
    this.redraw = new Redraw(this.node, () => this.draw());
    this.sizes = new ResizeObserver(() => this.redraw.ask());
    this.sizes.observe(this.plotNode);
    this.update(options.scope);
  }

  update(scope: IScope): void {
    if (scope.subject !== this.scope.subject) {
      this.curveId = null;
      this.forget();
    }
    this.scope = scope;
    this.redraw.heard();
  }

  setTheme(): void {
    this.theme = null;
    this.chart.clear();
    this.lags.clear();
    this.redraw.ask();
  }

  dispose(): void {
    this.sizes.disconnect();
    this.redraw.dispose();
    this.tooltip.dispose();
    this.chart.clear();
    this.lags.clear();
    render(null, this.head);
    render(null, this.foot);
    this.node.remove();
  }

  private get curve(): Curve | null {
    const curves = this.scope.curves();
    return (
      curves.find(({ id }) => id === this.curveId) ??
      curves[curves.length - 1] ??
      null
    );
  }

  private forget(): void {
    this.data = null;
    this.chosen = null;
    this.cursor = null;
    this.chart.zoomTo(null);
  }

  private draw(): void {
    const { trans } = this.options;
    const { curve, settings } = this;
    this.plotNode.hidden = !curve?.hasPoints;
    if (!curve?.hasPoints) {
      render(
        <p class="jp-Sparkglass-empty">{emptyWords(curve, trans)}</p>,
        this.head
      );
      render(null, this.foot);
      this.lags.node.hidden = true;
      return;
    }
    if (this.data?.curve !== curve) {
      this.data = this.dataOf(curve);
    }
    this.theme ??= readTheme(this.node);
    const runs = earlierCurves(
      this.scope.run,
      curve,
      this.options.actions.savedRuns?.() ?? []
    );
    this.data.behind = behindOf(
      runs,
      settings.behind,
      this.data.behind,
      found => this.dataOf(found),
      trans
    );
    const shown = this.data.shown(
      settings,
      this.chart.zoomed,
      this.chart.plotWidth || this.plotNode.clientWidth
    );
    this.drawHead(curve, shown, runs);
    this.chartNode.setAttribute('aria-label', shown.verdict);
    this.plotNode.hidden = shown.isEpochsOnly;
    if (!shown.isEpochsOnly) {
      this.drawPlot(shown, this.theme);
    }
    this.lags.draw(
      shown.lag,
      shown.lagWords,
      this.chart.zoomed,
      settings,
      this.theme
    );
    this.drawFoot(shown);
    // So that a test can tell what has reached the screen.
    this.node.dataset.points = String(shown.points);
  }

  private drawPlot({ plot, measure }: IShownCurve, theme: ITheme): void {
    const { axis } = this.settings;
    const words = {
      place: (value: number) => placeWords(axis, value),
      value: (value: number) => valueWords(value, measure)
    };
    const { clientWidth, clientHeight } = this.plotNode;
    this.chart.draw(plot, words, clientWidth, clientHeight, theme);
  }

  private dataOf(curve: Curve): CurveData {
    return new CurveData(
      curve,
      () => this.options.actions.applications?.() ?? [],
      this.options.trans
    );
  }

  private drawHead(
    curve: Curve,
    shown: IShownCurve,
    { earlier }: IEarlierCurves
  ): void {
    const { trans } = this.options;
    const { settings } = this;
    render(
      <>
        <Head
          curves={this.scope.curves()}
          curve={curve}
          verdict={shown.verdict}
          trans={trans}
          onCurve={id => {
            this.curveId = id;
            this.forget();
            this.redraw.ask();
          }}
        />
        {!shown.isEpochsOnly && (
          <Controls
            settings={settings}
            alpha={settings.alpha ?? curve.alpha}
            measures={shown.measures}
            isError={shown.isError}
            earlier={earlier.map(one => ({
              key: one.key,
              name: earlierName(one.number, trans)
            }))}
            isZoomed={this.chart.zoomed !== null}
            trans={trans}
            onSettings={change => this.set(change)}
            onWhole={() => this.chart.zoomTo(null)}
            onCsv={() => this.save(curve)}
          />
        )}
        <Legend
          entries={shown.legend}
          trans={trans}
          onToggle={key => this.toggle(key)}
        />
      </>,
      this.head
    );
  }

  private drawFoot(shown: IShownCurve): void {
    const { trans } = this.options;
    render(
      <Foot
        data={this.data!}
        shown={shown}
        scope={this.scope}
        settings={this.settings}
        chosen={this.chosen}
        theme={this.theme!}
        trans={trans}
        actions={this.options.actions}
        onSettings={change => this.set(change)}
        onUnchoose={() => this.choose(null)}
        onExplain={(term, anchor) => this.explain(term, anchor)}
        onHide={() => this.tooltip.hide()}
      />,
      this.foot
    );
  }

  private set(change: Partial<ICurveSettings>): void {
    if (change.axis && change.axis !== this.settings.axis) {
      this.chosen = null;
      this.cursor = null;
      this.settings = { ...this.settings, ...change };
      this.chart.zoomTo(null);
    }
    this.settings = { ...this.settings, ...change };
    this.redraw.ask();
  }

  private toggle(key: string): void {
    const hidden = new Set(this.settings.hidden);
    if (!hidden.delete(key)) {
      hidden.add(key);
    }
    this.set({ hidden });
  }

  private explain(term: ITerm, anchor: HTMLElement): void {
    const { left, bottom } = anchor.getBoundingClientRect();
    this.tooltip.show(
      <div>
        <strong>{term.name}</strong>
        <p>{term.what}</p>
        <p>{term.good}</p>
      </div>,
      left,
      bottom - 8
    );
  }

  private point(place: number | null, x: number, y: number): void {
    if (place === null || !this.data) {
      this.tooltip.hide();
      return;
    }
    const at = this.data.nearest(place, this.settings);
    this.cursor = at;
    this.tooltip.show(
      <PointCard
        axis={this.settings.axis}
        place={at}
        values={this.data.valuesAt(at, this.settings)}
        happened={this.data.happenedAt(at, this.settings)}
        trans={this.options.trans}
        cellName={this.options.actions.cellName}
      />,
      x,
      y
    );
  }

  private choose(place: number | null): void {
    this.tooltip.hide();
    const at = place === null ? null : this.data?.nearest(place, this.settings);
    this.chosen = at ?? null;
    this.redraw.ask();
  }

  private save(curve: Curve): void {
    const lines = this.data?.visible(this.settings) ?? [];
    const text = csvOf(lines, this.settings, this.chart.zoomed);
    const name = `${curve.label.replace(/[^\w-]+/g, '-')}.csv`;
    saveFile(name, new Blob([text], { type: 'text/csv' }));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.target !== this.plotNode) {
      return;
    }
    const seen = this.chart.seen ?? [0, 1];
    const width = seen[1] - seen[0];
    const from = this.cursor ?? seen[1];
    const wasMarked = this.tooltip.isShown || this.chosen !== null;
    const step = (shift: boolean): number => width * STEP * (shift ? 10 : 1);
    pressKey(
      event,
      {
        ArrowLeft: shift => this.goTo(from - step(shift), -1),
        ArrowRight: shift => this.goTo(from + step(shift), 1),
        Home: () => this.goTo(seen[0], 1),
        End: () => this.goTo(seen[1], -1),
        Enter: () => this.cursor !== null && this.choose(this.cursor),
        '+': () => this.chart.zoom(true, from),
        '=': () => this.chart.zoom(true, from),
        '-': () => this.chart.zoom(false, from),
        '0': () => this.chart.zoomTo(null)
      },
      () => {
        this.choose(null);
        return wasMarked;
      }
    );
  };

  /** Go to a place by keyboard, and say what is there: to the next point at least. */
  private goTo(wanted: number, direction: 1 | -1): void {
    const { data, settings } = this;
    const seen = this.chart.seen;
    if (!data || !seen) {
      return;
    }
    const place = Math.max(seen[0], Math.min(seen[1], wanted));
    let at = data.nearest(place, settings);
    if (at === this.cursor) {
      at = data.next(at, direction, settings);
    }
    const { x, y } = this.chart.pointAt(at);
    this.point(at, x, y);
    this.unseen.textContent = [
      placeWords(settings.axis, at),
      ...data
        .valuesAt(at, settings)
        .map(({ name, value }) => `${name} ${value}`)
    ].join(', ');
  }
}

let count = 0;
