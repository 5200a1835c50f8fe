import {
  listOf,
  numberOf,
  textOf,
  textsOf,
  type ISparkglassStreamingQuery
} from '../events';
import type { Application } from './application';
import { BATCH_COLUMNS, type BatchColumn } from './batch-table';
import type { StreamingQuery } from './streaming-query';

/** A streaming query of a saved run, as it stood when it was saved. */
export function onSparkglassStreamingQuery(
  app: Application,
  event: ISparkglassStreamingQuery
): StreamingQuery | null {
  const runId = textOf(event['Run ID'], '');
  if (runId === '') {
    return null;
  }
  const query = app.streamingQuery(textOf(event.ID, runId), runId);
  query.isRecorded = true;
  query.isDStreams = event.DStreams === true;
  query.name = textOf(event.Name ?? undefined, '') || null;
  query.cellRunId = textOf(event['Cell Run ID'] ?? undefined, '') || null;
  query.startTime = numberOf(event['Start Time'], null);
  query.endTime = numberOf(event['End Time'], null);
  query.status = event.Status === 'failed' ? 'failed' : 'stopped';
  query.exception = textOf(event.Exception ?? undefined, '') || null;
  query.errorClass = textOf(event['Error Class'] ?? undefined, '') || null;
  query.sink = textOf(event.Sink, '');
  query.sources = textsOf(event.Sources).map(description => ({
    description,
    startOffset: null,
    endOffset: null,
    latestOffset: null,
    inputRows: NaN,
    metrics: new Map()
  }));
  query.operators = listOf(event.Operators).map(one => ({
    name: textOf(one.Name, ''),
    rows: numberOf(one.Rows, 0),
    updatedRows: numberOf(one['Updated Rows'], 0),
    removedRows: numberOf(one['Removed Rows'], 0),
    lateRows: numberOf(one['Late Rows'], 0),
    memoryBytes: numberOf(one['Memory Bytes'], 0),
    commitMs: numberOf(one['Commit Ms'], 0),
    shufflePartitions: numberOf(one.Partitions, 0),
    customMetrics: new Map()
  }));
  restoreBatches(query, event);
  app.saw(query.endTime);
  return query;
}

function restoreBatches(
  query: StreamingQuery,
  event: ISparkglassStreamingQuery
): void {
  const { batches } = query;
  const columns: Partial<Record<BatchColumn, number[]>> = {};
  for (const name of BATCH_COLUMNS) {
    const values = event.Columns?.[name];
    if (Array.isArray(values)) {
      columns[name] = values.map(value => numberOf(value, NaN));
    }
  }
  batches.restore(numberOf(event.Batches, 0), columns);
  for (let row = 0; row < batches.length; row++) {
    const batchId = batches.at(row, 'batchId');
    query.begunBatchId = batchId + batches.at(row, 'batches') - 1;
    if (query.isDStreams) {
      query.batchIds.set(batches.at(row, 'time'), batchId);
    }
  }
}
