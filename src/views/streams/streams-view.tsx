import { render } from 'preact';
import {
  eventTimeSpanMs,
  windowKindOf,
  windowsIn,
  type IEventWindow
} from '../../analysis/event-windows';
import { inputFrames, watermarkColumnOf } from '../../analysis/event-times';
import type { IScope } from '../../analysis/scope';
import { newestOf } from '../../analysis/stream-figures';
import { readTheme, type ITheme } from '../../draw/theme';
import type { BatchTable, IRunQuery } from '../../model';
import { pressKey } from '../picture-input';
import { Redraw } from '../redraw';
import type { IScopeView, IScopeViewOptions } from '../scope-view';
import { select, selected } from '../selection';
import { Tooltip } from '../timeline/tooltip';
import { batchName, BatchCard } from './batch-card';
import { Chart } from './chart';
import { drawnBatches } from './drawn-batches';
import {
  CHARTS,
  chartHelp,
  chartWords,
  colourOf,
  seriesOf,
  valuesOf,
  wordOf,
  type ChartName,
  type ISeries
} from './chart-data';
import { eventTimesCode } from './event-times-code';
import { Failure, Notes } from './stream-notes';
import { Output } from './stream-output';
import { Chosen, Head } from './stream-page';
import { Waiting } from './waiting';

/** Views with charts so far: those of one view point together. */
let views = 0;

/** A square in the colour of a series. */
function swatchOf(colour: ISeries['colour']): HTMLElement {
  const swatch = document.createElement('span');
  swatch.className = 'jp-Sparkglass-streamSwatch';
  swatch.style.setProperty('--jp-sparkglass-swatch', colourOf(colour));
  return swatch;
}

interface IPlace {
  readonly name: ChartName;
  readonly figure: HTMLElement;
  readonly host: HTMLElement;
  readonly chart: Chart;
}

/** The streaming queries of a scope, one at a time. */
export class StreamsView implements IScopeView {
  readonly node = document.createElement('div');

  private readonly head = document.createElement('div');
  private readonly charts = document.createElement('div');
  private readonly foot = document.createElement('div');
  private readonly unseen = document.createElement('p');
  private readonly tooltip = new Tooltip(document);
  private readonly redraw: Redraw;
  private readonly sizes: ResizeObserver;
  private readonly places: readonly IPlace[];
  private readonly forget: () => void;
  private scope: IScope;
  private theme: ITheme | null = null;
  /** The query that was chosen; null = the newest. */
  private runId: string | null = null;
  /** The batch that was chosen, by its id. */
  private batchId = -1;
  /** The row at which the keyboard is. */
  private cursor = -1;

  constructor(private readonly options: IScopeViewOptions) {
    const { trans } = options;
    this.scope = options.scope;
    this.node.className = 'jp-Sparkglass-streams';
    this.charts.className = 'jp-Sparkglass-streamCharts';
    this.charts.tabIndex = 0;
    this.charts.setAttribute('role', 'group');
    this.charts.setAttribute(
      'aria-label',
      trans.__(
        'Batches over time. Left and right go from batch to batch, Enter chooses one.'
      )
    );
    this.charts.addEventListener('keydown', this.onKey);
    this.unseen.className = 'jp-Sparkglass-unseen';
    this.unseen.setAttribute('aria-live', 'polite');
    this.node.append(this.head, this.charts, this.foot, this.unseen);
    const syncKey = `sparkglass-streams-${++views}`;
    this.places = CHARTS.map(name => this.place(name, syncKey));
    this.redraw = new Redraw(this.node, () => this.draw());
    this.sizes = new ResizeObserver(() => this.redraw.ask());
    this.sizes.observe(this.charts);
    this.forget = selected.subscribe(() => this.follow());
    this.update(options.scope);
  }

  update(scope: IScope): void {
    if (scope.subject !== this.scope.subject) {
      this.runId = null;
      this.batchId = -1;
    }
    this.scope = scope;
    this.redraw.heard();
  }

  setTheme(): void {
    this.theme = null;
    this.places.forEach(({ chart }) => chart.clear());
    this.redraw.ask();
  }

  dispose(): void {
    this.forget();
    this.sizes.disconnect();
    this.redraw.dispose();
    this.tooltip.dispose();
    this.places.forEach(({ chart }) => chart.clear());
    render(null, this.head);
    render(null, this.foot);
    this.node.remove();
  }

  private place(name: ChartName, syncKey: string): IPlace {
    const { trans } = this.options;
    const figure = document.createElement('figure');
    const title = document.createElement('figcaption');
    const host = document.createElement('div');
    const series = seriesOf(name, trans);
    title.append(chartWords(name, trans));
    title.title = chartHelp(name, trans);
    // More than three would not stand in a line; then the card of a batch has the colours.
    const isKeyed = series.length > 1 && series.length <= 3;
    for (const { words, colour } of isKeyed ? series : []) {
      title.append(swatchOf(colour), words);
    }
    host.className = 'jp-Sparkglass-streamChart jp-Sparkglass-uplot';
    figure.dataset.chart = name;
    figure.append(title, host);
    this.charts.append(figure);
    const isEventTime = name === 'eventTime';
    if (isEventTime && this.options.actions.insertCell) {
      title.append(this.sampleButton(this.options.actions.insertCell));
    }
    const look = {
      word: wordOf(name),
      fromZero: !isEventTime,
      spanMs: isEventTime ? () => eventTimeSpanMs(this.shown) : null,
      bands: isEventTime
        ? (from: number, to: number) => this.windows(from, to)
        : null
    };
    const chart = new Chart(host, series, look, syncKey, {
      onPoint: (at, x, y) =>
        this.point(at === null ? null : this.drawn(at), x, y),
      onChoose: at => this.choose(this.drawn(at))
    });
    return { name, figure, host, chart };
  }

  /** What puts a cell below that samples event times: Spark tells only the oldest, the newest and the mean of a batch. */
  private sampleButton(insertCell: (code: string) => void): HTMLElement {
    const { trans } = this.options;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'jp-Sparkglass-textButton';
    button.dataset.sparkglassNoPicture = '';
    button.textContent = trans.__('Sample event times');
    button.title = trans.__(
      'Put a cell below that draws event times of a sample of rows over when they were read; it is not run.'
    );
    button.addEventListener('click', () => {
      const { shown } = this;
      if (shown) {
        insertCell(
          eventTimesCode(
            watermarkColumnOf(shown.application, shown.query),
            inputFrames(this.scope.run),
            trans
          )
        );
      }
    });
    return button;
  }

  /** The windows that the shown query groups by, between two event times. */
  private windows(from: number, to: number): readonly IEventWindow[] {
    const { shown } = this;
    const kind = shown && windowKindOf(shown.application, shown.query);
    const windows = kind
      ? windowsIn(kind, from, to, newestOf(shown.query, 'watermark'))
      : [];
    this.node.dataset.windows = String(windows.length);
    return windows;
  }

  /** The batch that a place in a chart stands for. */
  private drawn(at: number): number {
    const { shown } = this;
    return shown ? drawnBatches(shown.query.batches).rowOf(at) : -1;
  }

  private get shown(): IRunQuery | null {
    const queries = this.scope.queries();
    return (
      queries.find(({ query }) => query.runId === this.runId) ??
      queries[queries.length - 1] ??
      null
    );
  }

  /** Show the query that was chosen elsewhere, when it is one of these. */
  private follow(): void {
    const selection = selected.peek();
    const entry = this.scope
      .queries()
      .find(
        ({ application, query }) =>
          query.runId === selection?.queryRunId &&
          application.ordinal === selection.application
      );
    if (entry && entry.query.runId !== this.runId) {
      this.runId = entry.query.runId;
      this.batchId = -1;
      this.redraw.ask();
    }
  }

  private draw(): void {
    const { trans, actions } = this.options;
    const { shown } = this;
    this.charts.hidden = !shown;
    if (!shown) {
      render(
        <p class="jp-Sparkglass-empty">
          {trans.__(
            'No streaming query was started here. One that writeStream.start() starts shows its batches here.'
          )}
        </p>,
        this.head
      );
      render(null, this.foot);
      return;
    }
    const { query } = shown;
    render(
      <>
        <Head
          queries={this.scope.queries()}
          shown={shown}
          trans={trans}
          actions={actions}
          onQuery={runId => {
            this.runId = runId;
            this.batchId = -1;
            this.redraw.ask();
          }}
        />
        <Failure shown={shown} trans={trans} />
      </>,
      this.head
    );
    const jobs = query.jobIds.get(this.batchId) ?? [];
    render(
      <>
        <Waiting query={query} trans={trans} />
        <Chosen
          shown={shown}
          row={this.batchId < 0 ? -1 : query.batches.rowOf(this.batchId)}
          trans={trans}
          onShow={tab => this.showJobs(shown, jobs, tab)}
          onClose={() => this.choose(-1)}
        />
        <Output query={query} batchId={this.batchId} trans={trans} />
        <Notes shown={shown} trans={trans} />
      </>,
      this.foot
    );
    this.theme ??= readTheme(this.node);
    const { isDStreams } = query;
    const hidden = {
      rates: isDStreams,
      durations: isDStreams,
      delays: !isDStreams,
      rows: isDStreams && Number.isNaN(newestOf(query, 'inputRows')),
      state: query.operators.length === 0,
      eventTime: Number.isNaN(newestOf(query, 'eventTimeMax'))
    };
    let drawn: BatchTable | null = null;
    for (const { name, figure, host, chart } of this.places) {
      figure.hidden = hidden[name];
      if (!figure.hidden) {
        chart.draw(
          `${query.runId} ${query.batches.revision}`,
          () => valuesOf(name, (drawn ??= drawnBatches(query.batches).table())),
          Math.floor(host.clientWidth),
          Math.floor(host.clientHeight),
          this.theme
        );
      }
    }
    // So that a test can tell what has reached the screen.
    this.node.dataset.batches = String(query.batches.total);
  }

  private point(row: number | null, x: number, y: number): void {
    const query = this.shown?.query;
    if (row === null || !query || row >= query.batches.length) {
      this.tooltip.hide();
      return;
    }
    this.cursor = row;
    this.tooltip.show(
      <BatchCard query={query} row={row} trans={this.options.trans} />,
      x,
      y
    );
  }

  private choose(row: number): void {
    this.tooltip.hide();
    const batchId = this.shown?.query.batches.at(row, 'batchId') ?? NaN;
    this.batchId = Number.isNaN(batchId) ? -1 : batchId;
    this.redraw.ask();
  }

  /** Light up the first of these jobs in another tab: in the timeline its first task, elsewhere the job. */
  private showJobs(
    shown: IRunQuery,
    jobs: readonly number[],
    tab: 'timeline' | 'stages' | 'plan'
  ): void {
    const { application } = shown;
    if (tab !== 'timeline') {
      // Of several jobs of a plan the last is the one that brings its result.
      const jobId = jobs[jobs.length - 1];
      const stage = application.jobs.get(jobId ?? -1)?.stages.at(-1);
      select({
        application: application.ordinal,
        ...(tab === 'plan' ? { jobId } : { stageKey: stage?.key })
      });
      this.options.actions.showTab(tab);
      return;
    }
    for (const id of jobs) {
      for (const stage of application.jobs.get(id)?.stages ?? []) {
        const [row] = stage.rows.view();
        if (row !== undefined) {
          select({
            application: application.ordinal,
            stageKey: stage.key,
            taskRow: row
          });
          this.options.actions.showTab('timeline');
          return;
        }
      }
    }
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const last = (this.shown?.query.batches.length ?? 0) - 1;
    const from = this.cursor < 0 ? last + 1 : this.cursor;
    const isMarked = this.tooltip.isShown || this.batchId >= 0;
    pressKey(
      event,
      {
        ArrowLeft: () => this.goTo(from - 1),
        ArrowRight: () => this.goTo(from + 1),
        Home: () => this.goTo(0),
        End: () => this.goTo(last),
        Enter: () => this.choose(this.cursor)
      },
      () => {
        this.choose(-1);
        return isMarked;
      }
    );
  };

  /** Go to a row by keyboard, and say what is there. */
  private goTo(row: number): void {
    const query = this.shown?.query;
    if (!query || query.batches.length === 0) {
      return;
    }
    const to = Math.max(0, Math.min(query.batches.length - 1, row));
    const { top, left } = this.charts.getBoundingClientRect();
    this.point(to, left, top);
    this.unseen.textContent = batchName(query, to, this.options.trans);
  }
}
