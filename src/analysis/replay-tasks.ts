// Derived (2) from the tasks, stages and jobs of a scope.
import type { StageAttempt } from '../model';
import { launchOrder } from './launch-order';
import { jobSpan, type ITimeWindow } from './time-window';

/** How long each task of a stage takes in a replay, ms, in the order in which they were launched. */
export type Durations = (stage: IReplayStage) => ArrayLike<number>;

/** A stage attempt as a replay sees it. */
export interface IReplayStage {
  readonly stage: StageAttempt;
  /** As measured, in the order of launch. */
  readonly durationsMs: Float64Array;
  /** Stages of the same scope that had ended before it began and whose rows it took. */
  readonly parents: readonly number[];
  /** From the last end of these, or the submission of its job, until its first task could begin. */
  readonly leadMs: number;
  /** Index into the jobs. */
  readonly job: number;
}

interface IReplayJob {
  readonly stages: readonly number[];
  /** So many jobs, in the order of their ends, had ended when it was submitted. */
  readonly after: number;
  /** From the last end of those, or the start of the window, until it was submitted. */
  readonly leadMs: number;
  /** From the end of its last task, or its submission without any, to its own. */
  readonly tailMs: number;
}

/** What is replayed. */
export interface IReplayPlan {
  readonly stages: readonly IReplayStage[];
  /** In the order of their ends. */
  readonly jobs: readonly IReplayJob[];
  /** From the end of the last job to the end of the window. */
  readonly tailMs: number;
}

/** Read off what depends on what, and what time lay between, in one application's part of a window that is over. */
export function replayPlan(window: ITimeWindow, index = 0): IReplayPlan {
  const part = window.parts[index]!;
  const { tasks } = part.application;
  const jobs = part.jobs
    .map(job => ({ job, ...jobSpan(part, job) }))
    .sort((a, b) => a.to - b.to);
  const ran = part.stages.filter(stage => stage.rows.length > 0);
  const spans = ran.map(stage => spanOf(stage, tasks));
  const jobOf = (stage: StageAttempt): number =>
    Math.max(
      0,
      jobs.findIndex(({ job }) => stage.jobIds.has(job.id))
    );
  const stages = ran.map((stage, i): IReplayStage => {
    const { from, rows } = spans[i]!;
    const job = jobOf(stage);
    const parents = ran.flatMap((other, p) =>
      stage.parentIds.includes(other.id) && spans[p]!.to <= from ? [p] : []
    );
    const enabled = parents.reduce(
      (at, p) => Math.max(at, spans[p]!.to),
      jobs[job]!.from
    );
    const isAlone = spans.every(
      (other, p) => p === i || other.from >= from || other.to <= enabled
    );
    // While others had the cores, only the stage's submission says when it could have begun.
    const begin = isAlone ? from : (stage.submissionTime ?? from);
    return {
      stage,
      durationsMs: Float64Array.from(rows, row => tasks.durationMs[row]!),
      parents,
      leadMs: Math.max(0, begin - enabled),
      job
    };
  });
  return {
    stages,
    jobs: jobs.map(({ from, to }, j): IReplayJob => {
      const after = jobs.filter(other => other.to <= from).length;
      const own = stages.flatMap((stage, s) => (stage.job === j ? [s] : []));
      const last = own.reduce((end, s) => Math.max(end, spans[s]!.to), from);
      return {
        stages: own,
        after,
        leadMs: from - (after > 0 ? jobs[after - 1]!.to : window.from),
        tailMs: Math.max(0, to - last)
      };
    }),
    tailMs: window.to - (jobs[jobs.length - 1]?.to ?? window.from)
  };
}

function spanOf(stage: StageAttempt, tasks: Parameters<typeof launchOrder>[0]) {
  const rows = launchOrder(tasks, stage.rows.view());
  let [from, to] = [Infinity, -Infinity];
  for (const row of rows) {
    from = Math.min(from, tasks.launchTime[row]!);
    to = Math.max(to, tasks.launchTime[row]! + tasks.durationMs[row]!);
  }
  return { from, to, rows };
}

/**
 * Replay tasks on some cores by list scheduling (R. L. Graham, "Bounds on Multiprocessing Timing Anomalies", 1969), as Spark's FIFO
 * scheduler does it: a core that is free takes the next task of the first job's first stage that can run. Stages wait for their parents, jobs
 * for the jobs that had ended before them; what the driver needed in between takes as long as it did.
 *
 * @returns ms from the start to the end of the window; null when something waits for what never comes.
 */
export function replay(
  plan: IReplayPlan,
  cores: number,
  durations: Durations
): number | null {
  return new Replayer(plan, cores, durations).run();
}

interface IReady {
  readonly stage: number;
  readonly at: number;
  readonly durations: ArrayLike<number>;
  next: number;
}

class Replayer {
  constructor(
    private readonly _plan: IReplayPlan,
    cores: number,
    private readonly _durations: Durations
  ) {
    this._free = new Float64Array(Math.max(1, cores));
    this._stageEnds = new Float64Array(_plan.stages.length);
    this._waitsFor = _plan.stages.map(stage => stage.parents.length);
    this._stagesLeft = _plan.jobs.map(job => job.stages.length);
    this._jobEnds = new Float64Array(_plan.jobs.length).fill(-1);
    this._jobAt = new Float64Array(_plan.jobs.length).fill(-1);
    _plan.stages.forEach(({ parents }, s) => {
      for (const parent of parents) {
        (this._children[parent] ??= []).push(s);
      }
    });
  }

  run(): number | null {
    this._releaseJobs();
    while (this._ready.length > 0) {
      const free = this._free[0]!;
      const chosen = this._choose(free);
      const start = Math.max(free, chosen.at);
      const end = start + chosen.durations[chosen.next++]!;
      this._take(end);
      const { stage } = chosen;
      this._stageEnds[stage] = Math.max(this._stageEnds[stage]!, end);
      if (chosen.next >= chosen.durations.length) {
        this._ready.splice(this._ready.indexOf(chosen), 1);
        this._endStage(stage);
      }
    }
    return this._ended < this._plan.jobs.length
      ? null
      : this._lastEnd + this._plan.tailMs;
  }

  /** The first stage that can run when a core is free; else the one that can run soonest. */
  private _choose(free: number): IReady {
    let chosen = this._ready[0]!;
    for (const ready of this._ready) {
      const [a, b] = [Math.max(ready.at, free), Math.max(chosen.at, free)];
      if (a < b || (a === b && this._isBefore(ready.stage, chosen.stage))) {
        chosen = ready;
      }
    }
    return chosen;
  }

  private _isBefore(a: number, b: number): boolean {
    const { stages } = this._plan;
    return stages[a]!.stage.id < stages[b]!.stage.id;
  }

  private _endStage(stage: number): void {
    for (const child of this._children[stage] ?? []) {
      this._waitsFor[child]!--;
      this._releaseStage(child);
    }
    const { job } = this._plan.stages[stage]!;
    if (--this._stagesLeft[job]! === 0) {
      this._endJob(job);
    }
  }

  private _releaseStage(s: number): void {
    const { parents, job, leadMs } = this._plan.stages[s]!;
    const jobAt = this._jobAt[job]!;
    if (this._waitsFor[s] === 0 && jobAt >= 0) {
      const enabled = parents.reduce(
        (at, parent) => Math.max(at, this._stageEnds[parent]!),
        jobAt
      );
      const durations = this._durations(this._plan.stages[s]!);
      this._ready.push({ stage: s, at: enabled + leadMs, durations, next: 0 });
    }
  }

  private _endJob(job: number): void {
    const { stages, tailMs } = this._plan.jobs[job]!;
    this._jobEnds[job] =
      stages.reduce(
        (at, s) => Math.max(at, this._stageEnds[s]!),
        this._jobAt[job]!
      ) + tailMs;
    this._releaseJobs();
  }

  /** Submit the jobs for which all that ended before them has ended. */
  private _releaseJobs(): void {
    const { jobs } = this._plan;
    for (let more = true; more;) {
      while (this._ended < jobs.length && this._jobEnds[this._ended]! >= 0) {
        this._lastEnd = Math.max(this._lastEnd, this._jobEnds[this._ended++]!);
        this._lastEnds.push(this._lastEnd);
      }
      more = false;
      for (let j = this._ended; j < jobs.length; j++) {
        const { after, leadMs, stages } = jobs[j]!;
        if (this._jobAt[j]! >= 0 || after > this._ended) {
          continue;
        }
        this._jobAt[j] = (this._lastEnds[after - 1] ?? 0) + leadMs;
        if (stages.length === 0) {
          this._jobEnds[j] = this._jobAt[j]! + jobs[j]!.tailMs;
          more = true;
        } else {
          stages.forEach(s => this._releaseStage(s));
        }
      }
    }
  }

  /** Let the core that is free first be busy until then: it sinks in the heap. */
  private _take(until: number): void {
    const free = this._free;
    let at = 0;
    for (;;) {
      let least = 2 * at + 1;
      if (least >= free.length) {
        break;
      }
      if (least + 1 < free.length && free[least + 1]! < free[least]!) {
        least++;
      }
      if (free[least]! >= until) {
        break;
      }
      free[at] = free[least]!;
      at = least;
    }
    free[at] = until;
  }

  private readonly _ready: IReady[] = [];
  /** When each core is free: a binary heap, soonest first. */
  private readonly _free: Float64Array;
  private readonly _stageEnds: Float64Array;
  private readonly _waitsFor: number[];
  private readonly _children: number[][] = [];
  private readonly _stagesLeft: number[];
  private readonly _jobEnds: Float64Array;
  private readonly _jobAt: Float64Array;
  /** So many jobs, in the measured order of their ends, have ended. */
  private _ended = 0;
  private _lastEnd = 0;
  /** The last end of the first so many of them. */
  private readonly _lastEnds: number[] = [];
}
