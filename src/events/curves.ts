/**
 * Events of training curves (docs/protocol.md, section 7). Any field may be missing. Times are ms since 1970, `At`, `Start` and `End` examples.
 */

/** Bits of the column `Flags` of points. */
export const CurveFlag = {
  /** Scored on rows that the learner was fitted on. */
  inSample: 1,
  /** The batch was delivered before: neither learnt nor counted. */
  repeat: 2
} as const;

/** A curve is opened. */
export interface ISparkglassCurve {
  Event: 'SparkglassCurve';
  Curve?: number;
  Name?: string;
  /** Of the cell that opened it. */
  'Run ID'?: string | null;
  Classes?: string[] | null;
  /** The fading factor to begin with. */
  Alpha?: number;
  Time?: number;
}

/** A line begins. */
export interface ISparkglassCurveLine {
  Event: 'SparkglassCurveLine';
  Curve?: number;
  Line?: number;
  Name?: string;
  /** `online`, `batch`, `probe`, `metric` or `epochs`. */
  Kind?: string;
  Of?: number | null;
  /** `zeroOne`, `squared`, `log` or `value`. */
  Loss?: string;
  Learner?: string | null;
  Time?: number;
}

/** A value a point, or one for all of them. */
export type CurveColumn = readonly (number | null)[] | number | null;

/** Points are added. */
export interface ISparkglassCurvePoints {
  Event: 'SparkglassCurvePoints';
  Curve?: number;
  Line?: number;
  /** Ordinal of the first point. */
  First?: number;
  /** How many. */
  Points?: number;
  /** Of the run of the streaming query whose batches these are. */
  'Query Run ID'?: string | null;
  /** Of the cell that made them. */
  'Run ID'?: string | null;
  At?: CurveColumn;
  Examples?: CurveColumn;
  'Loss Sum'?: CurveColumn;
  'Loss Squares'?: CurveColumn;
  Elapsed?: CurveColumn;
  Visits?: CurveColumn;
  'Python CPU'?: CurveColumn;
  'Model Bytes'?: CurveColumn;
  'Batch ID'?: CurveColumn;
  /** Bits of {@link CurveFlag}. */
  Flags?: CurveColumn;
  /** One an example, all points one after the other. */
  Losses?: readonly (number | null)[];
  /** One an example: an index into the classes, or -1. */
  Labels?: readonly number[];
  Predictions?: readonly number[];
}

/** A fault, a drift, a detection, a retrain, an action. The same ordinal again replaces it. */
export interface ISparkglassCurveMark {
  Event: 'SparkglassCurveMark';
  Curve?: number;
  Line?: number | null;
  Mark?: number;
  /** `fault`, `drift`, `detection`, `retrain`, `policy`, `version`, `mark` or `mistake`. */
  Kind?: string;
  Name?: string;
  Detail?: unknown;
  Start?: number | null;
  End?: number | null;
  /** `worse` or `better`. */
  Direction?: string | null;
  /** `sudden`, `gradual` or `recurring`; of a fault `sensor` or `flood`. */
  Pattern?: string | null;
  Time?: number;
}

/** How the model stands that is being served. */
export interface ISparkglassCurveServing {
  Event: 'SparkglassCurveServing';
  Curve?: number;
  Line?: number;
  Version?: number | string;
  /** Examples. */
  'Trained On'?: number;
  'Published At'?: number;
  /** Version, trained on, examples seen: of each that was published since the last word. */
  Published?: readonly (readonly (number | string)[])[];
  /** Seen by now. */
  Examples?: number;
  Requests?: number;
  Errors?: number;
  /** ms: median, 95 %, max. */
  Latencies?: readonly number[] | null;
  Stopped?: boolean;
  Time?: number;
}

/** How many rows of a line were predicted and have no label yet. */
export interface ISparkglassCurveAwaited {
  Event: 'SparkglassCurveAwaited';
  Curve?: number;
  Line?: number;
  Awaited?: number;
  /** Rows whose labels have come. */
  Labelled?: number;
  /** Rows that came between a row and its label: median, max. */
  Delays?: readonly number[] | null;
  /** Rows that are not awaited any more. */
  'Let Go'?: number;
  Time?: number;
}

/** The line that a linear model of two features draws. */
export interface ISparkglassCurveBoundary {
  Event: 'SparkglassCurveBoundary';
  Curve?: number;
  Line?: number;
  At?: number;
  Features?: string[];
  /** Bias and the two weights. */
  Weights?: number[];
  /** Rows `[x, y, class index]`. */
  Sample?: number[][];
  Time?: number;
}

export interface ISparkglassCurveEnd {
  Event: 'SparkglassCurveEnd';
  Curve?: number;
  Time?: number;
  /** `finished` or `error`. */
  Reason?: string;
}

export type CurveEvent =
  | ISparkglassCurve
  | ISparkglassCurveLine
  | ISparkglassCurvePoints
  | ISparkglassCurveMark
  | ISparkglassCurveServing
  | ISparkglassCurveAwaited
  | ISparkglassCurveBoundary
  | ISparkglassCurveEnd;

/** Whether an event is of a curve. */
export function isCurveEvent(event: {
  readonly Event: string;
}): event is CurveEvent {
  return event.Event.startsWith('SparkglassCurve');
}
