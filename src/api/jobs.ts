import type { Job } from '../model';
import { notFound } from './failure';
import { writeTime, type Json } from './json';
import { readInt, type Query } from './query';
import type { IServed } from './served';

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'UNKNOWN'] as const;

/** `jobs`: the newest first. */
export function jobList(served: IServed, query: Query): Json {
  const statuses = query.names('status', STATUSES);
  return [...served.application.jobs.values()]
    .filter(job => job.started)
    .filter(job => statuses.length === 0 || statuses.includes(statusOf(job)))
    .sort((a, b) => b.id - a.id)
    .map(jobData);
}

/**
 * `jobs/{id}`
 *
 * @throws Failure 404
 */
export function oneJob(served: IServed, jobId: string): Json {
  const id = readInt(jobId);
  const job = served.application.jobs.get(id);
  if (!job?.started) {
    throw notFound(`unknown job: ${id}`);
  }
  return jobData(job);
}

function statusOf(job: Job): (typeof STATUSES)[number] {
  return job.status.toUpperCase() as (typeof STATUSES)[number];
}

/** `JobData` */
function jobData(job: Job): Json {
  return {
    jobId: job.id,
    name: job.name,
    description: job.description,
    submissionTime: writeTime(job.submissionTime),
    completionTime: writeTime(job.completionTime),
    stageIds: job.stageIds,
    jobGroup: job.group,
    jobTags: job.tags,
    status: statusOf(job),
    numTasks: job.numTasks,
    numActiveTasks: job.numActiveTasks - job.joinedActiveTasks,
    numCompletedTasks: job.numCompletedTasks,
    numSkippedTasks: job.numSkippedTasks,
    numFailedTasks: job.numFailedTasks,
    numKilledTasks: job.numKilledTasks,
    numCompletedIndices: job.numCompletedIndices,
    numActiveStages: job.numActiveStages - job.joinedActiveStages,
    numCompletedStages: job.numCompletedStages,
    numSkippedStages: job.numSkippedStages,
    numFailedStages: job.numFailedStages,
    killedTasksSummary: Object.fromEntries(job.killedTasksSummary)
  };
}
