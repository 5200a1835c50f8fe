// Derived (3): the one thing worth saying of a stage's partitions, and which stage to show first.
import { TaskState, type Application, type StageAttempt } from '../model';
import {
  countsBatches,
  partitionNumber,
  partitionsOf,
  usedMetrics,
  valuesOf,
  type IPartitions,
  type PartitionMetric
} from './partitions';
import { elapsedMs } from './phases';
import type { IScope } from './scope';
import { maxOverOthers, skewOf, topShare, type ISkew } from './skew';
import { stageDurationMs } from './stage-table';

/** The one thing worth saying of a stage's partitions, by one measure. */
export type PartitionsVerdict =
  /** Its tasks are known in numbers only. */
  | { readonly kind: 'unknown'; readonly count: number }
  | { readonly kind: 'running'; readonly done: number; readonly count: number }
  /** One still runs, while most have long been done. */
  | {
      readonly kind: 'slow';
      readonly partition: number;
      readonly timeMs: number;
      readonly medianMs: number;
    }
  /** All there is is in one partition. */
  | { readonly kind: 'single'; readonly timeMs: number }
  | {
      readonly kind: 'skewed';
      readonly metric: PartitionMetric;
      readonly partition: number;
      readonly share: number;
      readonly timeMs: number;
      readonly stageMs: number;
    }
  | { readonly kind: 'empty'; readonly empty: number; readonly count: number }
  | {
      readonly kind: 'even';
      readonly metric: PartitionMetric;
      readonly count: number;
      /** Largest by median. */
      readonly times: number;
    };

/** A partition is large when it is so many times as large as the others' median: no task waits twice as long for nothing. */
const LARGE = 2;
/** … and has such a part of the whole, or takes such a part of the stage's time: of thousands, one is always twice as large. */
const NOTABLE = { share: 0.1, time: 0.25 };
/** Below this nobody waits for the difference, by unit: rows, bytes, ms. */
const WORTH = { rows: 100, bytes: 4096, ms: 100 };
/** So many partitions with nothing in half of them are too many. */
const MANY = 8;

/** What is known of a stage's partitions. */
export interface IMeasured {
  readonly application: Application;
  readonly stage: StageAttempt;
  readonly partitions: IPartitions;
  readonly metric: PartitionMetric;
  readonly values: Float64Array;
  readonly skew: ISkew;
}

/** Measure the partitions of a stage. */
export function measure(
  application: Application,
  stage: StageAttempt,
  metric: PartitionMetric,
  now: number,
  partitions = partitionsOf(application, stage)
): IMeasured {
  const values = valuesOf(application, partitions, metric, now);
  const skew = skewOf(values);
  return { application, stage, partitions, metric, values, skew };
}

/** Judge the partitions of a stage by what was measured. */
export function judgePartitions(
  measured: IMeasured,
  now: number
): PartitionsVerdict {
  const { application, stage, partitions, metric, skew } = measured;
  const { count } = partitions;
  const timeMs = timeOf(measured, now);
  if (stage.rows.length === 0 && stage.droppedRows > 0) {
    return { kind: 'unknown', count };
  }
  if (stage.status === 'active' && application.endTime === null) {
    return slowOf(measured, now) ?? runningOf(stage, count);
  }
  const used = count - skew.empty;
  if (count === 1 || (used === 1 && metric !== 'timeMs')) {
    return { kind: 'single', timeMs };
  }
  if (isSkewed(measured, now)) {
    return {
      kind: 'skewed',
      metric,
      partition: partitionNumber(application.tasks, partitions, skew.maxAt),
      share: topShare(skew),
      timeMs,
      stageMs: lengthOf(measured, now)
    };
  }
  if (count >= MANY && skew.empty * 2 >= count && metric !== 'spillBytes') {
    return { kind: 'empty', empty: skew.empty, count };
  }
  const times = skew.median > 0 ? skew.max / skew.median : 1;
  return { kind: 'even', metric, count, times };
}

/** How long the largest partition took, ms. */
function timeOf(
  { application, partitions, skew }: IMeasured,
  now: number
): number {
  const row = partitions.rows[skew.maxAt] ?? -1;
  return row < 0 ? 0 : elapsedMs(application.tasks, row, now);
}

function lengthOf({ application, stage }: IMeasured, now: number): number {
  return stageDurationMs(stage, application.endTime ?? now) ?? 0;
}

function runningOf(stage: StageAttempt, count: number): PartitionsVerdict {
  return { kind: 'running', done: stage.numCompletedIndices, count };
}

/** The partition that runs longest, when most are done and it takes far longer than they took. */
function slowOf(
  { application, partitions }: IMeasured,
  now: number
): PartitionsVerdict | null {
  const { tasks } = application;
  const times = valuesOf(application, partitions, 'timeMs', now);
  let slowest = -1;
  let done = 0;
  for (let i = 0; i < partitions.count; i++) {
    const row = partitions.rows[i]!;
    const state = row < 0 ? -1 : tasks.state[row]!;
    done += state === TaskState.succeeded ? 1 : 0;
    if (
      state === TaskState.running &&
      (slowest < 0 || times[i]! > times[slowest]!)
    ) {
      slowest = i;
    }
  }
  if (slowest < 0 || done * 2 < partitions.count || done < 2) {
    return null;
  }
  const ended = times.filter((_, i) => {
    const row = partitions.rows[i]!;
    return row >= 0 && tasks.state[row] === TaskState.succeeded;
  });
  const medianMs = skewOf(ended).median;
  const timeMs = times[slowest]!;
  return timeMs >= LARGE * Math.max(medianMs, WORTH.ms)
    ? {
        kind: 'slow',
        partition: partitionNumber(tasks, partitions, slowest),
        timeMs,
        medianMs
      }
    : null;
}

/** Whether the largest partition is so large that somebody waits for it. */
function isSkewed(measured: IMeasured, now: number): boolean {
  const { metric, skew } = measured;
  const worth =
    metric === 'timeMs'
      ? WORTH.ms
      : metric === 'rowsIn' || metric === 'rowsOut'
        ? WORTH.rows
        : WORTH.bytes;
  const isNotable =
    topShare(skew) >= NOTABLE.share ||
    timeOf(measured, now) >= NOTABLE.time * lengthOf(measured, now);
  return skew.max >= worth && maxOverOthers(skew.sorted) >= LARGE && isNotable;
}

/** Tried in this order: the first by which a stage is uneven is the one to show. */
const TELLING: readonly PartitionMetric[] = [
  'rowsIn',
  'shuffleReadBytes',
  'inputBytes',
  'timeMs',
  'rowsOut',
  'shuffleWriteBytes'
];

/**
 * The measure that says most of a stage: the first by which it is uneven, else its rows, else its time. While it runs that is its
 * time: rows and bytes become known at a task's end.
 */
export function tellingMetric(
  application: Application,
  stage: StageAttempt,
  now: number
): PartitionMetric {
  if (stage.status === 'active' && application.endTime === null) {
    return 'timeMs';
  }
  const used = usedMetrics(stage);
  const counts = !countsBatches(stage);
  const tried = TELLING.filter(
    metric =>
      used.includes(metric) &&
      (counts || (metric !== 'rowsIn' && metric !== 'rowsOut'))
  );
  const partitions = partitionsOf(application, stage);
  const uneven = tried.find(metric =>
    isSkewed(measure(application, stage, metric, now, partitions), now)
  );
  return uneven ?? tried[0] ?? 'timeMs';
}

/** A stage of a scope that has partitions to show, and why it is shown first. */
export interface IStageChoice {
  readonly application: Application;
  readonly stage: StageAttempt;
}

/** Why a stage is shown before any was chosen. */
export type ChoiceReason = 'running' | 'skewed' | 'longest' | 'only';

/** Only so many of the longest stages are searched for unevenness. */
const MOST_SEARCHED = 32;

/** Finds the stage to show first; finished stages are judged once. */
export class StageSearch {
  private readonly known = new WeakMap<StageAttempt, boolean>();

  /** The stages of a scope of which at least one task has been started, in their order. */
  stages(scope: IScope): IStageChoice[] {
    return scope
      .parts()
      .flatMap(({ application, stages }) =>
        stages
          .filter(stage => stage.rows.length + stage.droppedRows > 0)
          .map(stage => ({ application, stage }))
      );
  }

  /** The stage that runs; else of the uneven ones the longest; else the longest. */
  first(
    choices: readonly IStageChoice[]
  ): (IStageChoice & { reason: ChoiceReason }) | null {
    const byLength = choices
      .map(choice => {
        const { application, stage } = choice;
        const now = application.endTime ?? application.now;
        return { ...choice, ms: stageDurationMs(stage, now) ?? 0 };
      })
      .sort((a, b) => b.ms - a.ms);
    const longest = byLength[0];
    if (!longest) {
      return null;
    }
    if (choices.length === 1) {
      return { ...longest, reason: 'only' };
    }
    const running = byLength.find(
      ({ application, stage }) =>
        stage.status === 'active' && application.endTime === null
    );
    if (running) {
      return { ...running, reason: 'running' };
    }
    const skewed = byLength
      .slice(0, MOST_SEARCHED)
      .find(({ application, stage }) => this.isUneven(application, stage));
    return skewed
      ? { ...skewed, reason: 'skewed' }
      : { ...longest, reason: 'longest' };
  }

  private isUneven(application: Application, stage: StageAttempt): boolean {
    let uneven = this.known.get(stage);
    if (uneven === undefined) {
      const { now } = application;
      const metric = tellingMetric(application, stage, now);
      uneven = isSkewed(measure(application, stage, metric, now), now);
      if (stage.completionTime !== null && stage.numActiveTasks === 0) {
        this.known.set(stage, uneven);
      }
    }
    return uneven;
  }
}
