import { TaskState, type Application, type StageAttempt } from '../model';
import { LANE_SUMS, LaneColumns, LaneSum } from './lane-columns';
import { coresOf, executorBusyMs, LaneAssigner, laneOrder } from './lanes';
import { launchOrder } from './launch-order';
import { fitPhases, splitPhases } from './phases';

/** What a timeline shows. */
export interface ITimelineScope {
  readonly application: Application;
  /** Stage attempts whose tasks to show, growing at will; null means all. */
  readonly stages: readonly StageAttempt[] | null;
}

/**
 * A task whose executor has no core left waits so long (ms of the driver's
 * time) to be shown: the end that made room for it is on its way, and a lane
 * that comes and goes would make the picture jump.
 */
const PATIENCE_MS = 1000;

/** Idle executors are shown up to so many lanes; beyond, only busy ones. */
const MOST_IDLE_LANES = 64;

/**
 * The tasks of a timeline in their lanes, kept up to date as the model grows:
 * an update costs what is new, not what there is. (Derivation 2 of the
 * timeline: rows → lanes → range → what is drawn.)
 */
export class TimelineLanes {
  /** How many tasks there are in all lanes. */
  count = 0;
  /** Earliest launch, ms since 1970; Infinity when there is no task. */
  from = Infinity;
  /** Latest end among ended tasks; -Infinity when there is none. */
  to = -Infinity;
  failed = 0;
  killed = 0;
  /** Counts the updates that changed anything. */
  revision = 0;

  /** What was asked for, and what that is now. */
  private wanted: ITimelineScope;
  private scope: ITimelineScope;
  private assigner: LaneAssigner;
  private columns: LaneColumns[] = [];
  private shown: readonly LaneColumns[] = [];
  private readonly taken = new Map<string, number>();
  private takenRows = 0;
  /** How many tasks had been forgotten when the lanes were given. */
  private released = 0;
  /** Rows that wait for the end that made room for them. */
  private waiting: number[] = [];
  private lastLaunch = -Infinity;
  private sinceRebuild = 0;
  private readonly phases = new Float64Array(LANE_SUMS);

  constructor(scope: ITimelineScope) {
    this.wanted = scope;
    this.scope = shownOf(scope);
    this.assigner = new LaneAssigner(coresOf(scope.application));
  }

  /** The lanes in the order to show them, idle ones among them. */
  get lanes(): readonly LaneColumns[] {
    return this.shown;
  }

  /** How many tasks run. */
  get running(): number {
    let running = 0;
    for (const lane of this.columns) {
      running += lane.isOpen ? 1 : 0;
    }
    return running;
  }

  /**
   * For how long cores were there up to `to`, added up: executors come and go.
   * A core counts from its executor's start, or its first task if that is
   * known to be earlier.
   */
  coreTimeMs(to: number): number {
    const { executors } = this.scope.application;
    let sum = 0;
    for (const lane of this.shown) {
      const executor = executors.get(lane.executor);
      const first = lane.count > 0 ? lane.starts[0]! : Infinity;
      const came = Math.min(executor?.addTime ?? this.from, first);
      const went = Math.min(executor?.removeTime ?? to, to);
      sum += Math.max(0, went - Math.max(came, this.from));
    }
    return sum;
  }

  /**
   * Take in what the model has learnt since the last call.
   *
   * @param wanted - the same application and at least the same stages as
   *   before; anything else starts over.
   */
  update(wanted: ITimelineScope = this.wanted): void {
    this.wanted = wanted;
    const scope = shownOf(wanted);
    const same =
      scope.application === this.scope.application &&
      (scope.stages === null) === (this.scope.stages === null) &&
      // Tasks that are shown may be gone, and others have their rows.
      scope.application.tasks.released === this.released;
    this.scope = scope;
    if (!same || !this.hasAllStages(scope)) {
      this.rebuild();
      return;
    }
    const closed = this.closeEnded();
    // Rebuilding only after an eighth is new keeps the cost a task constant.
    const due = this.sinceRebuild * 8 >= this.count || this.count < 20000;
    if (this.assigner.isUnsettled && closed && due) {
      this.rebuild();
      return;
    }
    this.add();
  }

  private hasAllStages(scope: ITimelineScope): boolean {
    if (!scope.stages || this.taken.size === 0) {
      return true;
    }
    const keys = new Set(scope.stages.map(stage => stage.key));
    return [...this.taken.keys()].every(key => keys.has(key));
  }

  private rebuild(): void {
    this.released = this.scope.application.tasks.released;
    this.assigner = new LaneAssigner(coresOf(this.scope.application));
    this.columns = [];
    this.revision++;
    this.taken.clear();
    this.takenRows = 0;
    this.waiting = [];
    this.lastLaunch = -Infinity;
    this.sinceRebuild = 0;
    this.count = this.failed = this.killed = 0;
    this.from = Infinity;
    this.to = -Infinity;
    this.add();
    this.sinceRebuild = 0;
  }

  private add(): void {
    const { tasks } = this.scope.application;
    const order = launchOrder(tasks, this.freshRows());
    this.waiting = [];
    for (const row of order) {
      if (!this.place(row)) {
        this.rebuild();
        return;
      }
    }
    const placed = order.length - this.waiting.length;
    this.revision += placed > 0 ? 1 : 0;
    this.count += placed;
    this.sinceRebuild += placed;
    this.arrange();
  }

  /** @returns false when something older came later (a backfill), so that lanes must be given again. */
  private place(row: number): boolean {
    const { application } = this.scope;
    const { tasks, strings } = application;
    const launch = tasks.launchTime[row]!;
    const runs = tasks.state[row] === TaskState.running;
    const end = runs ? Infinity : launch + tasks.durationMs[row]!;
    const number = this.assigner.assign(
      strings[tasks.executor[row]!] ?? '',
      launch,
      end,
      executorBusyMs(tasks, row),
      application.now - launch > PATIENCE_MS
    );
    if (number < 0) {
      this.waiting.push(row);
      return true;
    }
    const lane = this.laneAt(number);
    const last = lane.count - 1;
    if (last >= 0 && lane.starts[last]! > launch) {
      return false;
    }
    if (last >= 0 && lane.ends[last]! > launch) {
      // The bar before it ends where this one begins.
      this.sumLast(lane, launch);
    }
    lane.push(row, launch, end);
    if (!runs) {
      this.countEnd(row);
      this.sumLast(lane, end);
    }
    this.from = Math.min(this.from, launch);
    this.lastLaunch = Math.max(this.lastLaunch, launch);
    return true;
  }

  /** Rows that came since the last call; null for all of the application. */
  private freshRows(): Int32Array | null {
    const { application, stages } = this.scope;
    if (!stages) {
      const count = application.tasks.length;
      const first = this.takenRows;
      this.takenRows = count;
      if (first === 0) {
        return null;
      }
      const rows = new Int32Array(this.waiting.length + count - first);
      rows.set(this.waiting);
      for (let row = first, i = this.waiting.length; row < count; row++, i++) {
        rows[i] = row;
      }
      return rows;
    }
    const parts: Int32Array[] = [Int32Array.from(this.waiting)];
    for (const stage of stages) {
      const taken = this.taken.get(stage.key) ?? 0;
      this.taken.set(stage.key, stage.rows.length);
      parts.push(stage.rows.view().subarray(taken));
    }
    const rows = new Int32Array(parts.reduce((n, part) => n + part.length, 0));
    let at = 0;
    for (const part of parts) {
      rows.set(part, at);
      at += part.length;
    }
    return rows;
  }

  private laneAt(lane: number): LaneColumns {
    for (let i = this.columns.length; i < this.assigner.keys.length; i++) {
      const key = this.assigner.keys[i]!;
      this.columns.push(new LaneColumns(key.executor, key.core));
    }
    return this.columns[lane]!;
  }

  /** The sums of a lane's last task, which left it at `end`. */
  private sumLast(lane: LaneColumns, end: number): void {
    const { tasks } = this.scope.application;
    const last = lane.count - 1;
    const row = lane.rows[last]!;
    const { phases } = this;
    splitPhases(tasks, row, end, phases);
    fitPhases(phases, end - lane.starts[last]!);
    const state = tasks.state[row]!;
    phases[LaneSum.gcMs] = tasks.gcTimeMs[row]!;
    phases[LaneSum.failed] = state === TaskState.failed ? 1 : 0;
    phases[LaneSum.killed] = state === TaskState.killed ? 1 : 0;
    lane.setLast(end, phases);
  }

  private countEnd(row: number): void {
    const { tasks } = this.scope.application;
    const state = tasks.state[row]!;
    this.failed += state === TaskState.failed ? 1 : 0;
    this.killed += state === TaskState.killed ? 1 : 0;
    const end = tasks.launchTime[row]! + tasks.durationMs[row]!;
    this.to = Math.max(this.to, end);
  }

  /** Close the bars whose tasks have ended meanwhile. */
  private closeEnded(): boolean {
    const { tasks } = this.scope.application;
    let closed = false;
    this.columns.forEach((lane, number) => {
      const row = lane.rows[lane.count - 1];
      if (
        !lane.isOpen ||
        row === undefined ||
        tasks.state[row] === TaskState.running
      ) {
        return;
      }
      const end = tasks.launchTime[row]! + tasks.durationMs[row]!;
      const done = tasks.launchTime[row]! + executorBusyMs(tasks, row);
      this.assigner.close(number, end, done);
      this.countEnd(row);
      this.sumLast(lane, end);
      closed = true;
    });
    this.revision += closed ? 1 : 0;
    return closed;
  }

  /** Put the lanes in order, with those of executors that got no task. */
  private arrange(): void {
    for (const executor of this.scope.application.executors.values()) {
      const known = this.assigner.keys.length;
      const there =
        executor.addTime <= this.lastLaunch &&
        (executor.removeTime === null || executor.removeTime >= this.from);
      if (
        there &&
        executor.cores > 0 &&
        known + executor.cores <= MOST_IDLE_LANES
      ) {
        this.assigner.lanesOf(executor.id);
      }
    }
    if (this.assigner.keys.length > 0) {
      this.laneAt(this.assigner.keys.length - 1);
    }
    if (this.shown.length !== this.columns.length || this.isNew()) {
      this.shown = laneOrder(this.assigner.keys).map(
        lane => this.columns[lane]!
      );
    }
  }

  private isNew(): boolean {
    return this.shown[0] !== undefined && !this.columns.includes(this.shown[0]);
  }
}

/** All of an application, stage by stage once rows of the table have been used again: then they no longer say what is new. */
function shownOf(scope: ITimelineScope): ITimelineScope {
  const { application, stages } = scope;
  return stages === null && application.tasks.released > 0
    ? { application, stages: [...application.stages.values()] }
    : scope;
}
