// Derived (2): what a query's run has to do with the runs before it, and what it leaves behind.
import type { Application, StreamingQuery } from '../model';

/** How a run began. */
export interface IRestart {
  /** Which run of the query it is, from 1; those that nobody heard of are not counted. */
  readonly number: number;
  /** The run before it, when it was heard of. */
  readonly before: StreamingQuery | null;
  /** The first batch that this run worked on; -1 while there is none. */
  readonly firstBatch: number;
  /** Whether the run before had begun that batch and not finished it: its rows may have been written twice. */
  readonly isRepeated: boolean;
}

/** The newest batch that a run finished; -1 for none. */
export function doneBatch(query: StreamingQuery): number {
  const { batches } = query;
  const last = batches.length - 1;
  return last < 0
    ? -1
    : batches.at(last, 'batchId') + batches.at(last, 'batches') - 1;
}

/** The batch that was begun and not finished, or null: what a restart from the checkpoint does again. */
export function openBatch(query: StreamingQuery): number | null {
  return query.begunBatchId > doneBatch(query) ? query.begunBatchId : null;
}

/** How a run began: a restart from a checkpoint has the id of the query, and a run id of its own. */
export function restartOf(
  application: Application,
  query: StreamingQuery
): IRestart {
  const runs = [...application.streams.values()].filter(
    ({ id }) => id === query.id
  );
  const at = runs.indexOf(query);
  const before = runs[at - 1] ?? null;
  const firstDone = query.batches.at(0, 'batchId');
  const firstBatch = Number.isNaN(firstDone) ? query.begunBatchId : firstDone;
  return {
    number: at + 1,
    before,
    firstBatch,
    isRepeated:
      before !== null && firstBatch >= 0 && openBatch(before) === firstBatch
  };
}
