import { signal } from '@preact/signals';
import type { Application } from '../model';

/**
 * A thing that views can point at. It names what it is about as narrowly as it
 * can: a task names its stage too, so that a view which knows only stages can
 * follow.
 */
export interface ISelection {
  /** Ordinal of the application. */
  readonly application: number;
  /** `${stageId}.${attempt}` */
  readonly stageKey?: string;
  /** Row of the application's task table. */
  readonly taskRow?: number;
  readonly jobId?: number;
  readonly executorId?: string;
  /** One run of a streaming query. */
  readonly queryRunId?: string;
}

/** What the pointer is over, in whichever view; null for nothing. */
export const hovered = signal<ISelection | null>(null);

/** What was chosen, in whichever view; null for nothing. */
export const selected = signal<ISelection | null>(null);

/** Whether two selections name the same thing. */
export function isSame(a: ISelection | null, b: ISelection | null): boolean {
  return (
    a === b ||
    (a !== null &&
      b !== null &&
      a.application === b.application &&
      a.stageKey === b.stageKey &&
      a.taskRow === b.taskRow &&
      a.jobId === b.jobId &&
      a.executorId === b.executorId &&
      a.queryRunId === b.queryRunId)
  );
}

/** Set what the pointer is over; saying the same again wakes nobody. */
export function hover(selection: ISelection | null): void {
  if (!isSame(hovered.peek(), selection)) {
    hovered.value = selection;
  }
}

/** Choose a thing, or nothing. */
export function select(selection: ISelection | null): void {
  if (!isSame(selected.peek(), selection)) {
    selected.value = selection;
  }
}

/** Let go of what is pointed at or chosen where its job or stage is forgotten: another task may have its row. */
export function dropForgotten(application: Application): void {
  for (const mark of [hovered, selected]) {
    const selection = mark.peek();
    if (
      selection?.application === application.ordinal &&
      ((selection.jobId !== undefined &&
        !application.jobs.has(selection.jobId)) ||
        (selection.stageKey !== undefined &&
          !application.stages.has(selection.stageKey)))
    ) {
      mark.value = null;
    }
  }
}
