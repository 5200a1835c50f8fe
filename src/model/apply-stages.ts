import {
  Column,
  idOf,
  idsOf,
  listOf,
  namedByUser,
  numberOf,
  numbersOf,
  propertiesOf,
  textOf,
  type ISparkglassTaskAccumulables,
  type ISparkglassTasksDropped,
  type IStageCompleted,
  type IStageInfo,
  type IStageSubmitted
} from '../events';
import type { Application } from './application';
import { includeAgain } from './apply-exclusion';
import { addCachedRdds } from './apply-storage';
import { countActive, follow } from './counting';
import type { Job } from './job';
import type { StageAttempt } from './stage-attempt';

/** Take over what a `Stage Info` says of a stage. */
export function describe(
  app: Application,
  stage: StageAttempt,
  info: IStageInfo
): void {
  stage.name = app.texts.once(textOf(info['Stage Name'], stage.name));
  stage.details = app.texts.once(textOf(info.Details, stage.details));
  stage.numTasks = numberOf(info['Number of Tasks'], stage.numTasks);
  const parentIds = idsOf(info['Parent IDs']);
  // The status store knows neither parents nor lineage: what an event said before stays.
  stage.parentIds = parentIds.length > 0 ? parentIds : stage.parentIds;
  const rdds = listOf(info['RDD Info']);
  stage.rddInfos = rdds.length > 0 ? rdds : stage.rddInfos;
  stage.submissionTime = numberOf(
    info['Submission Time'] ?? stage.submissionTime,
    null
  );
  stage.accumulables = namedByUser(info.Accumulables);
  stage.resourceProfileId = numberOf(info['Resource Profile Id'], 0);
  stage.isShufflePushEnabled = info['Shuffle Push Enabled'] === true;
  stage.shuffleMergersCount = numberOf(info['Shuffle Push Mergers Count'], 0);
}

function stageOf(
  app: Application,
  info: IStageInfo | undefined
): StageAttempt | null {
  const id = idOf(info?.['Stage ID']);
  return id < 0
    ? null
    : app.stage(id, Math.max(0, idOf(info?.['Stage Attempt ID'])));
}

/** `AppStatusListener.onStageSubmitted`. */
export function onStageSubmitted(
  app: Application,
  event: IStageSubmitted,
  backfill: boolean
): void {
  const info = event['Stage Info'];
  const stage = stageOf(app, info);
  if (!stage || !info) {
    return;
  }
  app.sqlMetrics.onStageSubmitted(info);
  const properties = propertiesOf(event.Properties);
  stage.schedulingPool =
    properties.get('spark.scheduler.pool') ?? stage.schedulingPool;
  const description = properties.get('spark.job.description');
  if (description !== undefined) {
    stage.description = app.texts.once(description);
  }
  if (stage.status !== 'pending' && stage.status !== 'skipped') {
    return;
  }
  describe(app, stage, info);
  app.saw(stage.submissionTime);
  stage.status = 'active';
  stage.relisted = null;
  followJobs(app, stage, backfill);
  const superseded = app
    .attemptsOf(stage.id)
    .some(
      other => other.attempt > stage.attempt && other.status === 'complete'
    );
  for (const job of stage.jobs) {
    if (!superseded) {
      job.completedStages.delete(stage.id);
    }
    job.numActiveStages++;
  }
  addCachedRdds(app, stage.rddInfos);
}

/** The jobs that run when a stage is submitted are those that it counts for. */
function followJobs(
  app: Application,
  stage: StageAttempt,
  backfill: boolean
): void {
  const jobs = app
    .jobsOfStage(stage.id)
    .filter(job => runsAt(job, stage.submissionTime, backfill));
  if (jobs.length > 0) {
    stage.jobs = stage.jobs.filter(job => jobs.includes(job));
    stage.jobIds.clear();
  }
  for (const job of jobs) {
    follow(stage, job);
    unskip(app, stage, job);
  }
}

/** A job's end was heard of before its stage, which for that looked skipped. */
function unskip(app: Application, stage: StageAttempt, job: Job): void {
  const skippedTasks = stage.skippedBy.get(job);
  if (skippedTasks === undefined) {
    return;
  }
  stage.skippedBy.delete(job);
  job.numSkippedTasks -= skippedTasks;
  const others = app.attemptsOf(stage.id);
  if (!others.some(other => other.skippedBy.has(job))) {
    job.skippedStages.delete(stage.id);
  }
}

function runsAt(job: Job, time: number | null, backfill: boolean): boolean {
  return (
    job.status === 'running' ||
    // What happened before anybody listened comes without its order.
    (backfill &&
      time !== null &&
      (job.submissionTime ?? time) <= time &&
      (job.completionTime ?? time) >= time)
  );
}

/** `AppStatusListener.onStageCompleted`. */
export function onStageCompleted(
  app: Application,
  event: IStageCompleted,
  backfill: boolean
): void {
  const info = event['Stage Info'];
  const stage = stageOf(app, info);
  if (
    !stage ||
    !info ||
    stage.status === 'complete' ||
    stage.status === 'failed'
  ) {
    return;
  }
  const wasActive = stage.status === 'active';
  describe(app, stage, info);
  stage.completionTime = numberOf(info['Completion Time'], null);
  stage.failureReason = textOf(info['Failure Reason'], null);
  app.saw(stage.completionTime);
  if (!wasActive) {
    followJobs(app, stage, backfill);
  }
  stage.status =
    stage.failureReason !== null
      ? 'failed'
      : stage.submissionTime !== null
        ? 'complete'
        : 'skipped';
  for (const job of stage.jobs) {
    if (wasActive) {
      job.numActiveStages--;
    }
    if (stage.status === 'complete') {
      job.completedStages.add(stage.id);
    } else if (stage.status === 'failed') {
      job.numFailedStages++;
    } else {
      job.skippedStages.add(stage.id);
      job.numSkippedTasks += stage.numTasks;
    }
  }
  includeAgain(app, stage.id, stage.excludedExecutors);
  app.unsettled.add(stage);
}

/** More tasks than these do not keep what users accumulated; their stage does. */
const MOST_ACCUMULATING_TASKS = 10_000;

/** The part of `AppStatusListener.onTaskEnd` about accumulators that users named. */
export function onTaskAccumulables(
  app: Application,
  event: ISparkglassTaskAccumulables
): void {
  const row = app.tasks.rowOf(idOf(event['Task ID']));
  if (row >= 0 && app.taskAccumulables.size < MOST_ACCUMULATING_TASKS) {
    app.taskAccumulables.set(row, namedByUser(event.Accumulables));
  }
}

/** Rows that nobody will see: the stage and its jobs count them all the same. */
export function onTasksDropped(
  app: Application,
  event: ISparkglassTasksDropped
): void {
  const id = idOf(event['Stage ID']);
  if (id < 0) {
    return;
  }
  const stage = app.stage(id, Math.max(0, idOf(event['Stage Attempt ID'])));
  const succeeded = numberOf(event.Succeeded, 0);
  const failed = numberOf(event.Failed, 0);
  const killed = numberOf(event.Killed, 0);
  const rows = numberOf(event.Rows, 0);
  stage.droppedRows += rows;
  app.droppedRows += rows;
  stage.numCompleteTasks += succeeded;
  stage.numFailedTasks += failed;
  stage.numKilledTasks += killed;
  stage.droppedCompleted += succeeded;
  for (const job of stage.jobs) {
    job.numCompletedTasks += succeeded;
    job.numFailedTasks += failed;
    job.numKilledTasks += killed;
    job.droppedCompleted += succeeded;
  }
  const active = numberOf(event.Started, 0) - succeeded - failed - killed;
  stage.droppedActive = Math.max(0, stage.droppedActive + active);
  countActive(stage, active);
  for (const [name, sum] of numbersOf(event.Sums)) {
    const column = (Column as Readonly<Record<string, number>>)[name] ?? -1;
    if (column >= Column.durationMs && column !== Column.gettingResult) {
      stage.sums[column]! += sum;
    }
  }
  const launched = numberOf(event['First Launch Time'], null);
  if (launched !== null) {
    const first = stage.firstTaskLaunchTime ?? launched;
    stage.firstTaskLaunchTime = Math.min(first, launched);
  }
  app.saw(numberOf(event['Last Finish Time'], null));
  app.unsettled.add(stage);
}
