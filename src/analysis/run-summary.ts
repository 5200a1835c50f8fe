import type { Application, CellRun, IRunJob, Job, StageStatus } from '../model';

/**
 * What a run amounts to: `planned` when it made DataFrames and ran no job, `cancelled` when all that failed was cancelled.
 */
export type RunState =
  'planned' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** One stage attempt in the bar of a run. */
export interface ISegment {
  /** `${application}:${stageId}.${attempt}` */
  readonly key: string;
  readonly application: number;
  readonly stageKey: string;
  /** Part of the bar, 0–1; all add up to 1. */
  readonly share: number;
  /** Part of the segment that is done, 0–1. */
  readonly done: number;
  readonly state: StageStatus;
}

/** A run (or any list of jobs) in numbers. */
export interface IRunSummary {
  readonly state: RunState;
  readonly jobs: number;
  readonly jobsDone: number;
  readonly jobsFailed: number;
  /** Stage attempts that ran or may run; skipped ones are not among them. */
  readonly stages: number;
  readonly stagesDone: number;
  readonly stagesActive: number;
  readonly stagesSkipped: number;
  readonly stagesFailed: number;
  /** Tasks that ran or will: skipped ones are not among them. */
  readonly tasks: number;
  readonly tasksDone: number;
  readonly tasksActive: number;
  readonly tasksFailed: number;
  readonly tasksKilled: number;
  readonly tasksSkipped: number;
  /** ms since 1970. */
  readonly startTime: number | null;
  readonly endTime: number | null;
  /** From the first job's submission to the last one's end, or to the newest time seen. */
  readonly durationMs: number;
  readonly inputBytes: number;
  readonly inputRecords: number;
  readonly shuffleReadBytes: number;
  readonly shuffleWriteBytes: number;
  /** Spilled to disk. */
  readonly spillBytes: number;
  readonly outputBytes: number;
  readonly gcTimeMs: number;
  /** Executor run time of all tasks. */
  readonly runTimeMs: number;
  readonly segments: readonly ISegment[];
  /** Estimated, or null where an estimate would be a guess. */
  readonly remainingMs: number | null;
}

/** What can be summed up: one execution of a cell, an application, or some jobs. */
export type Summarised = CellRun | Application | readonly IRunJob[];

/** Sum up what ran. */
export function summarise(of: Summarised): IRunSummary {
  void of;
  throw new Error('not yet');
}

/** Whether Spark's words for a failed job say that somebody cancelled it. */
export function isCancelled(job: Job): boolean {
  return job.error !== null && /cancelled/.test(job.error);
}
