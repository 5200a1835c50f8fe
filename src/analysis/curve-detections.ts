// An aggregate (3): which detections found which faults and drifts.
import type { Curve, ICurveMark } from '../model';

/** A fault or a drift, and how it was found on a line. */
export interface IFoundFault {
  readonly fault: ICurveMark;
  /** The first detection that counts for it; null: missed (so far). */
  readonly detection: ICurveMark | null;
  /** Examples from its start to the detection; NaN when missed. */
  readonly delay: number;
}

export interface IDetectionScore {
  readonly faults: readonly IFoundFault[];
  /** Detections of a rising error that no fault explains. */
  readonly falseAlarms: readonly ICurveMark[];
}

/** Detections within a fault, or this many examples after it, count as having found it. */
export const GRACE_EXAMPLES = 200;

/** How well detections of a line (null: of all) fit the faults that were injected. */
export function detectionScore(
  curve: Curve,
  line: number | null
): IDetectionScore {
  throw new Error('to come');
}
