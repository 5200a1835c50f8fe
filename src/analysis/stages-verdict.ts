import { readFailure, type FailureKind } from './failure';
import { isOpen } from './run-stages';
import type { IScope } from './scope';
import type { IStageRow } from './stage-table';
import { stragglerOf } from './timeline-verdict';

/** Why a stage took as long as it did. */
export type StageCause =
  | {
      readonly kind: 'straggler';
      readonly index: number;
      readonly times: number;
    }
  | { readonly kind: 'fetch'; readonly share: number }
  | { readonly kind: 'gc'; readonly share: number }
  | { readonly kind: 'spill'; readonly bytes: number }
  | {
      readonly kind: 'fewTasks';
      readonly tasks: number;
      readonly cores: number;
    }
  | { readonly kind: 'shuffled'; readonly bytes: number }
  | { readonly kind: 'read'; readonly bytes: number }
  | { readonly kind: 'none' };

/** The one thing worth saying about some stages. */
export type StagesVerdict =
  /** No job, or none that is known to have stages. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'waiting'; readonly stages: number }
  | {
      readonly kind: 'running';
      readonly row: IStageRow;
      /** How many run, and how many come after them. */
      readonly active: number;
      readonly pending: number;
    }
  | { readonly kind: 'cancelled'; readonly row: IStageRow }
  /** Spark ended while it ran. */
  | { readonly kind: 'cutOff'; readonly row: IStageRow }
  | {
      readonly kind: 'failed';
      /** The last that failed for good. */
      readonly row: IStageRow;
      readonly failedStages: number;
      readonly failure: FailureKind;
      readonly headline: string;
    }
  /** All went well in the end, but a stage had to be run again. */
  | {
      readonly kind: 'repeated';
      readonly row: IStageRow;
      readonly failure: FailureKind;
    }
  | {
      readonly kind: 'dominant';
      readonly row: IStageRow;
      /** Its part of the time in which any stage ran, 0–1. */
      readonly share: number;
      readonly cause: StageCause;
    }
  | {
      readonly kind: 'done';
      readonly stages: number;
      readonly skipped: number;
      readonly failedTasks: number;
    };

/** A stage that takes this part of the time is worth naming. */
const DOMINANT = 0.5;
/** Nobody waits for less than this. */
const WORTH_MS = 500;

/** Judge the stages of a scope: the gravest thing that holds. */
export function judgeStages(
  scope: IScope,
  rows: readonly IStageRow[]
): StagesVerdict {
  const ran = rows.filter(row => row.status !== 'skipped' && !row.neverRan);
  if (ran.length === 0) {
    return rows.length === 0
      ? { kind: 'nothing' }
      : { kind: 'done', stages: 0, skipped: rows.length, failedTasks: 0 };
  }
  const running = isRunning(scope);
  const active = ran.filter(row => row.status === 'active');
  if (active.length > 0) {
    const pending = ran.filter(row => row.status === 'pending').length;
    const row = active.reduce((a, b) =>
      b.tasks - b.tasksDone > a.tasks - a.tasksDone ? b : a
    );
    return { kind: 'running', row, active: active.length, pending };
  }
  if (running && ran.every(row => row.status === 'pending')) {
    return { kind: 'waiting', stages: ran.length };
  }
  const done = doneOf(rows, ran);
  return (
    failureOf(ran) ?? (done.failedTasks > 0 ? done : (dominantOf(ran) ?? done))
  );
}

function isRunning(scope: IScope): boolean {
  return scope
    .parts()
    .some(({ application, jobs }) =>
      jobs.some(job => isOpen({ application, job }))
    );
}

function failureOf(ran: readonly IStageRow[]): StagesVerdict | null {
  const failed = ran.filter(row => row.status === 'failed');
  const retried = (row: IStageRow): boolean =>
    ran.some(
      other =>
        other.application === row.application &&
        other.stage.id === row.stage.id &&
        other.stage.attempt > row.stage.attempt &&
        other.status === 'complete'
    );
  const lost = failed.filter(row => !retried(row));
  const row = lost[lost.length - 1] ?? failed[failed.length - 1];
  if (!row) {
    return null;
  }
  if (lost.length > 0 && row.isCutOff) {
    return { kind: 'cutOff', row };
  }
  const { kind, headline } = readFailure(row.failure ?? '');
  if (lost.length === 0) {
    return { kind: 'repeated', row, failure: kind };
  }
  return kind === 'cancelled'
    ? { kind: 'cancelled', row }
    : {
        kind: 'failed',
        row,
        failedStages: lost.length,
        failure: kind,
        headline
      };
}

function dominantOf(ran: readonly IStageRow[]): StagesVerdict | null {
  const total = unionMs(ran);
  const row = ran.reduce((a, b) =>
    (b.durationMs ?? 0) > (a.durationMs ?? 0) ? b : a
  );
  const share = total > 0 ? (row.durationMs ?? 0) / total : 0;
  if (ran.length < 2 || share < DOMINANT || total < WORTH_MS) {
    return null;
  }
  return { kind: 'dominant', row, share, cause: causeOf(row) };
}

/** Time in which at least one of the stages had a task, ms. */
export function unionMs(rows: readonly IStageRow[]): number {
  const spans = rows
    .filter(row => row.durationMs !== null)
    .map(row => {
      const from = row.stage.firstTaskLaunchTime!;
      return [from, from + row.durationMs!] as const;
    })
    .sort((a, b) => a[0] - b[0]);
  let total = 0;
  let end = -Infinity;
  for (const [from, to] of spans) {
    total += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return total;
}

/**
 * The first of these that holds: one task kept it waiting for at least a third
 * of its time; a quarter of its tasks' time was waiting for shuffled rows; a
 * fifth was garbage collection; memory ran out; half of the cores had nothing
 * to do; else what it moved, when it moved anything.
 */
export function causeOf(row: IStageRow): StageCause {
  const { application, stage, runTimeMs, durationMs } = row;
  const part = (ms: number): number => (runTimeMs > 0 ? ms / runTimeMs : 0);
  const straggler = stragglerOf(application.tasks, stage, application.now);
  const lost = straggler ? straggler.durationMs - straggler.medianMs : 0;
  if (straggler && lost >= (durationMs ?? Infinity) / 3) {
    const times = straggler.durationMs / Math.max(straggler.medianMs, 1);
    return { kind: 'straggler', index: straggler.index, times };
  }
  if (part(row.fetchWaitMs) > 0.25) {
    return { kind: 'fetch', share: part(row.fetchWaitMs) };
  }
  if (row.gcShare > 0.2) {
    return { kind: 'gc', share: row.gcShare };
  }
  if (row.diskSpillBytes > 0) {
    return { kind: 'spill', bytes: row.diskSpillBytes };
  }
  if (row.tasks * 2 <= application.cores) {
    return { kind: 'fewTasks', tasks: row.tasks, cores: application.cores };
  }
  if (row.shuffleReadBytes > row.inputBytes && row.shuffleReadBytes > 0) {
    return { kind: 'shuffled', bytes: row.shuffleReadBytes };
  }
  return row.inputBytes > 0
    ? { kind: 'read', bytes: row.inputBytes }
    : { kind: 'none' };
}

function doneOf(
  rows: readonly IStageRow[],
  ran: readonly IStageRow[]
): StagesVerdict & { kind: 'done' } {
  return {
    kind: 'done',
    stages: ran.filter(row => row.status === 'complete').length,
    skipped: rows.length - ran.length,
    failedTasks: ran.reduce((sum, row) => sum + row.tasksFailed, 0)
  };
}
