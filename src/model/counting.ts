import { Reason } from '../events';
import { IndexSet } from './index-set';
import type { Job } from './job';
import type { StageAttempt } from './stage-attempt';

/**
 * The counters of stages and jobs, as `AppStatusListener` moves them. Where Spark's go below zero (a job that joins a running stage
 * gets its ends but not its starts) ours stay right: a job that joins takes over what is active.
 */

/** Whether Spark has taken the attempt from its list of live stages. */
export function isOver(stage: StageAttempt): boolean {
  return (
    stage.status === 'skipped' ||
    ((stage.status === 'complete' || stage.status === 'failed') &&
      stage.numActiveTasks === 0)
  );
}

/**
 * Let a job's counters follow a stage from now on.
 *
 * A job that was submitted after the stage joins it: it takes over its active tasks only. Any other job was there from the start, and
 * merely heard of late: it takes over all.
 */
export function follow(stage: StageAttempt, job: Job): void {
  stage.jobIds.add(job.id);
  if (stage.jobs.includes(job)) {
    return;
  }
  stage.jobs.push(job);
  job.numActiveTasks += stage.numActiveTasks;
  if (joined(stage, job)) {
    job.joinedActiveTasks += stage.numActiveTasks;
    return;
  }
  job.numCompletedTasks += stage.numCompleteTasks;
  job.numFailedTasks += stage.numFailedTasks;
  job.numKilledTasks += stage.numKilledTasks;
  job.droppedCompleted += stage.droppedCompleted;
  for (const [reason, count] of stage.killedTasksSummary) {
    addKilled(job.killedTasksSummary, reason, count);
  }
  completedIndices(job, stage.id).addAll(stage.completedIndices);
}

/** Whether the job was submitted when the stage was running already. */
export function joined(stage: StageAttempt, job: Job): boolean {
  return (
    job.submissionTime !== null &&
    stage.submissionTime !== null &&
    job.submissionTime > stage.submissionTime
  );
}

/** The indices of a job's stage that succeeded. */
export function completedIndices(job: Job, stageId: number): IndexSet {
  let indices = job.completedIndices.get(stageId);
  if (!indices) {
    indices = new IndexSet();
    job.completedIndices.set(stageId, indices);
  }
  return indices;
}

/** Add to a summary of kill reasons. */
export function addKilled(
  summary: Map<string, number>,
  reason: string,
  count: number
): void {
  summary.set(reason, (summary.get(reason) ?? 0) + count);
}

/** A task started. */
export function countStart(stage: StageAttempt): void {
  stage.numActiveTasks++;
  for (const job of stage.jobs) {
    job.numActiveTasks++;
  }
}

/**
 * A task ended.
 *
 * @param killReason - text for `killedTasksSummary`.
 */
export function countEnd(
  stage: StageAttempt,
  reason: number,
  index: number,
  killReason: string
): void {
  if (reason !== Reason.resubmitted) {
    countActive(stage, -1);
  }
  if (reason === Reason.success) {
    stage.numCompleteTasks++;
    stage.completedIndices.add(index);
    for (const job of stage.jobs) {
      job.numCompletedTasks++;
      completedIndices(job, stage.id).add(index);
    }
  } else if (isKill(reason)) {
    stage.numKilledTasks++;
    addKilled(stage.killedTasksSummary, killReason, 1);
    for (const job of stage.jobs) {
      job.numKilledTasks++;
      addKilled(job.killedTasksSummary, killReason, 1);
    }
  } else {
    stage.numFailedTasks++;
    for (const job of stage.jobs) {
      job.numFailedTasks++;
    }
  }
}

/** Whether Spark counts an end as killed rather than failed. */
export function isKill(reason: number): boolean {
  return reason === Reason.taskKilled || reason === Reason.taskCommitDenied;
}

/** Change how many tasks are active; what is not known of dropped rows must not bring it below zero. */
export function countActive(stage: StageAttempt, change: number): void {
  const active = Math.max(0, stage.numActiveTasks + change);
  const by = active - stage.numActiveTasks;
  stage.numActiveTasks = active;
  for (const job of stage.jobs) {
    job.numActiveTasks = Math.max(0, job.numActiveTasks + by);
  }
}
