import { Column } from '../events';
import type { Application, Job, StageAttempt, StageStatus } from '../model';
import { readFailure } from './failure';
import type { IScope } from './scope';
import { StageOrigins } from './stage-origin';
import { stageRole, type IStageRole } from './stage-role';
import { stageTitle, type ITitle } from './stage-title';

/** One stage attempt in figures. Times in ms, sizes in bytes. */
export interface IStageRow {
  readonly application: Application;
  readonly stage: StageAttempt;
  /** The first job in scope that it belongs to; null when its start was not seen. */
  readonly job: Job | null;
  readonly title: ITitle;
  readonly role: IStageRole;
  /**
   * What ran when the driver ended has failed, what waited was skipped. So is
   * a waiting stage once a stage that needs it runs: Spark itself calls it
   * skipped at the end of the job only.
   */
  readonly status: StageStatus;
  readonly tasks: number;
  /** Succeeded tasks, as Spark's stage table counts them. */
  readonly tasksDone: number;
  readonly tasksActive: number;
  readonly tasksFailed: number;
  readonly tasksKilled: number;
  /**
   * From its first task's launch to its end, or to now: the time in which it
   * waited for a core is left out, as in Spark's stage table (SPARK-10930).
   * Null before its first task.
   */
  readonly durationMs: number | null;
  readonly inputBytes: number;
  readonly inputRecords: number;
  readonly outputBytes: number;
  readonly outputRecords: number;
  readonly shuffleReadBytes: number;
  readonly shuffleReadRecords: number;
  readonly shuffleWriteBytes: number;
  readonly shuffleWriteRecords: number;
  readonly fetchWaitMs: number;
  readonly memorySpillBytes: number;
  readonly diskSpillBytes: number;
  /** Executor run time of its tasks. */
  readonly runTimeMs: number;
  readonly gcTimeMs: number;
  /**
   * Garbage collection's part of the run time, 0–1. (Tasks that run at the same
   * time each count the pauses of the process they share.)
   */
  readonly gcShare: number;
  readonly failure: string | null;
  /** Failed because it was cancelled. */
  readonly isCancelled: boolean;
  /** It ran when the driver ended; nobody knows more. */
  readonly isCutOff: boolean;
  /**
   * It counts as skipped, but not because its result was still there: its job
   * failed or its driver ended first.
   */
  readonly neverRan: boolean;
}

/**
 * The stage attempts of a scope in figures, by application, stage id and
 * attempt.
 *
 * @param sinceMs - how far the driver's clock has gone on since the newest
 *   event, ms, for stages that run.
 */
export function stageRows(scope: IScope, sinceMs = 0): IStageRow[] {
  const rows: IStageRow[] = [];
  for (const { application, jobs, stages } of scope.parts()) {
    const feeding = new Set(stages.flatMap(stage => stage.parentIds));
    const now = application.now + sinceMs;
    const passed = passedOver(stages);
    // Most scopes have no need of it.
    let origins: StageOrigins | null = null;
    const jobOf = new Map<StageAttempt, Job>();
    for (const job of jobs) {
      for (const stage of job.stages) {
        if (!jobOf.has(stage)) {
          jobOf.set(stage, job);
        }
      }
    }
    for (const stage of stages) {
      const job = jobOf.get(stage) ?? null;
      const status = passed.has(stage)
        ? 'skipped'
        : statusOf(stage, application);
      const neverRan =
        status === 'skipped' &&
        !passed.has(stage) &&
        (stage.status === 'pending' || job?.status === 'failed') &&
        (origins ??= new StageOrigins(application)).of(stage) === null;
      const feeds = feeding.has(stage.id);
      rows.push(
        stageRow(application, stage, job, { status, feeds, neverRan }, now)
      );
    }
  }
  return rows;
}

function stageRow(
  application: Application,
  stage: StageAttempt,
  job: Job | null,
  known: { status: StageStatus; feeds: boolean; neverRan: boolean },
  now: number
): IStageRow {
  const sum = (column: number): number => stage.sums[column]!;
  const runTimeMs = sum(Column.executorRunTimeMs);
  const gcTimeMs = sum(Column.jvmGcTimeMs);
  const { status } = known;
  return {
    application,
    stage,
    job,
    title: stageTitle(application, stage, job),
    role: stageRole(stage, known.feeds),
    status,
    tasks: stage.numTasks,
    tasksDone: stage.numCompleteTasks,
    tasksActive: stage.numActiveTasks,
    tasksFailed: stage.numFailedTasks,
    tasksKilled: stage.numKilledTasks,
    durationMs: stageDurationMs(stage, application.endTime ?? now),
    inputBytes: sum(Column.inputBytesRead),
    inputRecords: sum(Column.inputRecordsRead),
    outputBytes: sum(Column.outputBytesWritten),
    outputRecords: sum(Column.outputRecordsWritten),
    shuffleReadBytes:
      sum(Column.shuffleRemoteBytesRead) + sum(Column.shuffleLocalBytesRead),
    shuffleReadRecords: sum(Column.shuffleRecordsRead),
    shuffleWriteBytes: sum(Column.shuffleBytesWritten),
    shuffleWriteRecords: sum(Column.shuffleRecordsWritten),
    fetchWaitMs: sum(Column.shuffleFetchWaitTimeMs),
    memorySpillBytes: sum(Column.memoryBytesSpilled),
    diskSpillBytes: sum(Column.diskBytesSpilled),
    runTimeMs,
    gcTimeMs,
    gcShare: runTimeMs > 0 ? Math.min(1, gcTimeMs / runTimeMs) : 0,
    failure: stage.failureReason,
    isCancelled:
      stage.failureReason !== null &&
      readFailure(stage.failureReason).kind === 'cancelled',
    isCutOff: status === 'failed' && stage.status === 'active',
    neverRan: known.neverRan
  };
}

/** Stages that wait, although what would read them has begun: their result is still there. */
function passedOver(stages: readonly StageAttempt[]): Set<StageAttempt> {
  const readers = new Map<number, StageAttempt[]>();
  for (const stage of stages) {
    for (const parent of stage.parentIds) {
      readers.set(parent, [...(readers.get(parent) ?? []), stage]);
    }
  }
  const passed = new Set<StageAttempt>();
  // A stage's number is above those of the stages it reads.
  for (const stage of [...stages].sort((a, b) => b.id - a.id)) {
    const own = readers.get(stage.id) ?? [];
    const hasBegun = own.some(
      reader => reader.status !== 'pending' && reader.status !== 'skipped'
    );
    const isPassed =
      hasBegun || (own.length > 0 && own.every(reader => passed.has(reader)));
    if (stage.status === 'pending' && isPassed) {
      passed.add(stage);
    }
  }
  return passed;
}

function statusOf(stage: StageAttempt, application: Application): StageStatus {
  if (application.endTime === null) {
    return stage.status;
  }
  return stage.status === 'active'
    ? 'failed'
    : stage.status === 'pending'
      ? 'skipped'
      : stage.status;
}

/**
 * How long a stage took, from its first task's launch.
 *
 * @param now - driver time in ms since 1970, for a stage that runs.
 */
export function stageDurationMs(
  stage: StageAttempt,
  now: number
): number | null {
  const { firstTaskLaunchTime: from } = stage;
  if (from === null) {
    return null;
  }
  const to = stage.completionTime ?? (stage.status === 'active' ? now : null);
  return to === null ? null : Math.max(0, to - from);
}

/** What a stage table can be sorted by. */
export type StageSortKey =
  | 'stage'
  | 'title'
  | 'state'
  | 'tasks'
  | 'durationMs'
  | 'inputBytes'
  | 'outputBytes'
  | 'shuffleReadBytes'
  | 'shuffleWriteBytes'
  | 'diskSpillBytes'
  | 'gcShare'
  | 'failure';

/** Running first, then what needs a look, then the rest. */
const STATE_ORDER = ['active', 'failed', 'pending', 'complete', 'skipped'];

/**
 * Sort rows; equal ones stay by application, stage and attempt, and rows
 * without a value come last either way.
 */
export function sortStageRows(
  rows: readonly IStageRow[],
  key: StageSortKey,
  descending: boolean
): IStageRow[] {
  const sign = descending ? -1 : 1;
  const place = new Map(rows.map((row, i) => [row, i]));
  return [...rows].sort((a, b) => {
    const [x, y] = [sortValue(a, key, place), sortValue(b, key, place)];
    const order =
      x === y ? 0 : x === null ? 1 : y === null ? -1 : sign * (x < y ? -1 : 1);
    return order || place.get(a)! - place.get(b)!;
  });
}

function sortValue(
  row: IStageRow,
  key: StageSortKey,
  place: ReadonlyMap<IStageRow, number>
): number | string | null {
  switch (key) {
    case 'stage':
      return place.get(row)!;
    case 'title':
      return row.title.description ?? row.title.site.action;
    case 'state':
      return STATE_ORDER.indexOf(row.status);
    case 'failure':
      return row.failure;
    default:
      return row[key];
  }
}
