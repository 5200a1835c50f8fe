import { COLUMN_COUNT, type IAccumulable, type IRddInfo } from '../events';
import { IndexSet } from './index-set';
import type { Job } from './job';
import { PeakMetrics } from './peak-metrics';
import { RowList } from './row-list';

/** `StageStatus`. */
export type StageStatus =
  'pending' | 'active' | 'complete' | 'failed' | 'skipped';

/** `LiveSpeculationStageSummary`. */
export interface ISpeculation {
  numTasks: number;
  numActiveTasks: number;
  numCompletedTasks: number;
  numFailedTasks: number;
  numKilledTasks: number;
}

/**
 * One attempt of a stage, counted as Spark's `AppStatusListener` counts it. Read it anywhere, write it only in this folder.
 */
export class StageAttempt {
  constructor(
    readonly id: number,
    readonly attempt: number,
    /** Its place in `Application.stageList`; what the column `stage` of a task holds. */
    readonly ordinal: number
  ) {}

  /** Its key in `Application.stages`. */
  get key(): string {
    return `${this.id}.${this.attempt}`;
  }

  /** Call site, short. */
  name = '';
  /** Call site, long. */
  details = '';
  numTasks = 0;
  parentIds: readonly number[] = [];
  rddInfos: readonly IRddInfo[] = [];
  /** ms since 1970. */
  submissionTime: number | null = null;
  firstTaskLaunchTime: number | null = null;
  completionTime: number | null = null;
  status: StageStatus = 'pending';
  failureReason: string | null = null;
  schedulingPool = 'default';
  description: string | null = null;
  /** Accumulators that users named; Spark's own are elsewhere. */
  accumulables: readonly IAccumulable[] = [];
  resourceProfileId = 0;
  isShufflePushEnabled = false;
  shuffleMergersCount = 0;
  /** The highest values of its executors' metrics, and those by executor id. */
  readonly peak = new PeakMetrics();
  readonly executorPeaks = new Map<string, PeakMetrics>();
  /** Ids of the executors that may not run it. */
  readonly excludedExecutors = new Set<string>();
  /** The shuffle it writes; known once its sizes came (`SparkglassShuffle`). */
  shuffleDepId: number | null = null;

  numActiveTasks = 0;
  numCompleteTasks = 0;
  numFailedTasks = 0;
  numKilledTasks = 0;
  /** Kill reason → how many tasks. */
  readonly killedTasksSummary = new Map<string, number>();
  /** Ids of the jobs it was submitted for. */
  readonly jobIds = new Set<number>();
  /** Started tasks by locality, in the order of `LOCALITIES`. */
  readonly localityCounts = new Float64Array(5);
  readonly speculation: ISpeculation = {
    numTasks: 0,
    numActiveTasks: 0,
    numCompletedTasks: 0,
    numFailedTasks: 0,
    numKilledTasks: 0
  };

  /** Different tasks that succeeded at least once. */
  get numCompletedIndices(): number {
    return this.completedIndices.size + this.droppedCompleted;
  }

  /** Rows of its tasks, in the order in which they were heard of. */
  readonly rows = new RowList();
  /** Tasks that are counted here but have no row any more. */
  droppedRows = 0;
  /**
   * By `Column`: what its tasks' metrics add up to, running and dropped ones included (`LiveStage.metrics`); `durationMs` over
   * ended tasks. Columns before it are 0.
   */
  readonly sums = new Float64Array(COLUMN_COUNT);

  /** Tasks that succeeded, of which nobody knows which ones they were. */
  droppedCompleted = 0;
  /** Tasks whose start was dropped and whose end has not been seen. */
  droppedActive = 0;
  /** Tasks that were taken for ended when the stage was over, and that nobody has counted as ended. */
  endsOwed = 0;
  /** The jobs that ended while it was pending, and so count it as skipped → how many tasks they counted. */
  readonly skippedBy = new Map<Job, number>();
  /** Whether a later job has listed this attempt, which was over, and may skip it. */
  reused = false;
  /** What Spark shows in its place since then: a new attempt, pending or skipped, that knows nothing of what the first did. */
  relisted: StageAttempt | null = null;
  readonly completedIndices = new IndexSet();
  /** The jobs whose counters follow it (`LiveStage.jobs`). */
  jobs: Job[] = [];
}
