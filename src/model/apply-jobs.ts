import {
  idOf,
  idsOf,
  listOf,
  numberOf,
  propertiesOf,
  textOf,
  type IJobEnd,
  type IJobStart,
  type IStageInfo
} from '../events';
import type { Application } from './application';
import { dstreamsId } from './apply-dstreams';
import { describe } from './apply-stages';
import { follow, isOver, joined } from './counting';
import type { Job } from './job';
import { StageAttempt } from './stage-attempt';

/**
 * `AppStatusListener.onJobStart`.
 *
 * @returns the job when this is the first that was heard of its start.
 */
export function onJobStart(app: Application, event: IJobStart): Job | null {
  const id = idOf(event['Job ID']);
  if (id < 0) {
    return null;
  }
  const job = app.job(id);
  if (job.started) {
    return null;
  }
  job.started = true;
  // Spark keeps a submission time only when it is above 0.
  job.submissionTime = numberOf(event['Submission Time'], 0) || null;
  app.saw(job.submissionTime);
  const properties = propertiesOf(event.Properties);
  properties.forEach((text, key) => properties.set(key, app.texts.once(text)));
  readProperties(app, job, properties);
  const infos = listOf(event['Stage Infos']);
  let last = -1;
  for (const info of infos) {
    const stageId = idOf(info['Stage ID']);
    if (numberOf(info['Completion Time'], null) === null) {
      job.numTasks += numberOf(info['Number of Tasks'], 0);
    }
    if (stageId >= last) {
      last = stageId;
      job.name = textOf(info['Stage Name'], '');
    }
  }
  const stageIds = idsOf(event['Stage IDs']);
  app.listStages(
    job,
    stageIds.length > 0
      ? stageIds
      : infos.map(info => idOf(info['Stage ID'])).filter(id => id >= 0)
  );
  const listed = new Set<StageAttempt>();
  for (const info of infos) {
    const stageId = idOf(info['Stage ID']);
    if (stageId >= 0) {
      const attempt = Math.max(0, idOf(info['Stage Attempt ID']));
      const stage = app.stage(stageId, attempt);
      if (stage.status === 'pending') {
        describe(app, stage, info);
      }
      list(app, stage, job, info);
      listed.add(stage);
    }
  }
  // Further attempts are known already when the start comes late.
  for (const stage of job.stages) {
    if (!listed.has(stage) && !joined(stage, job)) {
      list(app, stage, job, null);
    }
  }
  if (job.sqlExecutionId !== null) {
    const execution = app.sqlExecution(job.sqlExecutionId);
    execution.jobIds.push(job.id);
    app.sqlMetrics.onJobStart(execution, event);
  }
  if (job.status !== 'running') {
    skipPending(app, job);
  }
  return job;
}

function readProperties(
  app: Application,
  job: Job,
  properties: Map<string, string>
): void {
  job.properties = properties;
  job.description = properties.get('spark.job.description') ?? null;
  job.group = properties.get('spark.jobGroup.id') ?? null;
  const tags = (properties.get('spark.job.tags') ?? '').split(',');
  job.tags = [...new Set(tags)].filter(tag => tag !== '').sort();
  job.sqlExecutionId = wholeNumber(properties.get('spark.sql.execution.id'));
  job.streamQueryId = properties.get('sql.streaming.queryId') ?? null;
  job.batchId = wholeNumber(properties.get('streaming.sql.batchId'));
  const [, curve, line] =
    /^(\d+):(\d+)$/.exec(properties.get('sparkglass.curve') ?? '') ?? [];
  job.curve =
    line === undefined ? null : { curve: Number(curve), line: Number(line) };
  app.listOfLine(job);
  job.batchTime = wholeNumber(
    properties.get('spark.streaming.internal.batchTime')
  );
  if (job.batchTime !== null) {
    job.streamQueryId = dstreamsId(properties.get('sparkglass.cell'));
    job.batchId = null;
  }
}

function wholeNumber(text: string | undefined): number | null {
  const number = Number(text || NaN);
  return Number.isSafeInteger(number) ? number : null;
}

/** Bring a job together with an attempt of one of its stages. */
function list(
  app: Application,
  stage: StageAttempt,
  job: Job,
  info: IStageInfo | null
): void {
  const before = joined(stage, job);
  if (isOver(stage) && (before || stage.status === 'skipped')) {
    // Spark puts a new, pending stage in the place of one that is over; the job may skip that. We keep what the stage did.
    stage.reused = true;
    stage.jobIds.add(job.id);
    if (info) {
      stage.relisted = relisted(app, stage, info);
    }
    return;
  }
  follow(stage, job);
  if (stage.status === 'active') {
    job.numActiveStages++;
    job.joinedActiveStages += before ? 1 : 0;
  } else if (before) {
    return;
  } else if (stage.status === 'complete') {
    job.completedStages.add(stage.id);
  } else if (stage.status === 'failed') {
    job.numFailedStages++;
  }
}

/** The pending stage that Spark puts in the place of one that is over. */
function relisted(
  app: Application,
  stage: StageAttempt,
  info: IStageInfo
): StageAttempt {
  const before = stage.relisted;
  const shown =
    before?.status === 'pending'
      ? before
      : new StageAttempt(stage.id, stage.attempt, stage.ordinal);
  describe(app, shown, info);
  shown.completionTime = numberOf(info['Completion Time'], null);
  shown.failureReason = textOf(info['Failure Reason'], null);
  return shown;
}

/** `AppStatusListener.onJobEnd`. */
export function onJobEnd(app: Application, event: IJobEnd): void {
  const id = idOf(event['Job ID']);
  if (id < 0) {
    return;
  }
  const job = app.job(id);
  if (job.status !== 'running') {
    return;
  }
  const result = event['Job Result'];
  skipPending(app, job);
  job.status = result?.Result === 'JobFailed' ? 'failed' : 'succeeded';
  job.error =
    job.status === 'failed'
      ? textOf(result?.Exception?.Message, null) || null
      : null;
  job.completionTime = numberOf(event['Completion Time'], 0) || null;
  app.saw(job.completionTime);
  if (job.batchTime !== null) {
    app.endedOfDStreams.push(job);
  }
  const execution = app.sql.get(job.sqlExecutionId ?? -1);
  if (execution) {
    app.sqlMetrics.onJobEnd(execution);
  }
}

/** Stages that are still pending when a job ends were skipped. */
function skipPending(app: Application, job: Job): void {
  for (const id of job.stageIds) {
    for (const stage of app.attemptsOf(id)) {
      if (stage.status === 'pending' || stage.reused) {
        if (stage.status === 'pending') {
          stage.status = 'skipped';
          stage.skippedBy.set(job, stage.numTasks);
        }
        stage.reused = false;
        if (stage.relisted) {
          stage.relisted.status = 'skipped';
        }
        job.skippedStages.add(id);
        job.numSkippedTasks += stage.numTasks;
      }
    }
  }
}
