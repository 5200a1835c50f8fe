import {
  TaskState,
  type Application,
  type StageAttempt,
  type TaskTable
} from '../model';
import { LaneSum, type LaneColumns } from './lane-columns';
import { elapsedMs, PHASE_COUNT, PhaseIndex } from './phases';
import type { TimelineLanes } from './timeline-lanes';

/** One task that kept its stage waiting. */
export interface IStraggler {
  readonly stageKey: string;
  readonly stageId: number;
  /** Row of the task table. */
  readonly row: number;
  /** Position in the task set. */
  readonly index: number;
  readonly durationMs: number;
  /** What half of the stage's tasks stayed below. */
  readonly medianMs: number;
}

/** What is worth saying about a timeline beyond its figures. */
export type TimelineReason =
  | { readonly kind: 'dropped'; readonly tasks: number }
  | { readonly kind: 'failed'; readonly attempts: number }
  | { readonly kind: 'straggler'; readonly task: IStraggler }
  | { readonly kind: 'starting'; readonly share: number }
  | { readonly kind: 'gc'; readonly share: number }
  | { readonly kind: 'fetch'; readonly share: number }
  | { readonly kind: 'idleCores'; readonly busy: number };

/** A timeline in figures; views put it into words. */
export interface ITimelineVerdict {
  /** Task attempts, running ones included. */
  readonly tasks: number;
  readonly running: number;
  readonly failed: number;
  readonly killed: number;
  /** Tasks that are not among them, as their detail was dropped. */
  readonly dropped: number;
  readonly cores: number;
  /** From the first launch to the last end (or to now). */
  readonly spanMs: number;
  /** Part of the time that cores were there in which they had a task, 0–1. */
  readonly busyShare: number;
  /** Part of the tasks' time that each phase took, by `PHASES`; adds up to 1. */
  readonly phaseShares: readonly number[];
  /** Part of the tasks' time that garbage collection took. */
  readonly gcShare: number;
  /** What stands out, gravest first, two at most. */
  readonly reasons: readonly TimelineReason[];
}

/** Time of a lane's tasks: the running one counts up to now. */
export function laneBusyMs(lane: LaneColumns, now: number): number {
  const running = lane.isOpen
    ? Math.max(0, now - lane.starts[lane.count - 1]!)
    : 0;
  return lane.busyMs + running;
}

/** When a timeline ends: at the last end, or now while something runs. */
export function timelineEnd(lanes: TimelineLanes, now: number): number {
  return lanes.running > 0 ? Math.max(lanes.to, now) : lanes.to;
}

/**
 * Judge a timeline.
 *
 * @param straggler - from {@link StragglerSearch}; kept apart as it costs more
 *   than all the rest, which is a few additions a lane.
 * @param dropped - how many tasks have no row any more.
 */
export function judgeTimeline(
  lanes: TimelineLanes,
  now: number,
  straggler: IStraggler | null,
  dropped = 0
): ITimelineVerdict {
  const { running } = lanes;
  const spanMs =
    lanes.count > 0 ? Math.max(timelineEnd(lanes, now) - lanes.from, 0) : 0;
  const sums = new Array<number>(PHASE_COUNT).fill(0);
  let busy = 0;
  let gc = 0;
  let busyLanes = 0;
  for (const lane of lanes.lanes) {
    busy += laneBusyMs(lane, now);
    busyLanes += lane.count > 0 ? 1 : 0;
    gc += lane.sum(LaneSum.gcMs, 0, lane.count);
    for (let p = 0; p < PHASE_COUNT; p++) {
      sums[p]! += lane.sum(p, 0, lane.count);
    }
    if (lane.isOpen) {
      sums[PhaseIndex.compute]! += laneBusyMs(lane, now) - lane.busyMs;
    }
  }
  const coreTime = lanes.coreTimeMs(lanes.from + spanMs);
  const figures = {
    tasks: lanes.count,
    running,
    failed: lanes.failed,
    killed: lanes.killed,
    dropped,
    cores: lanes.lanes.length,
    spanMs,
    busyShare: coreTime > 0 ? busy / coreTime : 0,
    phaseShares: sums.map(sum => (busy > 0 ? sum / busy : 0)),
    gcShare: busy > 0 ? gc / busy : 0
  };
  const reasons = reasonsOf(figures, straggler, busyLanes);
  return { ...figures, reasons: reasons.slice(0, 2) };
}

/**
 * What holds of these, gravest first: tasks that are not drawn; failures; one task that took twice the
 * median or more and a tenth of the whole span longer; more than half of the
 * time spent starting tasks; a fifth on garbage collection (Spark's executors
 * page turns red at a tenth); a quarter waiting for a shuffle; half of the
 * cores or more without any task.
 */
function reasonsOf(
  figures: Omit<ITimelineVerdict, 'reasons'>,
  straggler: IStraggler | null,
  busyLanes: number
): TimelineReason[] {
  const reasons: TimelineReason[] = [];
  const share = (phase: number): number => figures.phaseShares[phase]!;
  const starting =
    share(PhaseIndex.schedulerDelay) + share(PhaseIndex.deserialize);
  if (figures.dropped > 0) {
    reasons.push({ kind: 'dropped', tasks: figures.dropped });
  }
  if (figures.failed > 0) {
    reasons.push({ kind: 'failed', attempts: figures.failed });
  }
  if (
    straggler &&
    straggler.durationMs - straggler.medianMs >= figures.spanMs / 10
  ) {
    reasons.push({ kind: 'straggler', task: straggler });
  }
  if (starting > 0.5) {
    reasons.push({ kind: 'starting', share: starting });
  }
  if (figures.gcShare > 0.2) {
    reasons.push({ kind: 'gc', share: figures.gcShare });
  }
  if (share(PhaseIndex.shuffleRead) > 0.25) {
    reasons.push({ kind: 'fetch', share: share(PhaseIndex.shuffleRead) });
  }
  if (figures.tasks > 0 && busyLanes * 2 <= figures.cores) {
    reasons.push({ kind: 'idleCores', busy: busyLanes });
  }
  return reasons;
}

/** So many durations are enough for a median nobody reads to the millisecond. */
const MEDIAN_SAMPLE = 4096;

/**
 * The task of a stage that took longest beside the median of the successful
 * ones; null when no task took twice the median, or fewer than three are known.
 */
export function stragglerOf(
  tasks: TaskTable,
  stage: StageAttempt,
  now: number
): IStraggler | null {
  const rows = stage.rows.view();
  const stride = Math.max(1, Math.ceil(rows.length / MEDIAN_SAMPLE));
  const sample: number[] = [];
  let slowest = -1;
  let most = -1;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const state = tasks.state[row]!;
    if (state !== TaskState.succeeded && state !== TaskState.running) {
      continue;
    }
    const ms = elapsedMs(tasks, row, now);
    if (ms > most) {
      most = ms;
      slowest = row;
    }
    if (state === TaskState.succeeded && i % stride === 0) {
      sample.push(ms);
    }
  }
  if (slowest < 0 || sample.length < 2 || rows.length < 3) {
    return null;
  }
  sample.sort((a, b) => a - b);
  const medianMs = sample[Math.floor(0.5 * sample.length)]!;
  if (most < 2 * Math.max(medianMs, 1)) {
    return null;
  }
  return {
    stageKey: stage.key,
    stageId: stage.id,
    row: slowest,
    index: tasks.index[slowest]!,
    durationMs: most,
    medianMs
  };
}

/** Finds the worst straggler of many stages; finished stages are read once. */
export class StragglerSearch {
  private readonly known = new Map<string, IStraggler | null>();

  /** @param stages - those of the application that the timeline shows. */
  worst(
    application: Application,
    stages: Iterable<StageAttempt>,
    now: number
  ): IStraggler | null {
    let worst: IStraggler | null = null;
    for (const stage of stages) {
      let found = this.known.get(stage.key);
      if (found === undefined) {
        found = stragglerOf(application.tasks, stage, now);
        if (stage.completionTime !== null && stage.numActiveTasks === 0) {
          this.known.set(stage.key, found);
        }
      }
      if (
        found &&
        (!worst ||
          found.durationMs - found.medianMs > worst.durationMs - worst.medianMs)
      ) {
        worst = found;
      }
    }
    return worst;
  }
}
