import type { StreamingQuery } from '../../model';

/** Queries that were asked from this page to stop; what a cell asks of them nobody tells. */
const asked = new WeakSet<StreamingQuery>();

/** Note that a query was asked to stop: what runs in its batch ends first, which may take as long as a function of `foreachBatch` likes. */
export function noteStopping(query: StreamingQuery): void {
  asked.add(query);
}

/** Whether a query was asked to stop and has not done so yet. */
export function isStopping(query: StreamingQuery): boolean {
  return query.status === 'running' && asked.has(query);
}
