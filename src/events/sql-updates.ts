import { idOf, listOf } from './fields';
import type { IAccumulable } from './spark';

/**
 * What the tasks of some rows added to SQL metrics, in columns: entries `starts[row]` up to `starts[row + 1]` are those of a row.
 *
 * Only readers of logs have it, for ends of tasks (`Task Info.Accumulables` whose `Metadata` is `sql`); frames of a kernel do not.
 */
export interface ISqlUpdates {
  /** One more than there are rows. */
  readonly starts: Uint32Array;
  /** Ids of accumulators. */
  readonly ids: Float64Array;
  /** Their updates. Spark's are 64 bits wide: above 2^53 the last digits are lost. */
  readonly values: Float64Array;
}

/** The updates of one task; of both lists the first `count` entries. */
export class SqlUpdateList {
  ids = new Float64Array(32);
  values = new Float64Array(32);
  count = 0;

  /** Make room for one more at `count`. */
  reserve(): void {
    if (this.count >= this.ids.length) {
      this.ids = grown(this.ids);
      this.values = grown(this.values);
    }
  }

  /** Take them from a task's accumulables. */
  read(accumulables: readonly IAccumulable[] | undefined): void {
    this.count = 0;
    for (const { ID, Update, Metadata } of listOf(accumulables)) {
      const id = idOf(ID);
      const value = Metadata === 'sql' ? longOf(Update) : null;
      if (id >= 0 && value !== null) {
        this.reserve();
        this.ids[this.count] = id;
        this.values[this.count++] = value;
      }
    }
  }
}

/** A Java `long`: a number, or text as the log has it for all that are not task metrics. */
export function longOf(value: unknown): number | null {
  const number =
    typeof value === 'string' && /^[+-]?\d{1,19}$/.test(value)
      ? Number(value)
      : value;
  return Number.isInteger(number) ? (number as number) : null;
}

/** Puts the updates of rows into columns. */
export class SqlUpdatesBuilder {
  /** Add the updates of a row; rows come in order, and those without any need not come. */
  push(row: number, updates: SqlUpdateList): void {
    const { count } = updates;
    if (count === 0) {
      return;
    }
    this._startUpTo(row);
    const from = this._count;
    while (from + count > this._ids.length) {
      this._ids = grown(this._ids);
      this._values = grown(this._values);
    }
    const { _ids: ids, _values: values } = this;
    for (let i = 0; i < count; i++) {
      ids[from + i] = updates.ids[i]!;
      values[from + i] = updates.values[i]!;
    }
    this._count = from + count;
  }

  /**
   * What was added since the last call.
   *
   * @param rows - how many rows there are.
   */
  take(rows: number): ISqlUpdates | null {
    if (this._count === 0) {
      return null;
    }
    this._startUpTo(rows);
    const updates = {
      starts: this._starts.slice(0, rows + 1),
      ids: this._ids.slice(0, this._count),
      values: this._values.slice(0, this._count)
    };
    this._count = 0;
    this._next = 0;
    return updates;
  }

  /** Note where rows begin that did not say so yet, up to this one. */
  private _startUpTo(row: number): void {
    if (row >= this._starts.length) {
      const starts = new Uint32Array(
        Math.max(row + 1, this._starts.length * 2)
      );
      starts.set(this._starts);
      this._starts = starts;
    }
    while (this._next <= row) {
      this._starts[this._next++] = this._count;
    }
  }

  private _starts = new Uint32Array(64);
  private _ids = new Float64Array(512);
  private _values = new Float64Array(512);
  private _count = 0;
  private _next = 0;
}

function grown(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const twice = new Float64Array(values.length * 2);
  twice.set(values);
  return twice;
}
