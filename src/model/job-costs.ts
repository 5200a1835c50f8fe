import { Column } from '../events';
import { GrowingColumn } from './growing-column';
import type { Job } from './job';

/** What a job took of Spark. */
export interface IJobCost {
  /** Executor CPU time of its tasks, reading them (`executorDeserializeCpuTime`) included. */
  readonly cpuNs: number;
  /** Executor run time of its tasks: also what Python workers took, whose CPU time nobody reports. */
  readonly runTimeMs: number;
  /** Bytes read from a source or a cache. */
  readonly inputBytes: number;
}

/** What a job's stages took; those that it skipped are another job's. */
export function jobCost(job: Job): IJobCost {
  let [cpuNs, runTimeMs, inputBytes] = [0, 0, 0];
  for (const { id, sums } of job.stages) {
    if (!job.skippedStages.has(id)) {
      cpuNs +=
        sums[Column.executorCpuTimeNs]! +
        sums[Column.executorDeserializeCpuTimeNs]!;
      runTimeMs += sums[Column.executorRunTimeMs]!;
      inputBytes += sums[Column.inputBytesRead]!;
    }
  }
  return { cpuNs, runTimeMs, inputBytes };
}

/** What jobs took that are forgotten: a line each. */
export class CostTable {
  get length(): number {
    return this.key.length;
  }

  /** Micro-batch, or when the job ended, ms since 1970. */
  readonly key = new GrowingColumn();
  readonly cpuNs = new GrowingColumn();
  readonly runTimeMs = new GrowingColumn();
  readonly inputBytes = new GrowingColumn();

  /** Add a cost to the newest line when it has this key, or as a new one. */
  add(key: number, cost: IJobCost): void {
    const last = this.length - 1;
    const same = this.key.at(last) === key || last >= MOST_COSTS;
    for (const name of ['cpuNs', 'runTimeMs', 'inputBytes'] as const) {
      if (same) {
        this[name].set(last, this[name].at(last) + cost[name]);
      } else {
        this[name].push(cost[name]);
      }
    }
    if (!same) {
      this.key.push(key);
    }
  }
}

/** Lines that are kept of a table: the last one takes in what comes then. */
const MOST_COSTS = 500_000;

/**
 * What the jobs of old micro-batches took, kept when the jobs themselves are forgotten: a line of a training curve tells what it cost from
 * its beginning.
 */
export class ForgottenCosts {
  /** By run id of the streaming query: jobs of no line of their own. */
  readonly ofQuery = new Map<string, CostTable>();
  /** By `curve:line`: jobs of a learner's steps. */
  readonly ofLine = new Map<string, CostTable>();

  /** Keep what a job took. */
  keep(job: Job, queryRunId: string, batchId: number): void {
    const { curve } = job;
    const table = curve
      ? tableOf(this.ofLine, `${curve.curve}:${curve.line}`)
      : tableOf(this.ofQuery, queryRunId);
    table.add(
      curve ? (job.completionTime ?? job.submissionTime ?? 0) : batchId,
      jobCost(job)
    );
  }
}

function tableOf(tables: Map<string, CostTable>, key: string): CostTable {
  let table = tables.get(key);
  if (!table) {
    table = new CostTable();
    tables.set(key, table);
  }
  return table;
}
