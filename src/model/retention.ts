import type { Application } from './application';
import type { Job } from './job';
import type { Runs } from './runs';
import type { SqlExecution } from './sql-execution';
import type { StageAttempt } from './stage-attempt';
import type { StreamingQuery } from './streaming-query';

/** Jobs of micro-batches that are kept of each query: the newest. */
const MOST_JOBS_A_QUERY = 100;
/** Jobs of micro-batches that are kept of all queries together. */
const MOST_BATCH_JOBS = 2000;
/** So many more may gather before the oldest are let go: to let go of each on its own would cost each batch a look at everything. */
const SLACK = 25;

/**
 * Let go of the oldest micro-batches of an application, with their jobs, stages, tasks, shuffles and plans: a stream has no end, a page's
 * memory has. The figures of a batch stay in its query's table, and what is let go is counted in `Application.forgottenJobs`.
 *
 * A batch goes as a whole, and only when all of it is over; jobs that are not of a micro-batch stay. So do as many batches without jobs as
 * with them.
 *
 * @returns whether anything was let go.
 */
export function forgetOldBatches(app: Application, runs: Runs): boolean {
  let all = 0;
  let over = false;
  for (const query of app.streams.values()) {
    forgetPlans(app, query);
    all += query.numJobs;
    over ||= query.numJobs > MOST_JOBS_A_QUERY + SLACK;
  }
  if (!over && all <= MOST_BATCH_JOBS + SLACK) {
    return false;
  }
  const gone = new Set<Job>();
  for (const query of app.streams.values()) {
    if (query.numJobs > MOST_JOBS_A_QUERY + SLACK) {
      forgetDownTo(app, query, MOST_JOBS_A_QUERY, gone);
    }
  }
  // Queries that were started long ago give way first.
  let excess = all - gone.size - MOST_BATCH_JOBS;
  for (const query of app.streams.values()) {
    if (excess > 0) {
      const before = gone.size;
      forgetDownTo(app, query, Math.max(0, query.numJobs - excess), gone);
      excess -= gone.size - before;
    }
  }
  if (gone.size === 0) {
    return false;
  }
  app.forgottenJobs += gone.size;
  runs.forget(gone);
  return true;
}

/** Let go of a query's oldest batches until it has at most so many jobs, or one is met that is not over. */
function forgetDownTo(
  app: Application,
  query: StreamingQuery,
  most: number,
  gone: Set<Job>
): void {
  for (const [batchId, jobIds] of query.jobIds) {
    const jobs = jobIds.flatMap(id => app.jobs.get(id) ?? []);
    const plans = (query.executionIds.get(batchId) ?? []).flatMap(
      id => app.sql.get(id) ?? []
    );
    if (
      query.numJobs <= most ||
      !jobs.every(isOver) ||
      !plans.every(hasEnded)
    ) {
      return;
    }
    jobs.forEach(job => {
      app.forgottenCosts.keep(job, query.runId, batchId);
      forgetJob(app, job);
      gone.add(job);
    });
    plans.forEach(({ id }) => app.sql.delete(id));
    query.forgetBatch(batchId);
  }
}

/** Let go of the plans of a query's oldest batches that had no job, such as those of a function that does nothing with its rows. */
function forgetPlans(app: Application, query: StreamingQuery): void {
  if (query.executionIds.size <= MOST_JOBS_A_QUERY + SLACK) {
    return;
  }
  for (const [batchId, executionIds] of query.executionIds) {
    const plans = executionIds.flatMap(id => app.sql.get(id) ?? []);
    if (
      query.executionIds.size <= MOST_JOBS_A_QUERY ||
      !plans.every(hasEnded)
    ) {
      return;
    }
    if (!query.jobIds.has(batchId)) {
      plans.forEach(({ id }) => app.sql.delete(id));
      query.forgetBatch(batchId);
    }
  }
}

function isOver(job: Job): boolean {
  return (
    job.status !== 'running' &&
    job.stages.every(
      stage => stage.status !== 'active' && stage.numActiveTasks <= 0
    )
  );
}

function hasEnded(execution: SqlExecution): boolean {
  return execution.phase === 'over' || execution.completionTime !== null;
}

function forgetJob(app: Application, job: Job): void {
  app.jobs.delete(job.id);
  app.unlistOfLine(job);
  for (const stage of app.unlistStages(job)) {
    forgetRows(app, stage);
    if (stage.shuffleDepId !== null) {
      app.shuffles.delete(stage.shuffleDepId);
      app.shuffleReads.delete(stage.shuffleDepId);
    }
  }
  if (job.sqlExecutionId !== null) {
    const execution = app.sql.get(job.sqlExecutionId);
    if (execution && hasEnded(execution)) {
      app.sql.delete(execution.id);
    }
  }
}

function forgetRows(app: Application, stage: StageAttempt): void {
  for (const row of stage.rows.view()) {
    app.taskAccumulables.delete(row);
    app.tasks.release(row);
  }
}
