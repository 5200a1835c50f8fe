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
  /** Tasks that are counted, but of which nothing more is kept. */
  droppedRows = 0;
  /** Applications in the scope. */
  applications: readonly Application[] = [];
  columns: readonly TaskColumn[] = [];
  verdict: ITasksVerdict | null = null;
  /** Changes when a position may stand for another row. */
  order = 0;
  /** How long reading and arranging took last, in the clock's ms. */
  costMs = 0;

  /** @param clock - tells the time in ms; only differences matter. */
  constructor(private readonly clock: () => number) {}

  /**
   * Read the model anew.
   *
   * @param index - which application of the scope, from 0.
   */
  read(scope: IScope, index: number): void {
    const began = this.clock();
    const parts = scope.parts();
    this.part = parts[Math.min(index, parts.length - 1)] ?? null;
    this.applications = parts.map(part => part.application);
    if (this.part) {
      const { application, stages } = this.part;
      this.all = rowsOf(this.part, scope);
      this.droppedRows = stages.reduce((sum, s) => sum + s.droppedRows, 0);
      this.verdict = judgeTasks(application, this.all);
      this.columns = usedColumns(application, this.all, stages);
    } else {
      this.all = new Int32Array(0);
      this.droppedRows = 0;
      this.verdict = null;
    }
    this.costMs = this.clock() - began;
  }

  /**
   * Filter and sort what was read.
   *
   * @param sinceMs - how far the driver's clock has gone on since the newest
   *   event, ms, for tasks that run.
   */
  arrange(wish: ITaskWish, sinceMs: number): void {
    const began = this.clock();
    const { part, all } = this;
    this.order++;
    if (part) {
      const { application } = part;
      const now = application.now + sinceMs;
      const words = { states: wish.stateWords, stage: titlesOf(part) };
      const passed = filterRows(application, all, wish.terms, words, now);
      this.rows = wish.sort
        ? sortRows(application, passed, wish.sort, wish.isDescending, now)
        : passed;
    } else {
      this.rows = all;
    }
    this.costMs += this.clock() - began;
  }

  get application(): Application | null {
    return this.part?.application ?? null;
  }

  /** How many there are without the filter. */
  get total(): number {
    return this.all.length;
  }

  /** Where a row of the table is shown, or -1. */
  positionOf(row: number): number {
    return this.rows.indexOf(row);
  }

  private part: IScopePart | null = null;
  private all: Int32Array = new Int32Array(0);
}

/** What the stages of a part were asked for, by their place in `stageList`. */
function titlesOf({ application, jobs }: IScopePart): (i: number) => string {
  const jobOf = new Map(jobs.flatMap(job => job.stages.map(s => [s, job])));
  return ordinal => {
    const stage = application.stageList[ordinal];
    if (!stage) {
      return '';
    }
    const title = stageTitle(application, stage, jobOf.get(stage) ?? null);
    return title.description ?? title.site.action ?? '';
  };
}
