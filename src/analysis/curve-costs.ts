// Derived (2): what Spark spent on a line, point by point: the jobs of its micro-batches, and those that its steps ran.
import {
  jobCost,
  type Application,
  type CostTable,
  type CurveLine,
  type IJobCost,
  type Job
} from '../model';

/** What a line cost, all of it. */
export interface ILineCost {
  /** Executor CPU of its jobs. */
  readonly sparkCpuNs: number;
  /** Executor run time: also what Python workers took, whose CPU time Spark does not report. */
  readonly sparkRunTimeMs: number;
  readonly inputBytes: number;
  /** Of the driver's Python, in its steps alone. */
  readonly pythonCpuNs: number;
  /** Jobs that are still known. */
  readonly jobs: readonly {
    readonly application: Application;
    readonly job: Job;
  }[];
}

/** What a line cost, and what Spark spent on each point, by row. */
export interface ILineCosts extends ILineCost {
  readonly cpuNs: Float64Array;
  readonly bytes: Float64Array;
}

/**
 * What a line cost.
 *
 * A job with the line's property is the line's alone, and counts at the first point that was made after it; the other jobs of a micro-batch
 * count for every line that has a point of it, at the first of these. What was spent before the first point or after the last counts there.
 */
export function lineCosts(
  line: CurveLine,
  applications: Iterable<Application>
): ILineCosts {
  const { points } = line;
  const cpuNs = new Float64Array(points.length);
  const bytes = new Float64Array(points.length);
  const jobs: { application: Application; job: Job }[] = [];
  let [sparkCpuNs, sparkRunTimeMs, inputBytes, pythonCpuNs] = [0, 0, 0, 0];
  const charge = (row: number, cost: IJobCost): void => {
    sparkCpuNs += cost.cpuNs;
    sparkRunTimeMs += cost.runTimeMs;
    inputBytes += cost.inputBytes;
    if (row >= 0 && row < points.length) {
      cpuNs[row]! += cost.cpuNs;
      bytes[row]! += cost.inputBytes;
    }
  };
  const batches = batchRows(line);
  const key = `${line.curve.id}:${line.id}`;
  for (const application of applications) {
    for (const [runId, rows] of batches) {
      eachCost(application.forgottenCosts.ofQuery.get(runId), (batch, cost) => {
        const row = rows.get(batch);
        if (row !== undefined) {
          charge(row, cost);
        }
      });
      for (const [batch, ids] of application.streams.get(runId)?.jobIds ?? []) {
        const row = rows.get(batch);
        for (const id of row === undefined ? [] : ids) {
          const job = application.jobs.get(id);
          if (job && job.curve === null) {
            charge(row!, jobCost(job));
            jobs.push({ application, job });
          }
        }
      }
    }
    eachCost(application.forgottenCosts.ofLine.get(key), (time, cost) =>
      charge(rowAfter(line, time), cost)
    );
    for (const job of application.jobs.values()) {
      if (job.curve?.curve === line.curve.id && job.curve.line === line.id) {
        const time = job.completionTime ?? application.now;
        charge(rowAfter(line, time), jobCost(job));
        jobs.push({ application, job });
      }
    }
  }
  const python = points.column('pythonCpuNs');
  for (let row = 0; row < points.length; row++) {
    pythonCpuNs += python[row]! || 0;
  }
  return {
    cpuNs,
    bytes,
    sparkCpuNs,
    sparkRunTimeMs,
    inputBytes,
    pythonCpuNs,
    jobs
  };
}

/** The jobs that made a point: those of its micro-batch, and those that its learner's step ran. */
export function jobsOfPoint(
  line: CurveLine,
  row: number,
  applications: Iterable<Application>
): ILineCost['jobs'] {
  const batchId = line.points.at(row, 'batchId');
  const runId = line.points.originOf(row)?.queryRunId ?? null;
  const found: { application: Application; job: Job }[] = [];
  for (const application of applications) {
    const ids =
      runId === null || Number.isNaN(batchId)
        ? []
        : (application.streams.get(runId)?.jobIds.get(batchId) ?? []);
    for (const job of application.jobs.values()) {
      const { curve } = job;
      const isOfStep =
        curve?.curve === line.curve.id &&
        curve.line === line.id &&
        (ids.includes(job.id) ||
          rowAfter(line, job.completionTime ?? application.now) === row);
      if (isOfStep || (curve === null && ids.includes(job.id))) {
        found.push({ application, job });
      }
    }
  }
  return found;
}

/** By run id of a query: the first row of each micro-batch. */
function batchRows(line: CurveLine): Map<string, Map<number, number>> {
  const { points } = line;
  const byQuery = points.origins.map(({ queryRunId }) => queryRunId);
  const found = new Map<string, Map<number, number>>();
  if (byQuery.every(id => id === null)) {
    return found;
  }
  const batchIds = points.column('batchId');
  const origins = points.column('origin');
  for (let row = 0; row < points.length; row++) {
    const runId = byQuery[origins[row]!] ?? null;
    const batchId = batchIds[row]!;
    if (runId === null || Number.isNaN(batchId)) {
      continue;
    }
    let rows = found.get(runId);
    if (!rows) {
      found.set(runId, (rows = new Map()));
    }
    if (!rows.has(batchId)) {
      rows.set(batchId, row);
    }
  }
  return found;
}

function eachCost(
  table: CostTable | undefined,
  take: (key: number, cost: IJobCost) => void
): void {
  for (let i = 0; i < (table?.length ?? 0); i++) {
    take(table!.key.at(i), {
      cpuNs: table!.cpuNs.at(i),
      runTimeMs: table!.runTimeMs.at(i),
      inputBytes: table!.inputBytes.at(i)
    });
  }
}

/** The first point that was made at a time or after it, ms since 1970; the last one when all were before. */
function rowAfter(line: CurveLine, time: number): number {
  const { points } = line;
  const elapsed = points.column('elapsedMs');
  const wanted = time - line.curve.startTime;
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (elapsed[middle]! < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return high;
}
