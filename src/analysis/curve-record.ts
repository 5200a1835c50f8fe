// Training curves as events again: what is saved with a notebook, and what a pinned output holds.
import type { IBatch, ISparkEvent } from '../events';
import type { CellRun, Curve, CurveLine } from '../model';
import { summaryPoints, type ISummaryPoints } from './curve-summary';

/** How much of a curve is kept. */
export interface ICurveLimits {
  /** Points of a line. */
  readonly points: number;
  /** Single examples of a line: all of them where there are no more, and no point was laid together with another; else none. */
  readonly examples: number;
  /** Marks, the newest. */
  readonly marks: number;
  /** Characters of a name or a detail. */
  readonly text: number;
}

/** The curves that a run opened, as a batch that makes them again; null when it opened none. */
export function recordCurves(
  run: CellRun,
  limits: ICurveLimits
): IBatch | null {
  return run.curves.length === 0
    ? null
    : {
        application: 0,
        backfill: true,
        events: run.curves.flatMap(curve => curveEvents(curve, limits)),
        rows: null
      };
}

function curveEvents(curve: Curve, limits: ICurveLimits): ISparkEvent[] {
  const short = (text: string): string => text.slice(0, limits.text);
  const events: ISparkEvent[] = [
    {
      Event: 'SparkglassCurve',
      Curve: curve.id,
      Name: short(curve.name),
      'Run ID': curve.cellRunId,
      Classes: curve.classes?.map(short) ?? null,
      Alpha: curve.alpha,
      Time: curve.startTime
    }
  ];
  for (const line of curve.lines) {
    events.push(
      {
        Event: 'SparkglassCurveLine',
        Curve: curve.id,
        Line: line.id,
        Name: short(line.name),
        Kind: line.kind,
        Of: line.of,
        Loss: line.loss,
        Learner: line.learner && short(line.learner),
        Time: line.startTime
      },
      ...pointEvents(line, limits),
      ...servingEvents(curve, line, limits),
      ...awaitedEvents(line),
      ...boundaryEvents(line)
    );
  }
  events.push(...servingEvents(curve, null, limits));
  for (const mark of curve.marks.slice(-limits.marks)) {
    events.push({
      Event: 'SparkglassCurveMark',
      Curve: curve.id,
      Line: mark.line,
      Mark: mark.ordinal,
      Kind: mark.kind,
      Name: short(mark.name),
      Detail: short(mark.detail),
      Start: mark.start,
      End: mark.end,
      Direction: mark.direction,
      Pattern: mark.pattern,
      Time: mark.time
    });
  }
  if (curve.endTime !== null) {
    events.push({
      Event: 'SparkglassCurveEnd',
      Curve: curve.id,
      Time: curve.endTime,
      Reason: curve.endReason ?? 'finished'
    });
  }
  return events;
}

/** An event for each stretch of points of one maker. */
function pointEvents(line: CurveLine, limits: ICurveLimits): ISparkEvent[] {
  const kept = summaryPoints(line, limits.points);
  const whole =
    kept.rows.length === line.points.length &&
    line.examples.first === 0 &&
    line.examples.end <= limits.examples;
  const events: ISparkEvent[] = [];
  for (let from = 0; from < kept.rows.length;) {
    const origin = line.points.at(kept.rows[from]!, 'origin');
    let to = from + 1;
    while (
      to < kept.rows.length &&
      line.points.at(kept.rows[to]!, 'origin') === origin
    ) {
      to++;
    }
    events.push(pointEvent(line, kept, from, to, whole));
    from = to;
  }
  return events;
}

function pointEvent(
  line: CurveLine,
  kept: ISummaryPoints,
  from: number,
  to: number,
  whole: boolean
): ISparkEvent {
  const { points } = line;
  const rows = kept.rows.slice(from, to);
  const maker = points.originOf(rows[0]!);
  const column = (value: (row: number, i: number) => number): unknown =>
    collapsed(Array.from(rows, (row, i) => rounded(value(row, from + i))));
  return {
    Event: 'SparkglassCurvePoints',
    Curve: line.curve.id,
    Line: line.id,
    First: from,
    Points: rows.length,
    'Query Run ID': maker?.queryRunId ?? null,
    'Run ID': maker?.cellRunId ?? null,
    At: column(row => points.at(row, 'at')),
    Examples: column((_, i) => kept.examples[i]!),
    'Loss Sum': column((_, i) => kept.lossSum[i]!),
    'Loss Squares': column((_, i) => kept.lossSquares[i]!),
    Elapsed: column(row => Math.round(points.at(row, 'elapsedMs'))),
    Visits: column(row => points.at(row, 'visits')),
    'Python CPU': column((_, i) => kept.pythonCpuNs[i]!),
    'Model Bytes': column(row => missingAs(points.at(row, 'modelBytes'))),
    'Batch ID': column(row => missingAs(points.at(row, 'batchId'))),
    Flags: column(row => points.at(row, 'flags')),
    ...(whole ? exampleColumns(line, rows) : {})
  };
}

/** What is known of the single examples of some points; nothing where it is not known of all. */
function exampleColumns(line: CurveLine, rows: Int32Array): object {
  const { examples, points } = line;
  const places: number[] = [];
  for (const row of rows) {
    const first = points.at(row, 'firstExample');
    const count = points.at(row, 'examples');
    if (Number.isNaN(first) && count > 0) {
      return {};
    }
    for (let i = 0; i < count; i++) {
      places.push(first + i);
    }
  }
  const { labels, predictions, losses } = examples;
  if (examples.hasClasses && places.every(place => labels[place]! > 0)) {
    return {
      Labels: places.map(place => labels[place]! - 2),
      Predictions: places.map(place => predictions[place]! - 2)
    };
  }
  return { Losses: places.map(place => rounded(losses[place]!)) };
}

/** How often a model's serving is kept: where a version began and ended, and as it stands. */
const MOST_SERVINGS = 100;
/** Versions that are kept, the newest. */
const MOST_PUBLICATIONS = 200;

function servingEvents(
  curve: Curve,
  line: CurveLine | null,
  { points }: ICurveLimits
): ISparkEvent[] {
  const { servings, publications } = (line ?? curve).served;
  // Those of before are told with the first that is kept.
  let told = Math.max(
    0,
    publications.length - Math.min(MOST_PUBLICATIONS, points)
  );
  return servings
    .filter(
      ({ version }, i) =>
        i === servings.length - 1 ||
        version !== servings[i - 1]?.version ||
        version !== servings[i + 1]?.version
    )
    .slice(-Math.min(MOST_SERVINGS, points))
    .map(one => {
      const from = told;
      while (
        told < publications.length &&
        publications[told]!.at <= one.examples
      ) {
        told++;
      }
      return {
        Event: 'SparkglassCurveServing' as const,
        Curve: curve.id,
        Line: line?.id ?? null,
        Version: one.version,
        'Trained On': one.trainedOn,
        'Published At': one.publishedAt,
        Published: publications
          .slice(from, told)
          .map(({ version, trainedOn, at }) => [version, trainedOn, at]),
        Examples: one.examples,
        Requests: one.requests,
        Errors: one.errors,
        Latencies: one.latencies && [
          one.latencies.medianMs,
          one.latencies.p95Ms,
          one.latencies.maxMs
        ],
        Stopped: one.isStopped,
        Time: one.time
      };
    });
}

function awaitedEvents(line: CurveLine): ISparkEvent[] {
  const { awaited } = line;
  return awaited === null
    ? []
    : [
        {
          Event: 'SparkglassCurveAwaited',
          Curve: line.curve.id,
          Line: line.id,
          Awaited: awaited.rows,
          Labelled: awaited.labelled,
          Delays: awaited.delays,
          'Let Go': awaited.letGo,
          Time: awaited.time
        }
      ];
}

function boundaryEvents(line: CurveLine): ISparkEvent[] {
  const { boundary } = line;
  return boundary === null
    ? []
    : [
        {
          Event: 'SparkglassCurveBoundary',
          Curve: line.curve.id,
          Line: line.id,
          At: boundary.at,
          Features: [...boundary.features],
          Weights: [...boundary.weights],
          Sample: boundary.sample.map(({ x, y, label }) => [
            rounded(x),
            rounded(y),
            label
          ])
        }
      ];
}

/** One number where all are the same. */
function collapsed(
  values: readonly (number | null)[]
): readonly (number | null)[] | number | null {
  const [first] = values;
  return first !== undefined && values.every(value => value === first)
    ? first
    : values;
}

/** To seven digits, of which no picture shows more; null for what is no number. */
function rounded(value: number): number | null {
  return Number.isFinite(value)
    ? Number.isSafeInteger(value)
      ? value
      : Number(value.toPrecision(7))
    : null;
}

function missingAs(value: number): number {
  return Number.isNaN(value) ? -1 : value;
}
