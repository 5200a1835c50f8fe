// An aggregate (3): which detections found which faults and drifts.
import type { Curve, ICurveMark } from '../model';

/** A fault or a drift, and how it was found. */
export interface IFoundFault {
  readonly fault: ICurveMark;
  /** The first detection that counts for it; null: missed (so far). */
  readonly detection: ICurveMark | null;
  /** Examples from its start to the detection; NaN when missed. */
  readonly delay: number;
}

export interface IDetectionScore {
  /** In the order in which they began. */
  readonly faults: readonly IFoundFault[];
  /** Detections of a rising error that no fault explains. */
  readonly falseAlarms: readonly ICurveMark[];
}

/** Detections within a fault, or up to so many examples after it, count as having found it. */
export const GRACE_EXAMPLES = 200;

/**
 * How well detections fit the faults that were injected. A detection counts for the newest fault within whose reach it is; one that the error
 * falls counts for nothing.
 *
 * @param line - id of the line whose detections count; null for those of all lines.
 */
export function detectionScore(
  curve: Curve,
  line: number | null
): IDetectionScore {
  const concerns = (mark: ICurveMark): boolean =>
    mark.start !== null &&
    (line === null || mark.line === null || mark.line === line);
  const faults = curve.marks
    .filter(mark => mark.kind === 'fault' || mark.kind === 'drift')
    .filter(concerns)
    .sort((a, b) => a.start! - b.start!);
  const detections = curve.marks
    .filter(
      ({ kind, direction }) => kind === 'detection' && direction !== 'better'
    )
    .filter(concerns)
    .sort((a, b) => a.start! - b.start!);
  const found = new Map<ICurveMark, ICurveMark>();
  const falseAlarms: ICurveMark[] = [];
  for (const detection of detections) {
    const at = detection.start!;
    const fault = faults
      .filter(one => one.start! <= at && at <= reachOf(one))
      .pop();
    if (!fault) {
      falseAlarms.push(detection);
    } else if (!found.has(fault)) {
      found.set(fault, detection);
    }
  }
  return {
    faults: faults.map(fault => {
      const detection = found.get(fault) ?? null;
      return {
        fault,
        detection,
        delay: detection ? detection.start! - fault.start! : NaN
      };
    }),
    falseAlarms
  };
}

/** Up to where a detection is of a fault. A drift without an end is a moment, a fault without one goes on. */
function reachOf({ kind, start, end }: ICurveMark): number {
  return end === null && kind === 'fault'
    ? Infinity
    : (end ?? start!) + GRACE_EXAMPLES;
}
