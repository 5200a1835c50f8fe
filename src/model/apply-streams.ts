import {
  idOf,
  listOf,
  numberOf,
  numbersOf,
  propertiesOf,
  textOf,
  type ISparkglassStreamOutput,
  type IStateProgress,
  type IStreamingEvent,
  type IStreamProgress
} from '../events';
import type { Application } from './application';
import { linkDStreamJob } from './apply-dstreams';
import { backlog, waitingByPartition } from './backlog';
import type { Job } from './job';
import type { SqlExecution } from './sql-execution';
import type {
  IStateOperator,
  IStreamSource,
  StreamingQuery
} from './streaming-query';

/** Batches whose jobs are remembered. */
const MOST_LINKED = 4096;

export function onQueryStarted(
  app: Application,
  event: IStreamingEvent
): StreamingQuery | null {
  const query = queryOf(app, event);
  if (query) {
    query.name = textOf(event.name, query.name ?? '') || null;
    query.startTime = timeOf(event.timestamp) ?? app.now;
    app.saw(query.startTime);
  }
  return query;
}

export function onQueryIdle(app: Application, event: IStreamingEvent): void {
  const query = queryOf(app, event);
  if (query) {
    query.idleSince ??= timeOf(event.timestamp);
    app.saw(timeOf(event.timestamp));
  }
}

export function onQueryTerminated(
  app: Application,
  event: IStreamingEvent
): void {
  const query = queryOf(app, event);
  if (query) {
    query.exception = textOf(optional(event.exception), null);
    const errorClass = textOf(optional(event.errorClassOnException), null);
    // Spark 3.5 writes its `None` out.
    query.errorClass = errorClass === 'None' ? null : errorClass;
    query.status = query.exception === null ? 'stopped' : 'failed';
    // Spark does not say when.
    query.endTime = app.now;
  }
}

export function onSparkglassStreamOutput(
  app: Application,
  event: ISparkglassStreamOutput
): void {
  const batchId = idOf(event['Batch ID']);
  const text = textOf(event.Text, '');
  // What is printed comes after the query has begun.
  const query = app.streams.get(textOf(event['Run ID'], ''));
  if (query && batchId >= 0 && text !== '') {
    query.addOutput(batchId, text, event.Complete !== false);
  }
}

/** `StreamingQueryProgress`, with the totals that Spark computes of the sources. */
export function onQueryProgress(
  app: Application,
  event: IStreamingEvent
): void {
  const { progress } = event;
  const query = progress && queryOf(app, progress);
  if (!progress || !query) {
    return;
  }
  const time = timeOf(progress.timestamp) ?? app.now;
  query.name ??= textOf(progress.name, '') || null;
  query.startTime ??= time;
  app.saw(time);
  const duration = new Map(numbersOf(progress.durationMs));
  const sources = listOf(progress.sources);
  const states = listOf(progress.stateOperators);
  const input = sum(sources.map(one => numberOf(one.numInputRows, 0)));
  const written = numberOf(progress.sink?.numOutputRows, -1);
  const { eventTime } = progress;
  query.sources = sources.map(sourceFrom);
  query.operators = states.map(operatorFrom);
  query.sink = textOf(progress.sink?.description, query.sink);
  query.idleSince = input > 0 ? null : (query.idleSince ?? time);
  query.batches.add({
    batchId: numberOf(progress.batchId, 0),
    time,
    durationMs:
      duration.get('triggerExecution') ?? numberOf(progress.batchDuration, 0),
    latestOffsetMs: duration.get('latestOffset') ?? 0,
    getBatchMs: duration.get('getBatch') ?? 0,
    queryPlanningMs: duration.get('queryPlanning') ?? 0,
    walCommitMs: duration.get('walCommit') ?? 0,
    addBatchMs: duration.get('addBatch') ?? 0,
    commitOffsetsMs: duration.get('commitOffsets') ?? 0,
    inputRows: input,
    inputRate: rate(sources.map(one => one.inputRowsPerSecond)),
    processedRate: rate(sources.map(one => one.processedRowsPerSecond)),
    sinkRows: written < 0 ? NaN : written,
    eventTimeMin: timeOf(eventTime?.['min']) ?? NaN,
    eventTimeAvg: timeOf(eventTime?.['avg']) ?? NaN,
    eventTimeMax: timeOf(eventTime?.['max']) ?? NaN,
    // Before the first rows Spark says 1970.
    watermark: timeOf(eventTime?.['watermark']) || NaN,
    stateRows: sum(query.operators.map(one => one.rows)),
    stateBytes: sum(query.operators.map(one => one.memoryBytes)),
    removedRows: sum(query.operators.map(one => one.removedRows)),
    lateRows: sum(query.operators.map(one => one.lateRows)),
    backlogRows: backlog(waitingByPartition(query.sources))
  });
}

/**
 * Note which batch of which query a job is of.
 *
 * @returns the query when its cell is known by the job.
 */
export function linkJob(app: Application, job: Job): StreamingQuery | null {
  if (job.batchTime !== null) {
    return linkDStreamJob(app, job, job.batchTime);
  }
  const query =
    job.streamQueryId === null
      ? undefined
      : // A stream's job group is the id of its run.
        app.streams.get(job.group ?? '');
  if (!query || job.batchId === null) {
    return null;
  }
  query.addJob(job.batchId, job.id);
  if (query.jobIds.size > MOST_LINKED) {
    query.forgetBatch(query.jobIds.keys().next().value!);
  }
  if (job.cellRunId === null || query.cellRunId === job.cellRunId) {
    return null;
  }
  query.cellRunId = job.cellRunId;
  return query;
}

/**
 * Note which batch of which query a SQL execution is of. Each batch has two: one of the batch as a whole, without jobs, and one of what the
 * sink does; the function of `foreachBatch` may add others. All have the description that `StreamExecution` gives its thread.
 */
export function linkExecution(app: Application, execution: SqlExecution): void {
  const [, runId, batch] =
    /^runId = ([0-9a-f-]{36})$[^]*^batch = (\d+)$/m.exec(
      execution.description
    ) ?? [];
  const query = runId === undefined ? undefined : app.streams.get(runId);
  query?.addExecution(Number(batch), execution.id);
}

function queryOf(
  app: Application,
  event: IStreamingEvent | IStreamProgress
): StreamingQuery | null {
  const runId = textOf(event.runId, '');
  return runId === ''
    ? null
    : app.streamingQuery(textOf(event.id, runId), runId);
}

function sourceFrom(
  source: NonNullable<IStreamProgress['sources']>[number]
): IStreamSource {
  return {
    description: textOf(source.description, ''),
    startOffset: textOf(optional(source.startOffset), null),
    endOffset: textOf(optional(source.endOffset), null),
    latestOffset: textOf(optional(source.latestOffset), null),
    inputRows: numberOf(source.numInputRows, 0),
    metrics: propertiesOf(source.metrics)
  };
}

function operatorFrom(state: IStateProgress): IStateOperator {
  return {
    name: textOf(state.operatorName, ''),
    rows: numberOf(state.numRowsTotal, 0),
    updatedRows: numberOf(state.numRowsUpdated, 0),
    removedRows: numberOf(state.numRowsRemoved, 0),
    lateRows: numberOf(state.numRowsDroppedByWatermark, 0),
    memoryBytes: numberOf(state.memoryUsedBytes, 0),
    commitMs: numberOf(state.commitTimeMs, 0),
    shufflePartitions: Math.max(0, idOf(state.numShufflePartitions)),
    customMetrics: new Map(numbersOf(state.customMetrics))
  };
}

/** Rates that are not finite are left out, as Spark's own page does; NaN when all are. */
function rate(rates: readonly unknown[]): number {
  const finite = rates.filter(
    (value): value is number =>
      typeof value === 'number' && Number.isFinite(value)
  );
  return finite.length > 0 ? sum(finite) : NaN;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function timeOf(text: unknown): number | null {
  const time = typeof text === 'string' ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? null : time;
}

/** Scala's `Option` is the value or nothing; some writers put it into a list. */
function optional(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}
