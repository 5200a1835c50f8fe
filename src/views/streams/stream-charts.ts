import {
  eventTimeSpanMs,
  windowKindOf,
  windowsIn,
  type IEventWindow
} from '../../analysis/event-windows';
import { newestOf } from '../../analysis/stream-figures';
import { readTheme, type ITheme } from '../../draw/theme';
import type { ITranslation } from '../../draw/words';
import type { BatchTable, IRunQuery } from '../../model';
import { Chart } from './chart';
import {
  CHARTS,
  chartHelp,
  chartWords,
  colourOf,
  DrawnValues,
  seriesOf,
  wordOf,
  type ChartName,
  type ISeries
} from './chart-data';
import { DrawnBatches } from './drawn-batches';
import { Rounds } from './rounds';

/** Views with charts so far: those of one view point together. */
let views = 0;

/** What the charts ask of the view they are in, and tell it. */
export interface IStreamChartsHost {
  readonly trans: ITranslation;
  /** The query whose batches are drawn. */
  shown(): IRunQuery | null;
  /** The pointer is at a batch, by its row in the query's table; null = it has left. */
  point(row: number | null, x: number, y: number): void;
  choose(row: number): void;
  /** Puts a cell into the notebook that samples event times; null where there is no notebook. */
  readonly sample: (() => void) | null;
  /** All charts are as the query's batches are. */
  drawn(query: IRunQuery): void;
}

interface IPlace {
  readonly name: ChartName;
  readonly figure: HTMLElement;
  readonly host: HTMLElement;
  readonly chart: Chart;
  readonly values: DrawnValues;
}

/** The charts of a streaming query over time. */
export class StreamCharts {
  /** Strips of event time behind the newest drawing. */
  windows = 0;

  /** @param node - takes the charts, and has the page's theme. */
  constructor(
    private readonly node: HTMLElement,
    private readonly view: IStreamChartsHost
  ) {
    const syncKey = `sparkglass-streams-${++views}`;
    this.places = CHARTS.map(name => this.place(name, syncKey));
    this.rounds = new Rounds(
      place => this.drawOne(place),
      () => {
        const shown = view.shown();
        if (shown) {
          view.drawn(shown);
        }
      }
    );
  }

  /** Draw what there is of the shown query, those charts that it has something for: the first one now, all within a few frames. */
  draw(): void {
    const shown = this.view.shown();
    if (!shown) {
      return;
    }
    const { query } = shown;
    const { isDStreams } = query;
    const hidden: Record<ChartName, boolean> = {
      rates: isDStreams,
      durations: isDStreams,
      delays: !isDStreams,
      rows: isDStreams && Number.isNaN(newestOf(query, 'inputRows')),
      state: query.operators.length === 0,
      eventTime: Number.isNaN(newestOf(query, 'eventTimeMax'))
    };
    for (const { name, figure } of this.places) {
      figure.hidden = hidden[name];
    }
    const visible = this.places.filter(({ name }) => !hidden[name]);
    // Another set of charts has other sizes.
    const names = visible.map(({ name }) => name).join();
    this.rounds.ask(`${query.runId} ${names}`, visible);
  }

  /** Their sizes have changed: draw without waiting. */
  resized(): void {
    this.rounds.reset();
  }

  /** Take them from the page; drawn again, they have the page's colours and fonts of then. */
  clear(): void {
    this.theme = null;
    this.rounds.reset();
    this.places.forEach(({ chart }) => chart.clear());
  }

  private drawOne({ host, chart, values }: IPlace): void {
    const shown = this.view.shown();
    if (shown) {
      const { runId, batches } = shown.query;
      chart.draw(
        `${runId} ${batches.revision}`,
        () => values.of(this.drawnOf(batches).table()),
        Math.floor(host.clientWidth),
        Math.floor(host.clientHeight),
        (this.theme ??= readTheme(this.node))
      );
    }
  }

  /** What is drawn of the batches, the same for all charts. */
  private drawnOf(batches: BatchTable): DrawnBatches {
    if (this.drawn?.whole !== batches) {
      this.drawn = new DrawnBatches(batches);
    }
    return this.drawn;
  }

  private place(name: ChartName, syncKey: string): IPlace {
    const { trans, sample } = this.view;
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
    this.node.append(figure);
    const isEventTime = name === 'eventTime';
    if (isEventTime && sample) {
      title.append(sampleButton(sample, trans));
    }
    const look = {
      word: wordOf(name),
      fromZero: !isEventTime,
      spanMs: isEventTime ? () => eventTimeSpanMs(this.view.shown()) : null,
      bands: isEventTime
        ? (from: number, to: number) => this.windowsOf(from, to)
        : null
    };
    const chart = new Chart(host, series, look, syncKey, {
      onPoint: (at, x, y) =>
        this.view.point(at === null ? null : this.rowOf(at), x, y),
      onChoose: at => this.view.choose(this.rowOf(at))
    });
    return { name, figure, host, chart, values: new DrawnValues(name) };
  }

  /** The windows that the shown query groups by, between two event times. */
  private windowsOf(from: number, to: number): readonly IEventWindow[] {
    const shown = this.view.shown();
    const kind = shown && windowKindOf(shown.application, shown.query);
    const windows = kind
      ? windowsIn(kind, from, to, newestOf(shown.query, 'watermark'))
      : [];
    this.windows = windows.length;
    return windows;
  }

  /** The batch that a place in a chart stands for. */
  private rowOf(at: number): number {
    const shown = this.view.shown();
    return shown ? this.drawnOf(shown.query.batches).rowOf(at) : -1;
  }

  private readonly places: readonly IPlace[];
  private readonly rounds: Rounds<IPlace>;
  private theme: ITheme | null = null;
  private drawn: DrawnBatches | null = null;
}

/** A square in the colour of a series. */
function swatchOf(colour: ISeries['colour']): HTMLElement {
  const swatch = document.createElement('span');
  swatch.className = 'jp-Sparkglass-streamSwatch';
  swatch.style.setProperty('--jp-sparkglass-swatch', colourOf(colour));
  return swatch;
}

/** What puts a cell below that samples event times: Spark tells only the oldest, the newest and the mean of a batch. */
function sampleButton(sample: () => void, trans: ITranslation): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'jp-Sparkglass-textButton';
  button.dataset.sparkglassNoPicture = '';
  button.textContent = trans.__('Sample event times');
  button.title = trans.__(
    'Put a cell below that draws event times of a sample of rows over when they were read; it is not run.'
  );
  button.addEventListener('click', sample);
  return button;
}
