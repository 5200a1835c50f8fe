import {
  listOf,
  numberOf,
  textOf,
  textsOf,
  type IDataFrameEntry,
  type ISparkglassCellEnd,
  type ISparkglassCellStart
} from '../events';
import type { Application } from './application';
import { CellRun, type IDataFrameNote, type IRunJob } from './cell-run';
import type { Curve } from './curve';
import type { Job } from './job';
import type { StreamingQuery } from './streaming-query';

/**
 * The runs of cells, and which job came from which.
 *
 * A job belongs to the run that its property `sparkglass.cell` names. One without it (from a thread that inherited no properties)
 * belongs to the run within whose time it was submitted, if there is exactly one; a micro-batch of a stream never does.
 */
export class Runs {
  /** By run id, in the order in which they were heard of. */
  readonly all = new Map<string, CellRun>();

  /** The newest run that has not ended. */
  get active(): CellRun | null {
    let active: CellRun | null = null;
    for (const run of this.all.values()) {
      if (run.status === 'running' && run.number >= (active?.number ?? 0)) {
        active = run;
      }
    }
    return active;
  }

  /** The runs of a cell, oldest first. */
  ofCell(cellId: string): readonly CellRun[] {
    return this._ofCell.get(cellId) ?? [];
  }

  /** A cell began to run. */
  start(event: ISparkglassCellStart): void {
    const id = textOf(event['Run ID'], '');
    if (id === '' || this._started.has(id)) {
      return;
    }
    this._started.add(id);
    const run = this._run(id);
    run.cellId = textOf(event['Cell ID'], '');
    run.number = numberOf(event.Number, 0);
    run.startTime = numberOf(event.Time, 0);
    const runs = this._ofCell.get(run.cellId) ?? [];
    let at = runs.length;
    while (at > 0 && runs[at - 1]!.number > run.number) {
      at--;
    }
    run.previous = runs[at - 1] ?? null;
    const next = runs[at];
    if (next) {
      next.previous = run;
    }
    this._ofCell.set(run.cellId, [
      ...runs.slice(0, at),
      run,
      ...runs.slice(at)
    ]);
    this._placeByTime();
  }

  /** A cell ended. */
  end(event: ISparkglassCellEnd): void {
    const id = textOf(event['Run ID'], '');
    if (id === '') {
      return;
    }
    const run = this._run(id);
    run.endTime = numberOf(event.Time, run.startTime);
    run.status = event.Status === 'error' ? 'error' : 'ok';
    run.error = textOf(event.Error, null);
    run.dataFrames = listOf(event.DataFrames).map(noteFrom);
    if (!this._started.has(id)) {
      run.startTime = run.endTime;
    }
    this._placeByTime();
  }

  /** Find the run of a job that has just been heard of. */
  place(application: Application, job: Job): void {
    const runId = job.properties.get('sparkglass.cell') ?? '';
    const entry = { application, job };
    if (runId !== '') {
      job.cellRunId = runId;
      job.attribution = 'property';
      const run = this.all.get(runId);
      if (run) {
        add(run, entry);
      } else {
        this._waiting.set(runId, [...(this._waiting.get(runId) ?? []), entry]);
      }
    } else if (job.streamQueryId === null && !this._addByTime(entry)) {
      this._homeless.push(entry);
    }
  }

  /**
   * Find the run of a streaming query: the one its jobs name, and before its first job (or when none names any) the one within whose
   * time it was started.
   */
  placeQuery(application: Application, query: StreamingQuery): void {
    const run =
      query.cellRunId === null
        ? this._at(query.startTime)
        : this._run(query.cellRunId);
    if (!run) {
      return;
    }
    query.cellRunId ??= run.id;
    for (const other of this.all.values()) {
      const at = other.queries.findIndex(entry => entry.query === query);
      if (at >= 0 && other !== run) {
        other.queries.splice(at, 1);
      }
    }
    if (!run.queries.some(entry => entry.query === query)) {
      run.queries.push({ application, query });
    }
  }

  /** Give a curve to the run of the cell that opened it. */
  placeCurve(curve: Curve): void {
    if (curve.cellRunId !== null) {
      this._run(curve.cellRunId).curves.push(curve);
    }
  }

  /** Jobs are forgotten: no run has them any more. */
  forget(gone: ReadonlySet<Job>): void {
    const runIds = new Set([...gone].map(job => job.cellRunId));
    for (const runId of runIds) {
      const run = this.all.get(runId ?? '');
      if (run) {
        const kept = run.jobs.filter(({ job }) => !gone.has(job));
        run.jobs.splice(0, Infinity, ...kept);
      }
      const waiting = this._waiting.get(runId ?? '');
      if (waiting) {
        this._waiting.set(
          runId!,
          waiting.filter(({ job }) => !gone.has(job))
        );
      }
    }
  }

  private _run(id: string): CellRun {
    let run = this.all.get(id);
    if (!run) {
      run = new CellRun(id);
      this.all.set(id, run);
      for (const entry of this._waiting.get(id) ?? []) {
        add(run, entry);
      }
      this._waiting.delete(id);
    }
    return run;
  }

  private _placeByTime(): void {
    this._homeless = this._homeless.filter(entry => !this._addByTime(entry));
  }

  private _addByTime(entry: IRunJob): boolean {
    const run = this._at(entry.job.submissionTime);
    if (!run) {
      return false;
    }
    entry.job.cellRunId = run.id;
    entry.job.attribution = 'time';
    add(run, entry);
    return true;
  }

  /** The run within whose time something happened, if there is exactly one. */
  private _at(time: number | null): CellRun | null {
    if (time === null) {
      return null;
    }
    const { active } = this;
    const runs = [...this.all.values()].filter(
      run =>
        this._started.has(run.id) &&
        run.startTime <= time &&
        // One that never ended and is not the newest: when it ended is not known.
        time <= (run.endTime ?? (run === active ? Infinity : -1))
    );
    return runs.length === 1 ? runs[0]! : null;
  }

  private readonly _started = new Set<string>();
  private readonly _ofCell = new Map<string, readonly CellRun[]>();
  private readonly _waiting = new Map<string, readonly IRunJob[]>();
  private _homeless: IRunJob[] = [];
}

/** Jobs of micro-batches that a run keeps; older ones are only the application's: a stream has no end. */
const MOST_BATCH_JOBS = 100;

/** Add a job to a run, in the order of submission. */
function add(run: CellRun, entry: IRunJob): void {
  const { jobs } = run;
  const time = entry.job.submissionTime ?? Infinity;
  let at = jobs.length;
  while (at > 0 && (jobs[at - 1]!.job.submissionTime ?? Infinity) > time) {
    at--;
  }
  jobs.splice(at, 0, entry);
  if (entry.job.streamQueryId !== null) {
    const first = jobs.findIndex(({ job }) => job.streamQueryId !== null);
    if (jobs.length - first > MOST_BATCH_JOBS) {
      jobs.splice(first, 1);
    }
  }
}

function noteFrom(entry: IDataFrameEntry): IDataFrameNote {
  return {
    name: textOf(entry.Name, ''),
    operations: textsOf(entry.Operations),
    added: textsOf(entry.New),
    streaming: entry.Streaming === true
  };
}
