// An aggregate (3) of what `run-stages.ts` derives.
import { Column } from '../events';
import {
  Application,
  CellRun,
  type IRunJob,
  type IRunQuery,
  type Job,
  type StageStatus
} from '../model';
import { remainingMs } from './remaining';
import { isQuiet } from './dstreams';
import { isOpen, stagesOf, type IRunStage } from './run-stages';

/**
 * What a run amounts to: `planned` when it made DataFrames and ran no job, `cancelled` when all jobs that failed were cancelled.
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

/** A run (or any list of jobs) in numbers. A stage that several of its jobs share is there once. */
export interface IRunSummary {
  readonly state: RunState;
  readonly jobs: number;
  /** Those that succeeded. */
  readonly jobsDone: number;
  /** Those that failed, were cancelled, or whose driver died. */
  readonly jobsFailed: number;
  /** Stages that ran or may run; skipped ones are not among them. */
  readonly stages: number;
  readonly stagesDone: number;
  readonly stagesActive: number;
  readonly stagesSkipped: number;
  /** Failed attempts. */
  readonly stagesFailed: number;
  /** Tasks that must succeed; those of skipped stages are not among them. */
  readonly tasks: number;
  /** Different tasks that have succeeded. */
  readonly tasksDone: number;
  readonly tasksActive: number;
  readonly tasksFailed: number;
  readonly tasksKilled: number;
  readonly tasksSkipped: number;
  /** Submission of the first job, else start of the run; ms since 1970. */
  readonly startTime: number | null;
  /** End of the last job, else end of the run; null while it is running. */
  readonly endTime: number | null;
  /** Between the two, or up to the newest time that its applications told. */
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
  /** In the order of stage ids. */
  readonly segments: readonly ISegment[];
  /** Estimated by `remaining.ts`, or null where an estimate would be a guess. */
  readonly remainingMs: number | null;
}

/** What can be summed up: one execution of a cell, an application, or some jobs. */
export type Summarised = CellRun | Application | readonly IRunJob[];

/** Sum up what ran. */
export function summarise(of: Summarised): IRunSummary {
  const jobs = jobsOf(of);
  const run = of instanceof CellRun ? of : null;
  const stages = stagesOf(jobs);
  const ran = stages.filter(stage => !stage.skipped);
  const attempts = ran.flatMap(stage => stage.attempts);
  const sum = (value: (stage: IRunStage) => number): number =>
    ran.reduce((total, stage) => total + value(stage), 0);
  const total = (column: number): number =>
    attempts.reduce((sums, { attempt }) => sums + attempt.sums[column]!, 0);
  const state = stateOf(jobs, run);
  return {
    state,
    jobs: jobs.length,
    jobsDone: jobs.filter(({ job }) => job.status === 'succeeded').length,
    jobsFailed: jobs.filter(hasFailed).length,
    stages: ran.length,
    stagesDone: ran.filter(stage => stage.completed).length,
    stagesActive: ran.filter(stage =>
      stage.attempts.some(({ status }) => status === 'active')
    ).length,
    stagesSkipped: stages.length - ran.length,
    stagesFailed: attempts.filter(({ status }) => status === 'failed').length,
    tasks: sum(stage => stage.tasks),
    tasksDone: sum(stage => stage.tasksDone),
    tasksActive: attempts.reduce(
      (active, { status, attempt }) =>
        active + (status === 'failed' ? 0 : attempt.numActiveTasks),
      0
    ),
    tasksFailed: attempts.reduce(
      (failed, { attempt }) => failed + attempt.numFailedTasks,
      0
    ),
    tasksKilled: attempts.reduce(
      (killed, { attempt }) => killed + attempt.numKilledTasks,
      0
    ),
    tasksSkipped: stages.reduce(
      (skipped, stage) => skipped + (stage.skipped ? stage.tasks : 0),
      0
    ),
    ...timesOf(jobs, run, state),
    inputBytes: total(Column.inputBytesRead),
    inputRecords: total(Column.inputRecordsRead),
    shuffleReadBytes:
      total(Column.shuffleLocalBytesRead) +
      total(Column.shuffleRemoteBytesRead),
    shuffleWriteBytes: total(Column.shuffleBytesWritten),
    spillBytes: total(Column.diskBytesSpilled),
    outputBytes: total(Column.outputBytesWritten),
    gcTimeMs: total(Column.jvmGcTimeMs),
    runTimeMs: total(Column.executorRunTimeMs),
    segments: segmentsOf(ran),
    remainingMs: state === 'running' ? remainingMs(jobs, ran) : null
  };
}

function jobsOf(of: Summarised): readonly IRunJob[] {
  if (of instanceof CellRun) {
    return of.jobs;
  }
  return of instanceof Application
    ? [...of.jobs.values()].map(job => ({ application: of, job }))
    : of;
}

/** A job that was running when its driver ended has no end of its own. */
function hasFailed(entry: IRunJob): boolean {
  return (
    entry.job.status === 'failed' ||
    (entry.job.status === 'running' && !isOpen(entry))
  );
}

function stateOf(jobs: readonly IRunJob[], run: CellRun | null): RunState {
  if (jobs.some(isOpen)) {
    return 'running';
  }
  if (run && run.status === 'running' && run.endTime === null) {
    return 'running';
  }
  if (run && run.queries.length > 0) {
    return run.queries.some(isRunning)
      ? 'running'
      : run.queries.some(({ query }) => query.status === 'failed')
        ? 'failed'
        : 'succeeded';
  }
  if (jobs.length === 0) {
    return run === null || run.dataFrames.length === 0 || run.curves.length > 0
      ? run?.status === 'error'
        ? 'failed'
        : 'succeeded'
      : 'planned';
  }
  const failed = jobs.filter(hasFailed);
  return failed.length === 0
    ? 'succeeded'
    : failed.every(({ job }) => isCancelled(job))
      ? 'cancelled'
      : 'failed';
}

/**
 * Whether a streaming query goes on: what is left of one whose driver ended does not. DStreams do as long as their batches have jobs: nothing
 * else is told of them.
 */
export function isRunning({ application, query }: IRunQuery): boolean {
  return (
    query.status === 'running' &&
    application.endTime === null &&
    !(query.isDStreams && isQuiet(application, query))
  );
}

/** Whether a cell has not ended, or a streaming query that it started has not. */
export function goesOn(run: CellRun): boolean {
  return run.endTime === null || run.queries.some(isRunning);
}

/**
 * Whether a job failed because somebody cancelled it (`SparkCoreErrors.sparkJobCancelled`): `Job 3 cancelled …`, which newer versions
 * begin with the name of the error. What a failing task says stands elsewhere in the text.
 */
export function isCancelled(job: Job): boolean {
  return (
    job.error !== null &&
    /^(\[SPARK_JOB_CANCELLED\] )?Job \d+ cancelled\b/.test(job.error)
  );
}

function timesOf(
  jobs: readonly IRunJob[],
  run: CellRun | null,
  state: RunState
): Pick<IRunSummary, 'startTime' | 'endTime' | 'durationMs'> {
  let start = Infinity;
  let end = -Infinity;
  let now = -Infinity;
  for (const { application, job } of jobs) {
    const done = job.completionTime ?? application.endTime ?? application.now;
    start = Math.min(start, job.submissionTime ?? done);
    end = Math.max(end, done);
    now = Math.max(now, application.now);
  }
  for (const { application, query } of run?.queries ?? []) {
    const done = query.endTime ?? application.endTime ?? application.now;
    start = Math.min(start, query.startTime ?? done);
    end = Math.max(end, done);
    now = Math.max(now, application.now);
  }
  if (start === Infinity) {
    start = run?.startTime ?? NaN;
    end = now = run?.endTime ?? start;
  }
  const until = state === 'running' ? Math.max(now, start) : end;
  return {
    startTime: Number.isNaN(start) ? null : start,
    endTime: state === 'running' || Number.isNaN(end) ? null : end,
    durationMs: Number.isNaN(until) ? 0 : Math.max(0, until - start)
  };
}

function segmentsOf(stages: readonly IRunStage[]): readonly ISegment[] {
  const attempts = stages.flatMap(stage =>
    stage.attempts.map(entry => ({ ...entry, stage }))
  );
  const weight = (tasks: number): number => Math.max(1, tasks);
  const whole = attempts.reduce(
    (sum, { attempt }) => sum + weight(attempt.numTasks),
    0
  );
  return attempts.map(({ attempt, status, stage }) => ({
    key: `${stage.application.ordinal}:${attempt.key}`,
    application: stage.application.ordinal,
    stageKey: attempt.key,
    share: weight(attempt.numTasks) / whole,
    done:
      status === 'complete'
        ? 1
        : Math.min(1, attempt.numCompletedIndices / weight(attempt.numTasks)),
    state: status
  }));
}
