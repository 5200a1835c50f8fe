// Derived (2): what Spark spent on a line, point by point: the jobs of its micro-batches, and those that its steps ran.
import {
  jobCost,
  type Application,
  type CostTable,
  type CurveLine,
  type IJobCost,
  type Job
} from '../model';
import { BatchRows } from './curve-batch-rows';

/** What a line cost, all of it. */
export interface ILineCost {
  /** Executor CPU of its jobs. */
  readonly sparkCpuNs: number;
  /** Executor run time: also what Python workers took, whose CPU time Spark does not report. */
  readonly sparkRunTimeMs: number;
  readonly inputBytes: number;
  /** Of the driver's Python, in its steps alone. */
  readonly pythonCpuNs: number;
}

/** Something that was spent, and the point that it was spent on; -1 before there is one. */
interface ICharge {
  readonly row: number;
  readonly cost: IJobCost;
}

/** The row that something is spent on, and whether no later point can take its place; null where the line has nothing to do with it. */
type Place = { readonly row: number; readonly isFinal: boolean } | null;

/** Updates of which it is known where they began to change something. */
const MOST_REVISIONS = 64;

/**
 * What a line cost; kept up as points come and jobs end.
 *
 * A job with the line's property is the line's alone, and counts at the first point that was made after it; the other jobs of a micro-batch
 * count for every line that has a point of it, at the first of these. What was spent before the first point or after the last counts there.
 */
export class LineCosts implements ILineCost {
  constructor(readonly line: CurveLine) {
    this.batches = new BatchRows(line);
  }

  sparkCpuNs = 0;
  sparkRunTimeMs = 0;
  inputBytes = 0;
  pythonCpuNs = 0;
  /** Rises with each update. */
  revision = 0;

  /** What Spark spent on each point, by row. Valid until the next update. */
  get cpuNs(): Float64Array {
    return this.cpu.subarray(0, this.length);
  }

  /** Bytes that Spark read for each point, by row. Valid until the next update. */
  get bytes(): Float64Array {
    return this.read.subarray(0, this.length);
  }

  /** The first row that may be another than it was at a revision. */
  changedSince(revision: number): number {
    const updates = this.revision - revision;
    return updates > this.changes.length
      ? 0
      : Math.min(Infinity, ...this.changes.slice(-updates || Infinity));
  }

  /** Take in the points that have come, and what jobs have cost since. */
  update(applications: Iterable<Application>): void {
    const { points } = this.line;
    const there = new Set(applications);
    this.changed = this.length;
    const isGone = [...this.parts.keys()].some(one => !there.has(one));
    if (points.changes !== this.pointChanges || isGone) {
      this.reset();
    }
    const python = points.column('pythonCpuNs');
    for (let row = this.length; row < points.length; row++) {
      this.pythonCpuNs += python[row]! || 0;
    }
    this.cpu = longer(this.cpu, points.length);
    this.read = longer(this.read, points.length);
    this.length = points.length;
    this.batches.update((runId, batch, row) => {
      for (const part of this.parts.values()) {
        part.met(runId, batch, row);
      }
    });
    for (const application of there) {
      let part = this.parts.get(application);
      if (!part) {
        part = new Part(this.line, application, this.batches, this.charge);
        this.parts.set(application, part);
      }
      part.update();
    }
    this.revision++;
    this.changes.push(this.changed);
    if (this.changes.length > MOST_REVISIONS) {
      this.changes.shift();
    }
  }

  private reset(): void {
    this.pointChanges = this.line.points.changes;
    this.parts.clear();
    this.batches = new BatchRows(this.line);
    this.sparkCpuNs = this.sparkRunTimeMs = this.inputBytes = 0;
    this.pythonCpuNs = 0;
    this.cpu = new Float64Array(0);
    this.read = new Float64Array(0);
    this.length = this.changed = 0;
  }

  private readonly charge = (
    { row, cost }: ICharge,
    sign: 1 | -1 = 1
  ): void => {
    this.sparkCpuNs += sign * cost.cpuNs;
    this.sparkRunTimeMs += sign * cost.runTimeMs;
    this.inputBytes += sign * cost.inputBytes;
    if (row >= 0) {
      this.cpu[row]! += sign * cost.cpuNs;
      this.read[row]! += sign * cost.inputBytes;
      this.changed = Math.min(this.changed, row);
    }
  };

  private batches: BatchRows;
  private readonly parts = new Map<Application, Part>();
  private cpu: Float64Array = new Float64Array(0);
  private read: Float64Array = new Float64Array(0);
  private length = 0;
  private pointChanges = 0;
  /** The first row that this update has changed. */
  private changed = 0;
  private readonly changes: number[] = [];
}

/** What one application spent on a line. */
class Part {
  constructor(
    private readonly line: CurveLine,
    private readonly application: Application,
    private readonly batches: BatchRows,
    private readonly charge: (charge: ICharge, sign?: 1 | -1) => void
  ) {}

  /** A micro-batch is new among the points: its jobs may be forgotten already. */
  met(runId: string, batch: number, row: number): void {
    const unmet = this.tables.get(runId)?.unmet;
    for (const cost of unmet?.get(batch) ?? []) {
      this.charge({ row, cost });
    }
    unmet?.delete(batch);
  }

  update(): void {
    const { application, batches, line } = this;
    const { forgottenCosts } = application;
    if (this.forgottenJobs !== application.forgottenJobs) {
      this.forgottenJobs = application.forgottenJobs;
      // The tables have what they took.
      for (const [job, charge] of this.jobs) {
        if (application.jobs.get(job.id) !== job) {
          this.charge(charge, -1);
          this.jobs.delete(job);
        }
      }
      this.finalBatches.forEach((final, runId) => {
        const known = application.streams.get(runId)?.jobIds;
        for (const batch of final.keys()) {
          if (!known?.has(batch)) {
            final.delete(batch);
          }
        }
      });
    }
    for (const runId of batches.runIds) {
      this.take(runId, forgottenCosts.ofQuery.get(runId), batch => {
        const row = batches.rowOf(runId, batch);
        return row < 0 ? null : { row, isFinal: true };
      });
      const { jobIds } = application.streams.get(runId) ?? {};
      if (jobIds) {
        this.spendBatches(runId, jobIds);
      }
    }
    const key = `${line.curve.id}:${line.id}`;
    this.take(key, forgottenCosts.ofLine.get(key), time =>
      placeAfter(line, time)
    );
    for (const job of application.jobsOfLine(line.curve.id, line.id)) {
      this.spend(job, () =>
        placeAfter(line, job.completionTime ?? application.now)
      );
    }
  }

  /** What the jobs of micro-batches have cost by now; those of which all is known are passed over, as there are many. */
  private spendBatches(
    runId: string,
    jobIds: ReadonlyMap<number, readonly number[]>
  ): void {
    let final = this.finalBatches.get(runId);
    if (!final) {
      this.finalBatches.set(runId, (final = new Map()));
    }
    for (const [batch, ids] of jobIds) {
      if (final.get(batch) === ids.length) {
        continue;
      }
      const row = this.batches.rowOf(runId, batch);
      let isFinal = row >= 0;
      for (const id of row < 0 ? [] : ids) {
        const job = this.application.jobs.get(id);
        if (job && job.curve === null) {
          this.spend(job, () => ({ row, isFinal: true }));
        }
        isFinal &&= job === undefined || isOver(job);
      }
      if (isFinal) {
        final.set(batch, ids.length);
      }
    }
  }

  /** What a job has cost by now, in place of what it had. */
  private spend(job: Job, placeOf: () => NonNullable<Place>): void {
    const before = this.jobs.get(job);
    if (before?.isFinal) {
      return;
    }
    const { row, isFinal } = placeOf();
    const cost = jobCost(job);
    if (!before || before.row !== row || !isSame(before.cost, cost)) {
      if (before) {
        this.charge(before, -1);
      }
      this.charge({ row, cost });
    }
    this.jobs.set(job, { row, cost, isFinal: isFinal && isOver(job) });
  }

  /** What has come to a table of forgotten jobs. Its last line may still grow. */
  private take(
    key: string,
    table: CostTable | undefined,
    placeOf: (key: number) => Place
  ): void {
    if (!table) {
      return;
    }
    let state = this.tables.get(key);
    if (!state) {
      state = { next: 0, loose: [], unmet: new Map() };
      this.tables.set(key, state);
    }
    state.loose.forEach(charge => this.charge(charge, -1));
    state.loose = [];
    let isSettled = true;
    for (let i = state.next; i < table.length; i++) {
      const cost = {
        cpuNs: table.cpuNs.at(i),
        runTimeMs: table.runTimeMs.at(i),
        inputBytes: table.inputBytes.at(i)
      };
      const at = table.key.at(i);
      const place = placeOf(at);
      const charge = place && { row: place.row, cost };
      isSettled &&= (place?.isFinal ?? true) && i < table.length - 1;
      if (charge) {
        this.charge(charge);
      }
      if (isSettled) {
        state.next = i + 1;
        if (!charge) {
          state.unmet.set(at, [...(state.unmet.get(at) ?? []), cost]);
        }
      } else if (charge) {
        state.loose.push(charge);
      }
    }
  }

  private forgottenJobs = 0;
  /** By run id: of the micro-batches of whose jobs all is known, how many jobs those are. */
  private readonly finalBatches = new Map<string, Map<number, number>>();
  private readonly jobs = new Map<Job, ICharge & { isFinal: boolean }>();
  private readonly tables = new Map<
    string,
    {
      /** The first line that may still change or move. */
      next: number;
      /** What was charged of lines from there on. */
      loose: ICharge[];
      /** Lines before it that are of micro-batches without a point. */
      unmet: Map<number, IJobCost[]>;
    }
  >();
}

function isSame(a: IJobCost, b: IJobCost): boolean {
  return (
    a.cpuNs === b.cpuNs &&
    a.runTimeMs === b.runTimeMs &&
    a.inputBytes === b.inputBytes
  );
}

/** Whether nothing more can come of a job. */
function isOver(job: Job): boolean {
  return (
    job.status !== 'running' &&
    job.stages.every(
      ({ status, numActiveTasks }) =>
        status !== 'active' && status !== 'pending' && numActiveTasks <= 0
    )
  );
}

/** The first point that was made at a time or after it, ms since 1970; the last one when all were before. */
function placeAfter(
  { points, curve }: CurveLine,
  time: number
): NonNullable<Place> {
  const elapsed = points.column('elapsedMs');
  const wanted = time - curve.startTime;
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
  return { row: high, isFinal: high >= 0 && elapsed[high]! >= wanted };
}

function longer(values: Float64Array, length: number): Float64Array {
  if (values.length >= length) {
    return values;
  }
  const found = new Float64Array(Math.max(64, Math.ceil(length * 1.5)));
  found.set(values);
  return found;
}
