import { formatClock, formatDuration, formatNumber } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import {
  curveVariable,
  phaseVariable,
  stateVariable,
  type CurveName,
  type PhaseName,
  type StateName
} from '../../draw/palette';
import type { BatchColumn, BatchTable } from '../../model';

/** The charts, in the order in which they stand; `delays` is that of DStreams. Rows and state come last: a query with a watermark is about event time. */
export const CHARTS = [
  'rates',
  'durations',
  'delays',
  'eventTime',
  'rows',
  'state'
] as const;
export type ChartName = (typeof CHARTS)[number];

/** The parts of a batch's time in the order in which they happen, and the colours that they share with the parts of a task. */
export const BATCH_PHASES = [
  ['latestOffsetMs', 'shuffle-read'],
  ['getBatchMs', 'deserialisation'],
  ['queryPlanningMs', 'scheduler-delay'],
  ['walCommitMs', 'shuffle-write'],
  ['addBatchMs', 'compute'],
  ['commitOffsetsMs', 'result-serialisation']
] as const satisfies readonly (readonly [BatchColumn, PhaseName])[];

/** One line, or one set of bars, of a chart. */
export interface ISeries {
  readonly words: string;
  readonly look: 'line' | 'stair' | 'bars' | 'marks';
  readonly colour:
    | { readonly phase: PhaseName }
    | { readonly curve: CurveName }
    | { readonly state: StateName };
}

/** The colour of a series, as a style sheet names it. */
export function colourOf(colour: ISeries['colour']): string {
  const name =
    'phase' in colour
      ? phaseVariable(colour.phase)
      : 'state' in colour
        ? stateVariable(colour.state)
        : curveVariable(colour.curve);
  return `var(${name})`;
}

/** What a chart draws, as uPlot wants it: times in ms since 1970, then values; null is a gap. */
export type ChartValues = [number[], ...(number | null)[][]];

/** The series of a chart. */
export function seriesOf(
  chart: ChartName,
  trans: ITranslation
): readonly ISeries[] {
  switch (chart) {
    case 'rates':
      return [
        {
          words: trans.__('arriving'),
          look: 'line',
          colour: { curve: 'streaming' }
        },
        {
          words: trans.__('while it works'),
          look: 'line',
          colour: { curve: 'batch' }
        }
      ];
    case 'durations':
      // From the top of the pile to its foot: each is drawn over the one before.
      return [...BATCH_PHASES].reverse().map(([column, phase]) => ({
        words: phaseWords(column, trans),
        look: 'bars' as const,
        colour: { phase }
      }));
    case 'delays':
      return [
        {
          words: phaseWords('durationMs', trans),
          look: 'bars',
          colour: { phase: 'compute' }
        },
        {
          words: phaseWords('waitedMs', trans),
          look: 'bars',
          colour: { phase: 'scheduler-delay' }
        }
      ];
    case 'rows':
      return [
        {
          words: trans.__('rows in a batch'),
          look: 'bars',
          colour: { curve: 'streaming' }
        }
      ];
    case 'state':
      return [
        {
          words: trans.__('kept'),
          look: 'line',
          colour: { curve: 'streaming' }
        },
        {
          words: trans.__('too late'),
          look: 'bars',
          colour: { curve: 'batch' }
        }
      ];
    case 'eventTime':
      return [
        {
          words: trans.__('newest event'),
          look: 'line',
          colour: { curve: 'streaming' }
        },
        {
          words: trans.__('watermark'),
          look: 'stair',
          colour: { curve: 'batch' }
        },
        {
          words: trans.__('too late'),
          look: 'marks',
          colour: { state: 'failed' }
        }
      ];
  }
}

/** The values of a chart, kept from one drawing to the next: what has come since is put at their end. */
export class DrawnValues {
  constructor(private readonly chart: ChartName) {
    this.columns = this.cells(() => NaN, 0).map(() => []);
  }

  /** Those of a table, in arrays that are valid until the next time. */
  of(batches: BatchTable): ChartValues {
    const from =
      batches === this.batches ? batches.changedSince(this.revision) : 0;
    this.batches = batches;
    this.revision = batches.revision;
    const { times, columns } = this;
    for (const column of [times, ...columns]) {
      column.length = from;
    }
    for (let row = from; row < batches.length; row++) {
      times.push(batches.at(row, 'time'));
      const cells = this.cells(name => batches.at(row, name), row);
      columns.forEach((column, i) => column.push(cells[i]!));
    }
    return [times, ...columns];
  }

  /** What stands in a row, a value a series. */
  private cells(
    at: (name: BatchColumn) => number,
    row: number
  ): (number | null)[] {
    switch (this.chart) {
      case 'rates':
        return [gap(at('inputRate')), gap(at('processedRate'))];
      case 'durations': {
        // Each part with all that come before it, the last part first.
        let sum = 0;
        return BATCH_PHASES.map(([name]) => (sum += at(name) || 0)).reverse();
      }
      case 'delays':
        return [gap(at('waitedMs') + at('durationMs')), gap(at('waitedMs'))];
      case 'rows':
        return [gap(at('inputRows'))];
      case 'state':
        return [gap(at('stateRows')), gap(at('lateRows'))];
      case 'eventTime': {
        // The newest that had been seen by then: a batch of old rows does not take it back.
        const before = this.columns?.[0]?.[row - 1] ?? null;
        const newest = gap(at('eventTimeMax')) ?? before;
        const watermark = gap(at('watermark'));
        return [
          newest === null ? null : Math.max(newest, before ?? newest),
          watermark,
          at('lateRows') > 0 ? watermark : null
        ];
      }
    }
  }

  private readonly times: number[] = [];
  private readonly columns: (number | null)[][];
  private batches: BatchTable | null = null;
  private revision = -1;
}

/** What uPlot takes for no value. */
function gap(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** How the axis of a chart words its values. */
export function wordOf(chart: ChartName): (value: number) => string {
  return chart === 'durations' || chart === 'delays'
    ? formatDuration
    : chart === 'eventTime'
      ? time => formatClock(time).slice(0, 8)
      : formatNumber;
}

/** What a part of a batch's time is called. */
export function phaseWords(column: BatchColumn, trans: ITranslation): string {
  switch (column) {
    case 'latestOffsetMs':
      return trans.__('asking the sources what is new');
    case 'getBatchMs':
      return trans.__('describing the batch');
    case 'queryPlanningMs':
      return trans.__('planning');
    case 'walCommitMs':
      return trans.__('noting what will be read');
    case 'addBatchMs':
      return trans.__('reading, computing and writing');
    case 'commitOffsetsMs':
      return trans.__('noting what was done');
    case 'waitedMs':
      return trans.__('waiting for its turn');
    case 'durationMs':
      return trans.__('from its first job to its last');
    default:
      return column;
  }
}

/** What a chart is about. */
export function chartWords(chart: ChartName, trans: ITranslation): string {
  switch (chart) {
    case 'rates':
      return trans.__('Rows a second');
    case 'durations':
      return trans.__('Time of a batch');
    case 'delays':
      return trans.__('Delay of a batch');
    case 'rows':
      return trans.__('Rows in a batch');
    case 'state':
      return trans.__('Rows of the state');
    case 'eventTime':
      return trans.__('Event time');
  }
}

/** What there is to see in a chart, in plain words. */
export function chartHelp(chart: ChartName, trans: ITranslation): string {
  switch (chart) {
    case 'rates':
      return trans.__(
        'Rows that arrive a second, and rows that it reads a second while it works. It keeps up as long as the second line is above the first.'
      );
    case 'durations':
      return trans.__(
        'How long each batch took, and with what. A batch must be done before the next one begins.'
      );
    case 'delays':
      return trans.__(
        'From the time of each batch to the end of its last job. Batches come at their times whether those before are done or not: they wait for their turn when they take longer than they are apart.'
      );
    case 'rows':
      return trans.__('How many rows each batch read.');
    case 'state':
      return trans.__(
        'Rows that it keeps from batch to batch (for windows, joins and duplicates), and rows that came too late to count.'
      );
    case 'eventTime':
      return trans.__(
        'Upwards, when things happened (event time); to the right, when they were read. The watermark follows the newest event at a distance. A window whose end it has passed is closed (grey): rows for it come too late and are dropped. Of a long run the newest part is shown.'
      );
  }
}
