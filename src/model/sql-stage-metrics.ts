import type { ISqlUpdates } from '../events';
import { IndexSet } from './index-set';
import { NumberColumn, type Numbers } from './numbers';

/** The values of one metric in one stage attempt. */
interface IMetricValues {
  /** By slot. */
  readonly column: NumberColumn;
  /** The highest update of any task, also one that another update of the same index replaced. */
  max: number;
  maxTaskId: number;
}

/** Where the highest value of a metric was. */
export interface IMetricMaximum {
  readonly value: number;
  readonly taskId: number;
}

/**
 * What the tasks of a stage attempt added to the SQL metrics of their execution: `LiveStageMetrics` of Spark's `SQLAppStatusListener`.
 *
 * One value a task index and metric, the last one that was told; a value is final with the first success of its index. Indices have slots
 * in the order in which they come, so that what is held depends on what was read and not on how many tasks a stage is said to have.
 */
export class SqlStageMetrics {
  constructor(
    readonly stageId: number,
    readonly attempt: number,
    readonly numTasks: number,
    /** Accumulator → metric type; what is not in it is not kept. */
    readonly types: ReadonlyMap<number, string>
  ) {}

  /**
   * A task has ended, or tells of itself while it runs: `updateTaskMetrics`.
   *
   * @param row - of the updates.
   */
  update(
    taskId: number,
    index: number,
    succeeded: boolean,
    updates: ISqlUpdates | null,
    row: number
  ): void {
    if (this._completed.has(index)) {
      return;
    }
    // Spark cannot hold an index outside of the stage either.
    if (updates && index >= 0 && index < this.numTasks) {
      const to = updates.starts[row + 1]!;
      for (let i = updates.starts[row]!; i < to; i++) {
        this._set(updates.ids[i]!, updates.values[i]!, taskId, index);
      }
    }
    if (succeeded) {
      this._completed.add(index);
    }
  }

  /** The values that a metric has, by slot; those of all other tasks are 0. Null when no task has told one. */
  valuesOf(id: number): Numbers | null {
    const metric = this._metrics.get(id);
    return metric ? metric.column.values.subarray(0, this._slots.size) : null;
  }

  /** Where a metric is highest; not known of sums, whose text does not say it. */
  maximumOf(id: number): IMetricMaximum | null {
    const metric = this._metrics.get(id);
    return metric && metric.maxTaskId >= 0
      ? { value: metric.max, taskId: metric.maxTaskId }
      : null;
  }

  private _set(id: number, value: number, taskId: number, index: number): void {
    const type = this.types.get(id);
    if (type === undefined) {
      return;
    }
    const slot = this._slotOf(index);
    const metric = this._metricOf(id);
    metric.column.fit(Math.min(0, value), Math.max(0, value));
    metric.column.values[slot] = value;
    if (type !== 'sum' && (metric.maxTaskId < 0 || value > metric.max)) {
      metric.max = value;
      metric.maxTaskId = taskId;
    }
  }

  private _slotOf(index: number): number {
    let slot = this._slots.get(index);
    if (slot === undefined) {
      slot = this._slots.size;
      this._slots.set(index, slot);
      if (slot >= this._zeros.length) {
        this._zeros = new Uint8Array(this._zeros.length * 2);
        this._metrics.forEach(({ column }) => column.grow(this._zeros));
      }
    }
    return slot;
  }

  private _metricOf(id: number): IMetricValues {
    let metric = this._metrics.get(id);
    if (!metric) {
      metric = {
        column: new NumberColumn(this._zeros),
        max: 0,
        maxTaskId: -1
      };
      this._metrics.set(id, metric);
    }
    return metric;
  }

  private _zeros = new Uint8Array(16);
  /** Index → slot. */
  private readonly _slots = new Map<number, number>();
  private readonly _metrics = new Map<number, IMetricValues>();
  private readonly _completed = new IndexSet();
}
