import { TaskState, type Application, type TaskTable } from '../model';
import { launchOrder } from './launch-order';

/** A lane: one core of one executor, as far as one can tell. */
export interface ILaneKey {
  /** `driver` or a number, as Spark names executors. */
  readonly executor: string;
  /** Counts from 0 within its executor. */
  readonly core: number;
}

/** Which task lies in which lane. */
export interface ILanes {
  /** Lane of the i-th of the rows that were asked for. */
  readonly lane: Uint16Array;
  /**
   * When the i-th task left its lane, ms since 1970: its finish, or the launch
   * of the next task there if that came first; Infinity while it runs.
   */
  readonly ends: Float64Array;
  readonly laneCount: number;
  /** In the order to show them: driver first, then executors by number. */
  readonly lanes: readonly ILaneKey[];
}

/** Executors in the order to list them: `driver`, numbers, other names. */
export function compareExecutors(a: string, b: string): number {
  const rank = (id: string): number =>
    id === 'driver' ? -1 : /^\d+$/.test(id) ? Number(id) : Infinity;
  const [x, y] = [rank(a), rank(b)];
  return x === y ? (a < b ? -1 : a > b ? 1 : 0) : x - y;
}

/** More lanes than this would not fit any screen, nor their column. */
const MOST_LANES = 65535;

/**
 * Gives tasks their lanes, in the order in which they were launched: the first
 * free lane of their executor.
 *
 * A task's finish time is the driver's: it is taken when the result has been
 * dealt with, which may be well after the executor's core took its next task.
 * (100,000 real tasks on 8 cores would need 92 lanes if finish times were
 * taken at their word, overlapping by up to 171 ms.) So an executor whose
 * cores are known gets as many lanes as cores: when all are taken, a task goes
 * to the lane whose task was done first *on the executor*, and that one's bar
 * ends there. Only tasks that still run can make more lanes than cores.
 */
export class LaneAssigner {
  /** The lanes in the order in which they came up. */
  readonly keys: ILaneKey[] = [];
  /**
   * Whether running tasks made more lanes than there are cores: their ends are
   * on the way, and the lanes should be given again when they have come.
   */
  isUnsettled = false;

  private readonly byExecutor = new Map<string, number[]>();
  private readonly ends: number[] = [];
  private readonly done: number[] = [];

  /** @param coresOf - cores of an executor; 0 when unknown. */
  constructor(private readonly coresOf: (executor: string) => number) {}

  /**
   * The lane of a task.
   *
   * @param end - when it finished by the driver's clock; Infinity while it runs.
   * @param executorMs - how long its executor was busy with it, at least.
   * @param mayExceed - whether it may get a lane beyond the executor's cores
   *   when tasks run on all of them.
   * @returns the number of its lane, or -1 when it would have to exceed.
   */
  assign(
    executor: string,
    launch: number,
    end: number,
    executorMs: number,
    mayExceed = true
  ): number {
    const lane = this.pick(executor, launch, mayExceed);
    if (lane < 0) {
      return lane;
    }
    this.ends[lane] = end;
    this.done[lane] = end === Infinity ? Infinity : launch + executorMs;
    return lane;
  }

  /** Tell that the last task of a lane has ended. */
  close(lane: number, end: number, done: number): void {
    this.ends[lane] = end;
    this.done[lane] = done;
  }

  /** All lanes of an executor, one a core, whether or not they get a task. */
  lanesOf(executor: string): readonly number[] {
    return this.known(executor);
  }

  private known(executor: string): number[] {
    let lanes = this.byExecutor.get(executor);
    if (!lanes) {
      lanes = [];
      this.byExecutor.set(executor, lanes);
      const cores = Math.min(this.coresOf(executor), 1024);
      for (let core = 0; core < cores; core++) {
        this.open(executor, lanes);
      }
    }
    return lanes;
  }

  private pick(executor: string, launch: number, mayExceed: boolean): number {
    const lanes = this.known(executor);
    let soonest = -1;
    for (const lane of lanes) {
      if (this.ends[lane]! <= launch) {
        return lane;
      }
      if (
        this.done[lane]! < Infinity &&
        (soonest < 0 || this.done[lane]! < this.done[soonest]!)
      ) {
        soonest = lane;
      }
    }
    const bounded = this.coresOf(executor) > 0;
    const mayShare = soonest >= 0 && (bounded || this.done[soonest]! <= launch);
    if (mayShare || this.keys.length >= MOST_LANES) {
      return Math.max(soonest, 0);
    }
    if (bounded && !mayExceed) {
      return -1;
    }
    this.isUnsettled = this.isUnsettled || bounded;
    return this.open(executor, lanes);
  }

  private open(executor: string, lanes: number[]): number {
    const lane = this.keys.length;
    this.keys.push({ executor, core: lanes.length });
    this.ends.push(-Infinity);
    this.done.push(-Infinity);
    lanes.push(lane);
    return lane;
  }
}

/** How long the executor was busy with an ended task, at least: its own clock. */
export function executorBusyMs(tasks: TaskTable, row: number): number {
  return Math.min(
    tasks.deserializeTimeMs[row]! +
      tasks.runTimeMs[row]! +
      tasks.resultSerializationTimeMs[row]!,
    tasks.durationMs[row]!
  );
}

/** Cores of an application's executors by id, 0 when unknown. */
export function coresOf(application: Application): (id: string) => number {
  return id => application.executors.get(id)?.cores ?? 0;
}

/** The order in which to show lanes: position → lane. */
export function laneOrder(keys: readonly ILaneKey[]): number[] {
  return keys
    .map((_, lane) => lane)
    .sort((a, b) => {
      const [x, y] = [keys[a]!, keys[b]!];
      return compareExecutors(x.executor, y.executor) || x.core - y.core;
    });
}

/**
 * Put tasks into lanes, one lane a core: O(n) for n tasks. Tasks of a lane
 * never overlap. Every known core of an executor that ran any of the tasks has
 * a lane, so an idle core shows as an empty one.
 *
 * @param rows - rows of the application's task table; null means all.
 */
export function assignLanes(
  application: Application,
  rows: Int32Array | null
): ILanes {
  const { tasks, strings } = application;
  const order = launchOrder(tasks, rows);
  const assigner = new LaneAssigner(coresOf(application));
  const count = order.length;
  const raw = new Uint16Array(count);
  const ends = new Float64Array(count);
  const lastOf: number[] = [];
  for (let i = 0; i < count; i++) {
    const row = order[i]!;
    const launch = tasks.launchTime[row]!;
    const runs = tasks.state[row] === TaskState.running;
    const end = runs ? Infinity : launch + tasks.durationMs[row]!;
    const lane = assigner.assign(
      strings[tasks.executor[row]!] ?? '',
      launch,
      end,
      executorBusyMs(tasks, row)
    );
    const last = lastOf[lane];
    if (last !== undefined && ends[last]! > launch) {
      ends[last] = launch;
    }
    lastOf[lane] = i;
    raw[i] = lane;
    ends[i] = end;
  }
  const shown = laneOrder(assigner.keys);
  const place = new Uint16Array(shown.length);
  shown.forEach((lane, position) => (place[lane] = position));
  return {
    ...inAskedOrder(order, rows, raw, place, ends),
    laneCount: shown.length,
    lanes: shown.map(lane => assigner.keys[lane]!)
  };
}

/** From launch order back to the order of the rows that were asked for. */
function inAskedOrder(
  order: Int32Array,
  rows: Int32Array | null,
  raw: Uint16Array,
  place: Uint16Array,
  ends: Float64Array
): { lane: Uint16Array; ends: Float64Array } {
  const lane = new Uint16Array(order.length);
  const left = new Float64Array(order.length);
  const positions = rows
    ? new Map(Array.from(rows, (row, position) => [row, position]))
    : null;
  for (let i = 0; i < order.length; i++) {
    const position = positions ? positions.get(order[i]!)! : order[i]!;
    lane[position] = place[raw[i]!]!;
    left[position] = ends[i]!;
  }
  return { lane, ends: left };
}
