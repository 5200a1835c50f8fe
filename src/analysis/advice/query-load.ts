// What the rules look at (2): one run of a streaming query, read once for all of them.
import type { Application, IRunQuery, StreamingQuery } from '../../model';
import { isRunning } from '../run-summary';
import { nthSmallest } from '../nth';
import { planTree, type PlanTree } from './plan-tree';

/** The newest batches that say how a query does; what it did before may long be mended. */
const RECENT = 100;

/** What is known of one batch that had rows. */
export interface IBatch {
  readonly batchId: number;
  readonly time: number;
  readonly durationMs: number;
  readonly addBatchMs: number;
  readonly rows: number;
  readonly backlogRows: number;
  readonly stateRows: number;
  readonly stateBytes: number;
  /** Rows that it, or a batch without rows after it, took out of the state. */
  readonly removedRows: number;
}

/** One run of a streaming query. */
export interface IQueryLoad {
  readonly application: Application;
  readonly query: StreamingQuery;
  readonly isRunning: boolean;
  /** The newest of its batches that had rows, oldest first. */
  readonly recent: readonly IBatch[];
  /** The plan of the newest batch that is over; null when none came. */
  readonly tree: PlanTree | null;
}

/** Read a query. */
export function queryLoad({ application, query }: IRunQuery): IQueryLoad {
  return {
    application,
    query,
    isRunning: isRunning({ application, query }),
    recent: recentOf(query),
    tree: treeOf(application, query)
  };
}

/** Half of the values are at most this; NaN of none. */
export function median(values: readonly number[]): number {
  return values.length > 0
    ? nthSmallest(Float64Array.from(values), (values.length - 1) >> 1)
    : NaN;
}

function recentOf({ batches }: StreamingQuery): readonly IBatch[] {
  const recent: IBatch[] = [];
  let removedAfter = 0;
  for (let row = batches.length - 1; row >= 0; row--) {
    const rows = batches.at(row, 'inputRows');
    if (recent.length === RECENT || batches.at(row, 'batches') > 1) {
      break;
    }
    const removedRows = batches.at(row, 'removedRows') + removedAfter;
    removedAfter = rows > 0 ? 0 : removedRows;
    if (rows > 0) {
      recent.push({
        batchId: batches.at(row, 'batchId'),
        time: batches.at(row, 'time'),
        durationMs: batches.at(row, 'durationMs'),
        addBatchMs: batches.at(row, 'addBatchMs'),
        rows,
        backlogRows: batches.at(row, 'backlogRows'),
        stateRows: batches.at(row, 'stateRows'),
        stateBytes: batches.at(row, 'stateBytes'),
        removedRows
      });
    }
  }
  return recent.reverse();
}

/** What `foreachBatch` runs are queries of their own; the batch's own plan is that of the execution around them. */
function treeOf(
  application: Application,
  query: StreamingQuery
): PlanTree | null {
  for (const jobIds of [...query.jobIds.values()].reverse()) {
    for (const id of jobIds) {
      const { sql } = application;
      const execution = sql.get(application.jobs.get(id)?.sqlExecutionId ?? -1);
      const root = sql.get(execution?.rootExecutionId ?? -1) ?? execution;
      const tree = root ? planTree(application, root) : null;
      if (tree) {
        return tree;
      }
    }
  }
  return null;
}
