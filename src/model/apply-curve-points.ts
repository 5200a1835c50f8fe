import {
  idOf,
  numberOf,
  textOf,
  type CurveColumn,
  type ISparkglassCurvePoints
} from '../events';
import type { CurveLine } from './curve-line';

/** More than any event holds; one that says more is not believed. */
const MOST_POINTS_AN_EVENT = 1 << 22;

/**
 * Take in points of a line. Those that are known already are left out, with their examples, whatever the event says of them.
 */
export function addPoints(
  line: CurveLine,
  event: ISparkglassCurvePoints
): void {
  const first = Math.max(0, idOf(event.First));
  const count = Math.min(
    MOST_POINTS_AN_EVENT,
    idOf(event.Points) < 0 ? longest(event) : idOf(event.Points)
  );
  const { points, examples } = line;
  const origin = points.originIndex({
    cellRunId: textOf(event['Run ID'], null) || null,
    queryRunId: textOf(event['Query Run ID'], null) || null
  });
  const read = exampleReader(event);
  let place = 0;
  for (let i = 0; i < count; i++) {
    const rows = Math.max(0, Math.floor(valueOf(event.Examples, i, 0)));
    const ordinal = first + i;
    const start = place;
    place += rows;
    if (points.knows(ordinal)) {
      continue;
    }
    const isKnown = read !== null && rows > 0 && place <= read.length;
    const firstExample = isKnown ? examples.end : NaN;
    let sum = 0;
    let squares = 0;
    for (let j = start; isKnown && j < place; j++) {
      const example = read.at(j);
      examples.push(example);
      sum += example.loss;
      squares += example.loss ** 2;
    }
    const told = valueOf(event['Loss Sum'], i, isKnown ? sum : 0);
    points.add({
      ordinal,
      at: valueOf(event.At, i, 0),
      examples: rows,
      lossSum: told,
      lossSquares: valueOf(
        event['Loss Squares'],
        i,
        isKnown ? squares : line.loss === 'value' ? told ** 2 : told
      ),
      elapsedMs: valueOf(event.Elapsed, i, 0),
      visits: valueOf(event.Visits, i, 0),
      pythonCpuNs: valueOf(event['Python CPU'], i, 0),
      modelBytes: notBelowZero(valueOf(event['Model Bytes'], i, NaN)),
      batchId: notBelowZero(valueOf(event['Batch ID'], i, NaN)),
      flags: valueOf(event.Flags, i, 0) & 3,
      firstExample,
      origin
    });
  }
  examples.trim();
}

/** How many points the longest column has: of an event that does not say it. */
function longest(event: ISparkglassCurvePoints): number {
  return [event.At, event.Examples, event['Loss Sum']].reduce<number>(
    (most, column) =>
      Array.isArray(column) ? Math.max(most, column.length) : most,
    0
  );
}

/** A value of a column; `otherwise` when the column is not there, NaN when it has no number for a point. */
function valueOf(
  column: CurveColumn | undefined,
  i: number,
  otherwise: number
): number {
  if (Array.isArray(column)) {
    return numberOf((column as readonly unknown[])[i], NaN);
  }
  return numberOf(column, otherwise);
}

function notBelowZero(value: number): number {
  return value >= 0 ? value : NaN;
}

interface IExampleReader {
  readonly length: number;
  at(i: number): { loss: number; label?: number; prediction?: number };
}

/** What an event says of single examples; null when nothing. */
function exampleReader(event: ISparkglassCurvePoints): IExampleReader | null {
  const { Labels: labels, Predictions: predictions, Losses: losses } = event;
  if (Array.isArray(labels) && Array.isArray(predictions)) {
    return {
      length: Math.min(labels.length, predictions.length),
      at: i => {
        const label = idOf(labels[i]);
        const prediction = idOf(predictions[i]);
        return { loss: label === prediction ? 0 : 1, label, prediction };
      }
    };
  }
  return Array.isArray(losses)
    ? {
        length: losses.length,
        at: i => ({ loss: numberOf(losses[i], NaN) })
      }
    : null;
}
