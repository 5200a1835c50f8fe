import {
  idOf,
  listOf,
  numberOf,
  textOf,
  textsOf,
  type CurveEvent,
  type ISparkglassCurve,
  type ISparkglassCurveAwaited,
  type ISparkglassCurveBoundary,
  type ISparkglassCurveEnd,
  type ISparkglassCurveLine,
  type ISparkglassCurveMark,
  type ISparkglassCurveServing
} from '../events';
import { addPoints } from './apply-curve-points';
import { Curve, MARK_KINDS, MARK_PATTERNS, type ICurveMark } from './curve';
import { CurveLine, LINE_KINDS, LOSSES } from './curve-line';

/** Marks that are kept of a curve; further ones are counted only. */
const MOST_MARKS = 10_000;

/** The curves of a kernel, by id, in the order in which they were heard of. */
export class Curves {
  readonly all = new Map<number, Curve>();

  /**
   * Take in an event of a curve.
   *
   * @returns the curve when it has just been heard of that a cell opened it.
   */
  take(event: CurveEvent): Curve | null {
    const id = idOf(event.Curve);
    if (id < 0) {
      return null;
    }
    let curve = this.all.get(id);
    if (!curve) {
      curve = new Curve(id);
      this.all.set(id, curve);
    }
    curve.revision++;
    switch (event.Event) {
      case 'SparkglassCurve':
        return open(curve, event);
      case 'SparkglassCurveLine':
        begin(curve, event);
        break;
      case 'SparkglassCurvePoints': {
        const line = lineOf(curve, event.Line);
        if (line) {
          addPoints(line, event);
        }
        break;
      }
      case 'SparkglassCurveMark':
        mark(curve, event);
        break;
      case 'SparkglassCurveServing':
        serve(curve, event);
        break;
      case 'SparkglassCurveAwaited':
        expect(curve, event);
        break;
      case 'SparkglassCurveBoundary':
        bound(curve, event);
        break;
      case 'SparkglassCurveEnd':
        end(curve, event);
        break;
    }
    return null;
  }
}

/** A curve is told of again when further classes have come. */
function open(curve: Curve, event: ISparkglassCurve): Curve | null {
  const classes = Array.isArray(event.Classes) ? textsOf(event.Classes) : [];
  if (classes.length > (curve.classes?.length ?? 0)) {
    curve.classes = classes;
  }
  if (curve.opened) {
    return null;
  }
  curve.opened = true;
  curve.name = textOf(event.Name, '');
  curve.cellRunId = textOf(event['Run ID'], null) || null;
  const alpha = numberOf(event.Alpha, curve.alpha);
  curve.alpha = alpha >= 0 && alpha < 1 ? alpha : curve.alpha;
  curve.startTime = numberOf(event.Time, 0);
  return curve.cellRunId === null ? null : curve;
}

/** The line of an id, made when it is new; null when it is no id. */
function lineOf(curve: Curve, value: unknown): CurveLine | null {
  const id = idOf(value);
  if (id < 0) {
    return null;
  }
  const known = curve.line(id);
  if (known) {
    return known;
  }
  const line = new CurveLine(curve, id);
  insertBy(curve.lines, line, one => one.id);
  return line;
}

function begin(curve: Curve, event: ISparkglassCurveLine): void {
  const line = lineOf(curve, event.Line);
  if (!line || line.opened) {
    return;
  }
  line.opened = true;
  line.name = textOf(event.Name, '');
  line.kind = LINE_KINDS.find(kind => kind === event.Kind) ?? 'metric';
  line.loss = LOSSES.find(loss => loss === event.Loss) ?? 'value';
  const of = idOf(event.Of);
  line.of = of < 0 || of === line.id ? null : of;
  line.learner = textOf(event.Learner, null) || null;
  line.startTime = numberOf(event.Time, 0);
}

function mark(curve: Curve, event: ISparkglassCurveMark): void {
  const ordinal = idOf(event.Mark);
  if (ordinal < 0) {
    return;
  }
  const { Detail: detail, Line: line } = event;
  const told: ICurveMark = {
    ordinal,
    line: idOf(line) < 0 ? null : idOf(line),
    kind: MARK_KINDS.find(kind => kind === event.Kind) ?? 'mark',
    name: textOf(event.Name, ''),
    detail:
      typeof detail === 'string'
        ? detail
        : detail === undefined || detail === null
          ? ''
          : JSON.stringify(detail),
    start: numberOf(event.Start, null),
    end: numberOf(event.End, null),
    direction:
      event.Direction === 'worse' || event.Direction === 'better'
        ? event.Direction
        : null,
    pattern: MARK_PATTERNS.find(one => one === event.Pattern) ?? null,
    time: numberOf(event.Time, 0)
  };
  const at = curve.marks.findIndex(one => one.ordinal === ordinal);
  if (at >= 0) {
    curve.marks[at] = told;
  } else if (curve.marks.length < MOST_MARKS) {
    insertBy(curve.marks, told, one => one.ordinal);
  } else {
    curve.moreMarks++;
  }
}

function serve(curve: Curve, event: ISparkglassCurveServing): void {
  const latencies = listOf(event.Latencies);
  const { served } =
    idOf(event.Line) < 0 ? curve : (lineOf(curve, event.Line) ?? curve);
  served.serve(
    {
      version: versionOf(event.Version),
      trainedOn: numberOf(event['Trained On'], 0),
      publishedAt: numberOf(event['Published At'], 0),
      examples: numberOf(event.Examples, 0),
      requests: numberOf(event.Requests, 0),
      errors: numberOf(event.Errors, 0),
      latencies:
        latencies.length < 3
          ? null
          : {
              medianMs: numberOf(latencies[0], NaN),
              p95Ms: numberOf(latencies[1], NaN),
              maxMs: numberOf(latencies[2], NaN)
            },
      isStopped: event.Stopped === true,
      time: numberOf(event.Time, 0)
    },
    listOf(event.Published).flatMap(row =>
      Array.isArray(row)
        ? [
            {
              version: versionOf(row[0]),
              trainedOn: numberOf(row[1], 0),
              at: numberOf(row[2], 0)
            }
          ]
        : []
    )
  );
}

function versionOf(value: unknown): string {
  return typeof value === 'number' ? `${value}` : textOf(value, '');
}

function expect(curve: Curve, event: ISparkglassCurveAwaited): void {
  const line = lineOf(curve, event.Line);
  const time = numberOf(event.Time, 0);
  if (!line || (line.awaited?.time ?? 0) > time) {
    return;
  }
  line.awaited = {
    rows: numberOf(event.Awaited, 0),
    labelled: numberOf(event.Labelled, 0),
    delays: listOf(event.Delays).map(delay => numberOf(delay, NaN)),
    letGo: numberOf(event['Let Go'], 0),
    time
  };
}

function bound(curve: Curve, event: ISparkglassCurveBoundary): void {
  const weights = listOf(event.Weights).filter(one => Number.isFinite(one));
  const line = lineOf(curve, event.Line);
  const at = numberOf(event.At, 0);
  if (!line || weights.length !== 3 || (line.boundary?.at ?? 0) > at) {
    return;
  }
  const [first = 'x', second = 'y'] = textsOf(event.Features);
  line.boundary = {
    at,
    features: [first, second],
    weights: [weights[0]!, weights[1]!, weights[2]!],
    sample: listOf(event.Sample).flatMap(row =>
      Array.isArray(row) && Number.isFinite(row[0]) && Number.isFinite(row[1])
        ? [{ x: row[0]!, y: row[1]!, label: numberOf(row[2], -1) }]
        : []
    )
  };
}

function end(curve: Curve, event: ISparkglassCurveEnd): void {
  curve.endTime ??= numberOf(event.Time, curve.startTime);
  curve.endReason ??= event.Reason === 'error' ? 'error' : 'finished';
}

/** Put one into a list that is in the order of a key; most come in order. */
function insertBy<T>(list: T[], one: T, key: (one: T) => number): void {
  let at = list.length;
  while (at > 0 && key(list[at - 1]!) > key(one)) {
    at--;
  }
  list.splice(at, 0, one);
}
