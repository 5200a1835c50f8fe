import type { Application } from '../model';
import type { IScope, IScopePart } from './scope';
import { rowsOf } from './scope';
import { stageTitle } from './stage-title';
import { usedColumns, type TaskColumn } from './task-columns';
import { filterRows } from './task-filter';
import { sortRows } from './task-order';
import type { TaskTerm } from './task-query';
import { judgeTasks, type ITasksVerdict } from './tasks-verdict';

/** What a task table is to show. */
export interface ITaskWish {
  /** Which application of the scope, from 0. */
  readonly part: number;
  readonly terms: readonly TaskTerm[];
  /** Null: in the order in which the tasks were heard of. */
  readonly sort: TaskColumn | null;
  readonly isDescending: boolean;
  /** Words on screen for the states, by `TaskState`, which can be searched for. */
  readonly stateWords: readonly string[];
}

/**
 * The tasks of a scope, filtered and sorted. (Derivation: rows of the table →
 * rows in scope → rows that pass → rows in order.)
 */
export class TaskList {
  /** Rows of the task table in the order to show them. */
  rows: Int32Array = new Int32Array(0);
  /** How many there are without the filter. */
  total = 0;
  /** Tasks that are counted, but of which nothing more is kept. */
  droppedRows = 0;
  application: Application | null = null;
  /** Applications in the scope. */
  applications: readonly Application[] = [];
  columns: readonly TaskColumn[] = [];
  verdict: ITasksVerdict | null = null;
  /** Changes when a position may stand for another row. */
  order = 0;
  /** How long the last {@link refresh} took, in the clock's ms. */
  costMs = 0;

  /** @param clock - tells the time in ms; only differences matter. */
  constructor(private readonly clock: () => number) {}

  /**
   * Read the model anew.
   *
   * @param sinceMs - how far the driver's clock has gone on since the newest
   *   event, ms.
   */
  refresh(scope: IScope, wish: ITaskWish, sinceMs: number): void {
    const began = this.clock();
    const parts = scope.parts();
    const part = parts[Math.min(wish.part, parts.length - 1)];
    this.applications = parts.map(p => p.application);
    this.application = part?.application ?? null;
    this.order++;
    if (part) {
      this.read(part, scope, wish, sinceMs);
    } else {
      this.rows = new Int32Array(0);
      this.total = this.droppedRows = 0;
      this.verdict = null;
    }
    this.costMs = this.clock() - began;
  }

  /** Where a row of the table is shown, or -1. */
  positionOf(row: number): number {
    return this.rows.indexOf(row);
  }

  private read(
    part: IScopePart,
    scope: IScope,
    wish: ITaskWish,
    sinceMs: number
  ): void {
    const { application } = part;
    const now = application.now + sinceMs;
    const all = rowsOf(part, scope);
    const jobs = new Map(part.jobs.flatMap(j => j.stages.map(s => [s, j])));
    const words = {
      states: wish.stateWords,
      stage: (ordinal: number): string => {
        const stage = application.stageList[ordinal];
        const title =
          stage && stageTitle(application, stage, jobs.get(stage) ?? null);
        return title?.description ?? title?.site.action ?? '';
      }
    };
    this.total = all.length;
    this.droppedRows = part.stages.reduce((sum, s) => sum + s.droppedRows, 0);
    this.verdict = judgeTasks(application, all);
    this.columns = usedColumns(application, all, now);
    const passed = filterRows(application, all, wish.terms, words, now);
    this.rows = wish.sort
      ? sortRows(application, passed, wish.sort, wish.isDescending, now)
      : wish.isDescending
        ? passed.slice().reverse()
        : passed;
  }
}
