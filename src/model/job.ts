import { IndexSet } from './index-set';
import type { StageAttempt } from './stage-attempt';

/** `JobExecutionStatus`. */
export type JobStatus = 'running' | 'succeeded' | 'failed';

/** How a job's cell was found: by the local property `sparkglass.cell`, or by the cell that ran when it was submitted. */
export type Attribution = 'property' | 'time';

/**
 * A job, counted as Spark's `AppStatusListener` counts it. Read it anywhere, write it only in this folder.
 */
export class Job {
  constructor(
    /** `Job ID`, unique within its application. */
    readonly id: number,
    /** Ordinal of its application. */
    readonly application: number
  ) {}

  /** Name of its stage with the highest id: the call site of the action. */
  name = '';
  /** `spark.job.description` */
  description: string | null = null;
  /** `spark.jobGroup.id` */
  group: string | null = null;
  /** `spark.job.tags`, sorted. */
  tags: readonly string[] = [];
  /** ms since 1970; null when its start was not seen. */
  submissionTime: number | null = null;
  completionTime: number | null = null;
  status: JobStatus = 'running';
  /** What Spark said when it failed. */
  error: string | null = null;
  /** All its stages, also those it may skip. */
  stageIds: readonly number[] = [];
  /** Run id of the cell it came from. */
  cellRunId: string | null = null;
  attribution: Attribution | null = null;
  sqlExecutionId: number | null = null;
  streamQueryId: string | null = null;
  batchId: number | null = null;
  /** The line of a training curve whose learner's step ran it. */
  curve: { readonly curve: number; readonly line: number } | null = null;
  /** The time of its batch where it is of DStreams, ms since 1970. */
  batchTime: number | null = null;
  properties: ReadonlyMap<string, string> = new Map();

  /** Tasks of the stages that had not completed when it was submitted; may count skipped ones. */
  numTasks = 0;
  numActiveTasks = 0;
  numCompletedTasks = 0;
  numSkippedTasks = 0;
  numFailedTasks = 0;
  numKilledTasks = 0;
  numActiveStages = 0;
  /** What was active when it joined a running stage. Spark does not count it, and so counts below zero in the end. */
  joinedActiveTasks = 0;
  joinedActiveStages = 0;
  /** Failed attempts of stages. */
  numFailedStages = 0;
  /** Kill reason → how many tasks. */
  readonly killedTasksSummary = new Map<string, number>();

  /** Different tasks (stage and index) that succeeded at least once. */
  get numCompletedIndices(): number {
    let size = this.droppedCompleted;
    for (const indices of this.completedIndices.values()) {
      size += indices.size;
    }
    return size;
  }

  /** Stages whose newest attempt has completed. */
  get numCompletedStages(): number {
    return this.completedStages.size;
  }

  get numSkippedStages(): number {
    return this.skippedStages.size;
  }

  /** All attempts of its stages, by id and then attempt. */
  readonly stages: StageAttempt[] = [];

  /** Whether `SparkListenerJobStart` was seen. */
  started = false;
  readonly completedStages = new Set<number>();
  readonly skippedStages = new Set<number>();
  /** Tasks that succeeded, of which nobody knows which ones they were. */
  droppedCompleted = 0;
  /** Stage id → indices of tasks that succeeded. */
  readonly completedIndices = new Map<number, IndexSet>();
}
