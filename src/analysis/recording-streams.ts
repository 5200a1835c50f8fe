import type { ISparkEvent } from '../events';
import { BATCH_COLUMNS, type IRunQuery, type Job } from '../model';
import { shortFailure } from './failure';

/** Queries of a run that are kept, the newest. */
const MOST_QUERIES = 20;
/** Sources and stateful operators of a query that are kept. */
const MOST_PARTS = 10;

/**
 * The streaming queries of a run as they stand, an event each; what is kept of their batches reads as the whole: rows of old batches add up.
 *
 * @param batches - rows of the table of batches that are kept of each query; older ones are laid together.
 * @param text - characters of a failure and of a description.
 */
export function queryEvents(
  queries: readonly IRunQuery[],
  batches: number,
  text: number
): ISparkEvent[] {
  return queries.slice(-MOST_QUERIES).map(entry => {
    const { application, query } = entry;
    const table = query.batches.folded(Math.max(8, batches));
    const columns = BATCH_COLUMNS.map(
      name => [name, Array.from(table.column(name), written)] as const
    ).filter(([, values]) => values.some(value => value !== null));
    return {
      Event: 'SparkglassStreamingQuery',
      ID: query.id,
      'Run ID': query.runId,
      'Cell Run ID': query.cellRunId,
      Name: query.name,
      DStreams: query.isDStreams,
      'Start Time': query.startTime,
      // One whose driver ended, and DStreams, have no end of their own.
      'End Time': query.endTime ?? application.endTime ?? application.now,
      Status: query.status === 'failed' ? 'failed' : 'stopped',
      Exception:
        query.exception === null ? null : shortFailure(query.exception, text),
      'Error Class': query.errorClass,
      Sink: query.sink.slice(0, text),
      Sources: query.sources
        .slice(0, MOST_PARTS)
        .map(({ description }) => description.slice(0, text)),
      Operators: query.operators.slice(0, MOST_PARTS).map(one => ({
        Name: one.name,
        Rows: one.rows,
        'Updated Rows': one.updatedRows,
        'Removed Rows': one.removedRows,
        'Late Rows': one.lateRows,
        'Memory Bytes': one.memoryBytes,
        'Commit Ms': one.commitMs,
        Partitions: one.shufflePartitions
      })),
      Batches: table.total,
      Columns: Object.fromEntries(columns)
    } as ISparkEvent;
  });
}

/** Two digits behind the point are more than a rate tells. */
function written(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : null;
}

/** The properties by which a job is found to be of a batch. */
export function batchProperties(job: Job): Record<string, string> {
  if (job.streamQueryId === null) {
    return {};
  }
  return job.batchTime !== null
    ? { 'spark.streaming.internal.batchTime': String(job.batchTime) }
    : {
        'sql.streaming.queryId': job.streamQueryId,
        'streaming.sql.batchId': String(job.batchId ?? ''),
        'spark.jobGroup.id': job.group ?? ''
      };
}
