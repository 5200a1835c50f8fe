import { formatDuration, formatNumber } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import {
  curveVariable,
  phaseVariable,
  type CurveName,
  type PhaseName
} from '../../draw/palette';
import type { BatchColumn, BatchTable } from '../../model';

/** The charts, in the order in which they stand. */
export const CHARTS = ['rates', 'durations', 'rows', 'state'] as const;
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
  readonly look: 'line' | 'bars';
  readonly colour:
    { readonly phase: PhaseName } | { readonly curve: CurveName };
}

/** The colour of a series, as a style sheet names it. */
export function colourOf(colour: ISeries['colour']): string {
  const name =
    'phase' in colour
      ? phaseVariable(colour.phase)
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
  }
}

/** The values of a chart. */
export function valuesOf(chart: ChartName, batches: BatchTable): ChartValues {
  const times = Array.from(batches.column('time'));
  switch (chart) {
    case 'rates':
      return [
        times,
        gaps(batches.column('inputRate')),
        gaps(batches.column('processedRate'))
      ];
    case 'durations':
      return [times, ...pileOf(batches)];
    case 'rows':
      return [times, gaps(batches.column('inputRows'))];
    case 'state':
      return [
        times,
        gaps(batches.column('stateRows')),
        gaps(batches.column('lateRows'))
      ];
  }
}

/** Each part with all that come before it, the last part first. */
function pileOf(batches: BatchTable): number[][] {
  const pile: number[][] = [];
  let below = new Array<number>(batches.length).fill(0);
  for (const [column] of BATCH_PHASES) {
    const values = batches.column(column);
    below = below.map((sum, row) => sum + (values[row] || 0));
    pile.unshift(below);
  }
  return pile;
}

function gaps(values: Float64Array): (number | null)[] {
  return Array.from(values, value => (Number.isNaN(value) ? null : value));
}

/** How the axis of a chart words its values. */
export function wordOf(chart: ChartName): (value: number) => string {
  return chart === 'durations' ? formatDuration : formatNumber;
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
    case 'rows':
      return trans.__('Rows in a batch');
    case 'state':
      return trans.__('Rows of the state');
  }
}
