import type { Application, StageAttempt } from '../model';
import { inRows } from './band-rows';

/** When a stage ran: one bar above the lanes. */
export interface IStageBand {
  readonly stage: StageAttempt;
  /** First task's launch, ms since 1970 (submission when none is known). */
  readonly from: number;
  readonly to: number;
  /** Bands of one row don't overlap. */
  readonly row: number;
}

/** The attempts a timeline shows: those named, or all of the application. */
export function stagesShown(
  application: Application,
  stages: readonly StageAttempt[] | null
): readonly StageAttempt[] {
  return stages ?? [...application.stages.values()];
}

/**
 * When each stage ran, in as few rows as possible up to `mostRows`; what does
 * not fit lies on the last one. Stages that never ran have no band.
 *
 * @param now - where stages end that still run.
 */
export function stageBands(
  stages: readonly StageAttempt[],
  now: number,
  mostRows = 3
): IStageBand[] {
  const bands = stages
    .filter(stage => stage.rows.length > 0 || stage.droppedRows > 0)
    .map(stage => {
      const from = stage.firstTaskLaunchTime ?? stage.submissionTime ?? now;
      return { stage, from, to: Math.max(from, stage.completionTime ?? now) };
    })
    .sort((a, b) => a.from - b.from || a.stage.id - b.stage.id);
  return inRows(bands, mostRows);
}
