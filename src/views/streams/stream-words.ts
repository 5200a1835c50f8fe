import {
  batchIntervalMs,
  quietMs,
  totalDelayMs
} from '../../analysis/dstreams';
import { readFailure } from '../../analysis/failure';
import type { IStreamFigures } from '../../analysis/stream-figures';
import { isRunning } from '../../analysis/run-summary';
import { openBatch } from '../../analysis/stream-runs';
import {
  formatCount,
  formatDuration,
  formatNumber,
  formatShare
} from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { IRunQuery, StreamingQuery } from '../../model';
import { isStopping } from './stopping';

/** More of the time at work than this, and a little more data is too much. */
const NEARLY_FULL = 0.9;
/** So many batches are a judgement's least. */
const ENOUGH_BATCHES = 3;

/** The state of a query in one word. */
export function queryState(entry: IRunQuery, trans: ITranslation): string {
  const { query } = entry;
  if (isRunning(entry) && isStopping(query)) {
    return trans.__('Stopping');
  }
  if (isRunning(entry)) {
    return isIdle(query) ? trans.__('Waiting') : trans.__('Running');
  }
  if (query.isDStreams && isOpenEnded(entry)) {
    return trans.__('No jobs now');
  }
  return query.status === 'failed' ? trans.__('Failed') : trans.__('Stopped');
}

/** Whether there was nothing to read and no batch works: one without rows may still close windows. */
function isIdle(query: StreamingQuery): boolean {
  return query.idleSince !== null && openBatch(query) === null;
}

/** What to call a query in full. */
export function queryTitle(query: StreamingQuery, trans: ITranslation): string {
  return query.isDStreams
    ? trans.__('DStreams: the older streams of RDDs, by pyspark.streaming')
    : trans.__('Streaming query %1', query.id);
}

/** Where rows come from and where they go, in Spark's words cut to their names: `RateStreamV2 → MemorySink`. */
export function pathWords(query: StreamingQuery): string {
  if (query.isDStreams) {
    return query.sources.map(({ description }) => description).join(' + ');
  }
  const sources = query.sources.map(({ description }) =>
    shortened(description)
  );
  return [sources.join(' + '), shortened(query.sink)]
    .filter(Boolean)
    .join(' → ');
}

function shortened(description: string): string {
  const name = /^[\w.$]+/.exec(description)?.[0] ?? description;
  return name.split(/[.$]/).filter(Boolean).pop() ?? description;
}

/** How a query does, in one sentence. */
export function streamVerdict(
  entry: IRunQuery,
  figures: IStreamFigures,
  trans: ITranslation
): string {
  const { query } = entry;
  if (query.isDStreams) {
    return dstreamsVerdict(entry, trans);
  }
  if (query.status === 'failed') {
    return trans.__(
      'It failed: %1',
      readFailure(query.exception ?? '').headline
    );
  }
  if (!isRunning(entry)) {
    return trans.__(
      'It was stopped after %1 batches and %2 rows.',
      formatCount(figures.batches),
      formatCount(figures.rows)
    );
  }
  if (isStopping(query)) {
    return trans.__('It stops when the batch that it works on is done.');
  }
  if (figures.batches === 0) {
    return trans.__('It has started; its first batch is not done yet.');
  }
  if (isIdle(query)) {
    return trans.__('Nothing new to read: it waits for rows.');
  }
  if (figures.backlogRows > 0) {
    return trans.__(
      '%1 rows wait to be read; a batch takes %2.',
      formatCount(figures.backlogRows),
      formatDuration(figures.medianMs)
    );
  }
  if (figures.batches < ENOUGH_BATCHES || Number.isNaN(figures.busyShare)) {
    return trans.__('A batch takes %1.', formatDuration(figures.medianMs));
  }
  const share = formatShare(figures.busyShare);
  return figures.busyShare > NEARLY_FULL
    ? trans.__(
        'It works %1 of the time, a batch takes %2: more rows than now would make it fall behind, unless it takes more of them at once.',
        share,
        formatDuration(figures.medianMs)
      )
    : trans.__(
        'It keeps up: %1 rows arrive a second, and it works %2 of the time.',
        formatNumber(figures.inputRate),
        share
      );
}

/** Whether their end is neither told nor clear. */
function isOpenEnded({ application, query }: IRunQuery): boolean {
  return query.status === 'running' && application.endTime === null;
}

/** How DStreams do: whether batches are done before the next ones come. */
function dstreamsVerdict(entry: IRunQuery, trans: ITranslation): string {
  const { application, query } = entry;
  const { total } = query.batches;
  const intervalMs = batchIntervalMs(query);
  const delay = formatDuration(totalDelayMs(query));
  if (!isRunning(entry)) {
    return isOpenEnded(entry)
      ? trans._n(
          '%2 batch had jobs; none has had one for %3.',
          '%2 batches had jobs; none has had one for %3.',
          total,
          formatCount(total),
          formatDuration(quietMs(application, query))
        )
      : trans._n(
          '%2 batch had jobs.',
          '%2 batches had jobs.',
          total,
          formatCount(total)
        );
  }
  if (total === 0) {
    return trans.__('They have started; their first batch is not done yet.');
  }
  if (Number.isNaN(intervalMs)) {
    return trans.__('A batch is done %1 after its time.', delay);
  }
  const interval = formatDuration(intervalMs);
  return totalDelayMs(query) > intervalMs
    ? trans.__(
        'Batches come every %1 and are done %2 after their time: they queue.',
        interval,
        delay
      )
    : trans.__(
        'They keep up: batches come every %1 and are done %2 after their time.',
        interval,
        delay
      );
}
