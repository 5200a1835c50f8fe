import { firstEndAfter } from '../../analysis/timeline-columns';
import { LaneSum, type LaneColumns } from '../../analysis/lane-columns';
import {
  fitPhases,
  PHASE_COUNT,
  PhaseIndex,
  splitPhases
} from '../../analysis/phases';
import { TaskFlag, TaskState, type Application } from '../../model';
import { Pattern, type IBarColumns } from '../../draw/renderer';
import type { TimeScale } from '../../draw/time-scale';

/** Fill indices after the phases. */
export const BarFill = {
  failed: PHASE_COUNT,
  killed: PHASE_COUNT + 1,
  /** Nothing but a pattern. */
  none: 255
} as const;

/** A task's number on its bar. */
export interface IBarLabel {
  /** Row of the task table. */
  readonly task: number;
  readonly start: number;
  readonly end: number;
  readonly lane: number;
  readonly fill: number;
}

/** What the bars show, beside the lanes. */
export interface IBarRequest {
  readonly application: Application;
  readonly lanes: readonly LaneColumns[];
  /** Lanes `first` … `last - 1`; row 0 of the bars is lane `first`. */
  readonly first: number;
  readonly last: number;
  readonly scale: TimeScale;
  /** Device pixels of a CSS pixel: nothing thinner is drawn. */
  readonly ratio: number;
  readonly now: number;
  readonly gap: number;
  /** Fade tasks of other stages than this one (index into `stageList`). */
  readonly onlyStage: number | null;
}

/** Bars narrower than this carry no number. */
const LABEL_FROM = 24;
/** What a cross at the end of a bar takes of it. */
const CROSS_WIDTH = 16;

/** Columns that grow, so that a frame allocates nothing. */
export class Bars implements IBarColumns {
  count = 0;
  starts = new Float64Array(256);
  ends = new Float64Array(256);
  rows = new Uint16Array(256);
  fills = new Uint8Array(256);
  patterns = new Uint8Array(256);
  labels: IBarLabel[] = [];

  private readonly phases = new Float64Array(PHASE_COUNT);

  /** Take all bars away. */
  clear(): void {
    this.count = 0;
    this.labels = [];
  }

  /** Make bars of the tasks in view: one a phase wide enough to be seen. */
  build(request: IBarRequest): void {
    this.clear();
    const { from, to } = request.scale;
    for (let l = request.first; l < request.last; l++) {
      const lane = request.lanes[l]!;
      let i = firstEndAfter(lane.ends, 0, lane.count, from);
      for (; i < lane.count && lane.starts[i]! < to; i++) {
        this.task(request, lane, i, l - request.first);
      }
    }
  }

  private task(
    request: IBarRequest,
    lane: LaneColumns,
    i: number,
    row: number
  ): void {
    const { application, scale, now } = request;
    const { tasks } = application;
    const task = lane.rows[i]!;
    const start = lane.starts[i]!;
    const runs = lane.ends[i] === Infinity;
    const end = runs ? Math.max(now, start) : lane.ends[i]!;
    const state = tasks.state[task]!;
    const px = (end - start) * scale.perMs;
    // Only what is wide enough can spare a gap.
    const next = i + 1 < lane.count ? lane.starts[i + 1]! : Infinity;
    const shown =
      px > 3 && next - end < request.gap / scale.perMs
        ? end - request.gap / scale.perMs
        : end;
    const faded =
      request.onlyStage !== null && tasks.stage[task] !== request.onlyStage
        ? Pattern.faded
        : 0;
    if (state === TaskState.failed || state === TaskState.killed) {
      const failed = state === TaskState.failed;
      this.add(
        start,
        shown,
        row,
        failed ? BarFill.failed : BarFill.killed,
        faded | (failed ? Pattern.cross : Pattern.killed)
      );
      if (failed) {
        const cross = CROSS_WIDTH / request.scale.perMs;
        this.label(request, task, start, shown - cross, row, this.count - 1);
      }
      return;
    }
    this.split(lane, i, application, end, runs);
    this.pieces(request, lane, i, shown, row, faded, task);
    if (runs) {
      this.add(start, shown, row, BarFill.none, Pattern.edge);
    }
    if (tasks.flags[task]! & TaskFlag.speculative) {
      this.add(start, shown, row, BarFill.none, Pattern.outline | faded);
    }
  }

  private split(
    lane: LaneColumns,
    i: number,
    application: Application,
    end: number,
    runs: boolean
  ): void {
    if (runs) {
      splitPhases(application.tasks, lane.rows[i]!, end, this.phases);
      fitPhases(this.phases, end - lane.starts[i]!);
      return;
    }
    for (let p = 0; p < PHASE_COUNT; p++) {
      this.phases[p] = lane.sum(p, i, i + 1);
    }
  }

  /** The phases one after the other, each from pixel to pixel. */
  private pieces(
    request: IBarRequest,
    lane: LaneColumns,
    i: number,
    shown: number,
    row: number,
    faded: number,
    task: number
  ): void {
    const { scale, ratio } = request;
    const snap = (time: number): number => Math.round(scale.x(time) * ratio);
    let at = lane.starts[i]!;
    let widest = -1;
    let widestMs = -1;
    let any = false;
    for (let p = 0; p < PHASE_COUNT; p++) {
      const ms = this.phases[p]!;
      const to = Math.min(at + ms, shown);
      if (ms > 0 && snap(to) > snap(at)) {
        this.add(at, to, row, p, faded);
        any = true;
        if (to - at > widestMs) {
          widestMs = to - at;
          widest = this.count - 1;
        }
        if (p === PhaseIndex.compute) {
          this.garbage(
            request,
            lane.sum(LaneSum.gcMs, i, i + 1),
            at,
            to,
            row,
            faded
          );
        }
      }
      at = Math.min(at + ms, shown);
    }
    if (!any) {
      this.add(lane.starts[i]!, shown, row, this.dominant(), faded);
    } else if (widest >= 0) {
      this.label(
        request,
        task,
        this.starts[widest]!,
        this.ends[widest]!,
        row,
        widest
      );
    }
  }

  private dominant(): number {
    let most = PhaseIndex.compute as number;
    for (let p = 0; p < PHASE_COUNT; p++) {
      if (this.phases[p]! > this.phases[most]!) {
        most = p;
      }
    }
    return most;
  }

  /** Garbage collection has a length but no place: it goes to compute's end. */
  private garbage(
    request: IBarRequest,
    gcMs: number,
    at: number,
    to: number,
    row: number,
    faded: number
  ): void {
    const from = Math.max(at, to - gcMs);
    if ((to - from) * request.scale.perMs >= 2) {
      this.add(from, to, row, BarFill.none, Pattern.hatch | faded);
    }
  }

  private label(
    request: IBarRequest,
    task: number,
    start: number,
    end: number,
    row: number,
    bar: number
  ): void {
    // A bar that begins left of the screen carries its number on the screen.
    const from = Math.max(start, request.scale.from);
    const to = Math.min(end, request.scale.to);
    const faded = (this.patterns[bar]! & Pattern.faded) !== 0;
    if (!faded && (to - from) * request.scale.perMs >= LABEL_FROM) {
      this.labels.push({
        task,
        start: from,
        end: to,
        lane: row,
        fill: this.fills[bar]!
      });
    }
  }

  /** Append a bar. */
  add(
    start: number,
    end: number,
    row: number,
    fill: number,
    pattern: number
  ): void {
    if (this.count === this.starts.length) {
      this.grow();
    }
    const i = this.count++;
    this.starts[i] = start;
    this.ends[i] = Math.max(end, start);
    this.rows[i] = row;
    this.fills[i] = fill;
    this.patterns[i] = pattern;
  }

  private grow(): void {
    const size = this.starts.length * 2;
    const wider = <T extends { set(from: T): void }>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.starts = wider(this.starts, new Float64Array(size));
    this.ends = wider(this.ends, new Float64Array(size));
    this.rows = wider(this.rows, new Uint16Array(size));
    this.fills = wider(this.fills, new Uint8Array(size));
    this.patterns = wider(this.patterns, new Uint8Array(size));
  }
}

/** More bars than this are drawn as an image whatever their width. */
const MOST_TASKS = 4000;
/** From this width on a task is a bar of its own. */
const BAR_FROM = 3;
const SAMPLE = 256;

/**
 * Whether tasks are wide enough to be drawn one by one: the median of those
 * in view (of a sample, when there are many) is 3 px or more.
 */
export function drawsBars(
  lanes: readonly LaneColumns[],
  first: number,
  last: number,
  scale: TimeScale,
  now: number
): boolean {
  const stretches: { lane: LaneColumns; from: number; to: number }[] = [];
  let count = 0;
  for (let l = first; l < last; l++) {
    const lane = lanes[l]!;
    const from = firstEndAfter(lane.ends, 0, lane.count, scale.from);
    let to = firstEndAfter(lane.starts, from, lane.count, scale.to);
    to = Math.max(to, from);
    stretches.push({ lane, from, to });
    count += to - from;
  }
  if (count === 0 || count > MOST_TASKS) {
    return count === 0;
  }
  const stride = Math.max(1, Math.floor(count / SAMPLE));
  const widths: number[] = [];
  let skip = 0;
  for (const { lane, from, to } of stretches) {
    let i = from + skip;
    for (; i < to; i += stride) {
      const end = Math.min(lane.ends[i]!, now);
      widths.push((end - lane.starts[i]!) * scale.perMs);
    }
    skip = i - to;
  }
  widths.sort((a, b) => a - b);
  return widths[widths.length >> 1]! >= BAR_FROM;
}
