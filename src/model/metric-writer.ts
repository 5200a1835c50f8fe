import { COLUMN_COUNT, Column, FIRST_METRIC, type ITaskRows } from '../events';
import type { Application } from './application';
import type { Numbers } from './numbers';

/** Columns that are written when a task is first heard of. */
const FIRST_COLUMNS = [
  Column.taskId,
  Column.attempt,
  Column.executor,
  Column.host
] as const;

/**
 * Writes the values of one batch's rows, a column at a time.
 *
 * Metrics go through the difference to what the task had reported before (`LiveTask.updateMetrics`, `LiveEntityHelpers.addMetrics`), so
 * a stage's sums move with heartbeats and end at the final values.
 */
export class MetricWriter {
  constructor(
    private readonly _app: Application,
    private readonly _rows: ITaskRows
  ) {
    const { length } = _rows;
    this._begun = new Int32Array(length);
    this._ended = new Int32Array(length);
    this._reported = new Int32Array(length);
    this._stages = new Int32Array(length);
  }

  /** Row `row` is the first of this task. */
  begun(row: number, task: number): void {
    this._begun[row] = task + 1;
  }

  /**
   * Row `row` is the end of this task.
   *
   * @param stage - ordinal of the stage whose sums it goes into, -1 for none.
   */
  ended(row: number, task: number, stage: number): void {
    this._ended[row] = task + 1;
    this._stages[row] = stage;
    if (((this._rows.columns[Column.flags]?.[row] ?? 0) & 8) !== 0) {
      this._reported[row] = task + 1;
    }
  }

  /** Row `row` holds the metrics of a running task. */
  reported(row: number, task: number, stage: number): void {
    this._reported[row] = task + 1;
    this._stages[row] = stage;
  }

  /** Row `row` says since when the task's result is fetched. */
  fetching(row: number, task: number): void {
    this._fetching.push([row, task]);
  }

  /** Write everything that was announced. */
  write(): void {
    for (const column of FIRST_COLUMNS) {
      this._copy(column, this._begun);
    }
    this._copyFetching();
    this._copy(Column.gettingResult, this._ended);
    this._copy(Column.error, this._ended);
    this._copy(Column.durationMs, this._ended);
    this._sumDurations();
    for (let column = FIRST_METRIC; column < COLUMN_COUNT; column++) {
      this._update(column);
    }
  }

  private _copy(column: number, where: Int32Array): void {
    const from = this._rows.columns[column];
    const into = this._app.tasks.column(column);
    if (!from && !into.present) {
      return;
    }
    if (from) {
      this._fit(column, from);
    }
    copyInto(into.values, from ?? null, where, this._rows.length);
  }

  private _copyFetching(): void {
    const from = this._rows.columns[Column.gettingResult];
    if (from && this._fetching.length > 0) {
      this._fit(Column.gettingResult, from);
      const { values } = this._app.tasks.column(Column.gettingResult);
      for (const [row, task] of this._fetching) {
        values[task] = from[row]!;
      }
    }
  }

  private _sumDurations(): void {
    const from = this._rows.columns[Column.durationMs];
    if (!from) {
      return;
    }
    const { stageList } = this._app;
    for (let row = 0; row < this._rows.length; row++) {
      if (this._ended[row] !== 0 && this._stages[row]! >= 0) {
        stageList[this._stages[row]!]!.sums[Column.durationMs]! += from[row]!;
      }
    }
  }

  private _update(column: number): void {
    const from = this._rows.columns[column] ?? null;
    const into = this._app.tasks.column(column);
    if (!from && !into.present) {
      return;
    }
    if (from) {
      this._fit(column, from);
    }
    update(
      into.values,
      from,
      this._reported,
      this._stages,
      this._rows.length,
      (stage, change) => {
        this._app.stageList[stage]!.sums[column]! += change;
      }
    );
  }

  private _fit(column: number, from: Float64Array): void {
    const { length } = this._rows;
    let least = 0;
    let most = 0;
    for (let row = 0; row < length; row++) {
      const value = from[row]!;
      least = value < least ? value : least;
      most = value > most ? value : most;
    }
    this._app.tasks.column(column).fit(least, most);
  }

  /** By row: the task it is about + 1, or 0. */
  private readonly _begun: Int32Array;
  private readonly _ended: Int32Array;
  private readonly _reported: Int32Array;
  /** By row: ordinal of the stage it counts for, or -1. */
  private readonly _stages: Int32Array;
  private readonly _fetching: [number, number][] = [];
}

function copyInto(
  into: Numbers,
  from: Float64Array | null,
  where: Int32Array,
  length: number
): void {
  for (let row = 0; row < length; row++) {
    const task = where[row]! - 1;
    if (task >= 0) {
      into[task] = from ? from[row]! : 0;
    }
  }
}

/** Write the new values; tell by how much they changed, added up over neighbouring rows of a stage. */
function update(
  into: Numbers,
  from: Float64Array | null,
  where: Int32Array,
  stages: Int32Array,
  length: number,
  changed: (stage: number, change: number) => void
): void {
  let stage = -1;
  let sum = 0;
  for (let row = 0; row < length; row++) {
    const task = where[row]! - 1;
    if (task < 0) {
      continue;
    }
    if (stages[row]! !== stage) {
      if (stage >= 0) {
        changed(stage, sum);
      }
      stage = stages[row]!;
      sum = 0;
    }
    const value = from ? from[row]! : 0;
    sum += value - into[task]!;
    into[task] = value;
  }
  if (stage >= 0) {
    changed(stage, sum);
  }
}
