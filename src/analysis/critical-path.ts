// An aggregate (3) of tasks, jobs and SQL executions: where the time of a scope went.
import { TaskFlag, type Application, type StageAttempt } from '../model';
import { openWork, type IOpenWork, type OpenWork } from './open-work';
import { fitPhases, PHASE_COUNT, PhaseIndex, splitPhases } from './phases';
import type { IScope } from './scope';
import {
  orderOf,
  taskSpans,
  timeWindow,
  type ITimeWindow
} from './time-window';

/** What time goes to, in the order in which it is drawn. */
export const TIME_PARTS = [
  /** Nothing was asked of Spark: the cell's own Python. */
  'driver',
  'planning',
  'scheduling',
  'waiting',
  'reading',
  'computing',
  'python',
  'shuffling',
  'collecting'
] as const;

export type TimePart = (typeof TIME_PARTS)[number];

/** The piece of the path that one task is. */
export interface IPathTask {
  readonly application: Application;
  readonly stage: StageAttempt;
  readonly row: number;
  readonly ms: number;
}

/** Where the time of a scope went. */
export interface ITimeSplit {
  readonly window: ITimeWindow;
  readonly wallMs: number;
  /** ms of each part; they add up to `wallMs`. */
  readonly partsMs: Readonly<Record<TimePart, number>>;
  /** The task that has most of it. */
  readonly longest: IPathTask | null;
  /** Tasks of which nothing more is known than that they ran; their time is not in it. */
  readonly droppedRows: number;
}

/**
 * Follow what a scope waited for from its end back to its start, as the critical path method does (Kelley and Walker, 1959): the task that
 * ended last, before it the last that had ended when that one was launched (it freed the core, or was the last of the stage before), and
 * so on. A task's time is split by its phases (`phases.ts`); time between tasks by what was open then (`open-work.ts`). Every millisecond
 * of the window is in exactly one part.
 *
 * Its limits:
 * - Jobs of several threads are followed as one: whichever task ended last.
 * - What Spark plans before it announces a query, and what Python does with rows that came, counts as the cell's own Python.
 * - In a query, time without a job is planning: building the table of a broadcast and committing what was written are in it.
 * - No event says how long a task read. In tasks that read files it is the time in which their thread was neither on a CPU nor stopped by
 *   the garbage collector; where a Python worker is part of the task that same time is Python's.
 */
export function timeSplit(scope: IScope): ITimeSplit | null {
  const window = timeWindow(scope);
  return window && new Path(window).follow();
}

class Path {
  constructor(private readonly _window: ITimeWindow) {
    this._open = openWork(_window);
    this._at = this._open.length - 1;
  }

  follow(): ITimeSplit {
    const { from, to, parts } = this._window;
    const spans = taskSpans(parts);
    const order = orderOf(spans.finish);
    let cursor = to;
    for (let i = order.length - 1; i >= 0 && cursor > from; i--) {
      const task = order[i]!;
      const finish = spans.finish[task]!;
      if (finish > cursor) {
        continue;
      }
      if (finish <= from) {
        break;
      }
      this._between(finish, cursor);
      cursor = Math.max(from, spans.launch[task]!);
      const { application } = parts[spans.part[task]!]!;
      this._task(application, spans.row[task]!, finish - cursor);
    }
    this._between(from, cursor);
    return {
      window: this._window,
      wallMs: to - from,
      partsMs: this._partsMs,
      longest: this._longest,
      droppedRows: parts.reduce(
        (sum, { stages }) =>
          sum + stages.reduce((rows, stage) => rows + stage.droppedRows, 0),
        0
      )
    };
  }

  /** Time without a task of the path; called with ever earlier times. */
  private _between(from: number, to: number): void {
    let end = to;
    while (end > from) {
      while (this._at > 0 && this._open[this._at]!.at >= end) {
        this._at--;
      }
      const { at, work } = this._open[this._at]!;
      const begin = this._at === 0 ? from : Math.max(from, at);
      this._partsMs[work satisfies OpenWork] += end - begin;
      end = begin;
    }
  }

  private _task(application: Application, row: number, ms: number): void {
    const { tasks, now } = application;
    const stage = application.stageList[tasks.stage[row]!]!;
    const phases = this._phases;
    const total = splitPhases(tasks, row, now, phases);
    fitPhases(phases, total);
    if (!this._longest || ms > this._longest.ms) {
      this._longest = { application, stage, row, ms };
    }
    const onCpu =
      Math.round(tasks.cpuTimeNs[row]! / 1e6) + tasks.gcTimeMs[row]!;
    const measured = (tasks.flags[row]! & TaskFlag.metrics) !== 0;
    const compute = phases[PhaseIndex.compute]!;
    const off = measured ? Math.max(0, compute - onCpu) : 0;
    const part = (...indices: number[]): number =>
      indices.reduce((sum, index) => sum + phases[index]!, 0);
    // Of a task that was there before the window, its last phases may be longer than what is left of it.
    let left = ms;
    const give = (to: TimePart, wanted: number): void => {
      const given = Math.min(left, wanted);
      this._partsMs[to] += given;
      left -= given;
    };
    give('scheduling', part(PhaseIndex.schedulerDelay, PhaseIndex.deserialize));
    give('shuffling', part(PhaseIndex.shuffleRead, PhaseIndex.shuffleWrite));
    give(
      'collecting',
      part(PhaseIndex.resultSerialization, PhaseIndex.gettingResult)
    );
    if (usesPython(stage)) {
      give('python', off);
    } else if (tasks.inputBytes[row]! > 0) {
      give('reading', off);
    }
    give('computing', Infinity);
  }

  private readonly _open: readonly IOpenWork[];
  private _at: number;
  private readonly _phases = new Float64Array(PHASE_COUNT);
  private _longest: IPathTask | null = null;
  private readonly _partsMs: Record<TimePart, number> = {
    driver: 0,
    planning: 0,
    scheduling: 0,
    waiting: 0,
    reading: 0,
    computing: 0,
    python: 0,
    shuffling: 0,
    collecting: 0
  };
}

const python = new WeakMap<StageAttempt, boolean>();

/** Whether a Python worker is part of a stage's tasks: told from its RDDs. */
export function usesPython(stage: StageAttempt): boolean {
  let uses = python.get(stage);
  if (uses === undefined) {
    uses = stage.rddInfos.some(
      rdd =>
        rdd.Name === 'PythonRDD' ||
        /Python|InPandas|InArrow/.test(rdd.Scope ?? '')
    );
    if (stage.rddInfos.length > 0) {
      python.set(stage, uses);
    }
  }
  return uses;
}
