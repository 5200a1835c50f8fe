import {
  Column,
  COLUMN_COUNT,
  Flag,
  Kind,
  Reason,
  SqlUpdateList
} from '../../events';
import { ByteCursor } from './byte-cursor';
import { CLOSE, CLOSE_LIST, COMMA, OPEN_LIST, QUOTE } from './bytes';
import { KnownPieces } from './known-pieces';
import { NumberList } from './number-list';
import * as line from './task-line';

/**
 * Reads a task's start or successful end straight from the bytes of its line, without making a string or an object.
 *
 * It knows one way of writing such a line: fields in the order in which Spark 3 and 4 write them, plain texts, whole numbers. It takes
 * every byte of the line, so a line that it takes is JSON and has each field once. Whatever is written in another way it leaves to
 * `JSON.parse`, whose result is the same for the lines that it takes.
 */
export class TaskScanner {
  /** The row of the last line that was taken; `after`, `executor` and `host` are not set. */
  readonly values = new Float64Array(COLUMN_COUNT);

  /** `Task Executor Metrics` of that line. */
  readonly executorMetrics = new NumberList();

  /** What the task of that line added to SQL metrics. */
  readonly sql = new SqlUpdateList();

  get executor(): string {
    return this._executor;
  }

  get host(): string {
    return this._host;
  }

  /** The place after what was taken last. */
  get end(): number {
    return this._cursor.at;
  }

  /**
   * Read the line that begins at `bytes[from]` and ends at `bytes[to - 1]`, or before at the first end of a line: to look for that end first
   * would cost as much as a fifth of the reading.
   *
   * @returns false when it is not such a line; the row is of no use then.
   */
  scan(bytes: Uint8Array, from: number, to: number): boolean {
    const cursor = this._cursor;
    cursor.set(bytes, from, to);
    if (!cursor.is(line.TASK)) {
      return false;
    }
    const { values } = this;
    values.fill(0);
    this.sql.count = 0;
    return cursor.is(line.START)
      ? this._start()
      : cursor.is(line.END)
        ? this._end()
        : false;
  }

  private _start(): boolean {
    const cursor = this._cursor;
    this.executorMetrics.count = -1;
    this.values[Column.kind] = Kind.started;
    // Spark says 0 here; other times would count in an end only.
    return (
      this._stage() &&
      cursor.is(line.INFO) &&
      this._info() &&
      this._launched(false) &&
      cursor.isByte(CLOSE) &&
      cursor.isAtEnd
    );
  }

  private _end(): boolean {
    const cursor = this._cursor;
    const { values } = this;
    this.executorMetrics.count = -1;
    values[Column.kind] = Kind.ended;
    values[Column.reason] = Reason.success;
    return (
      this._stage() &&
      cursor.is(line.TYPE) &&
      cursor.skipText() &&
      cursor.is(line.SUCCESS) &&
      this._info() &&
      this._launched(true) &&
      (!cursor.is(line.EXECUTOR_METRICS) ||
        this.executorMetrics.read(cursor)) &&
      (!cursor.is(line.METRICS) || this._metrics()) &&
      cursor.isByte(CLOSE) &&
      cursor.isAtEnd
    );
  }

  private _stage(): boolean {
    const cursor = this._cursor;
    const { values } = this;
    return (
      cursor.number(values, Column.stageId) &&
      cursor.is(line.STAGE_ATTEMPT) &&
      cursor.number(values, Column.stageAttemptId)
    );
  }

  /** `Task Info`. The columns `durationMs` and `gettingResult` hold points in time afterwards. */
  private _info(): boolean {
    const cursor = this._cursor;
    const { values } = this;
    values[Column.partitionId] = -1;
    if (!(
      cursor.is(line.TASK_ID) &&
      cursor.number(values, Column.taskId) &&
      cursor.is(line.INDEX) &&
      cursor.number(values, Column.index) &&
      cursor.is(line.ATTEMPT) &&
      cursor.number(values, Column.attempt) &&
      (!cursor.is(line.PARTITION) ||
        cursor.number(values, Column.partitionId)) &&
      cursor.is(line.LAUNCH) &&
      cursor.number(values, Column.launchTime) &&
      this._place() &&
      cursor.is(line.SPECULATIVE) &&
      this._flag(Flag.speculative) &&
      cursor.is(line.GETTING_RESULT) &&
      cursor.number(values, Column.gettingResult) &&
      cursor.is(line.FINISH) &&
      cursor.number(values, Column.durationMs) &&
      cursor.is(line.FAILED) &&
      this._flag(Flag.failed) &&
      (!cursor.is(line.KILLED) || this._flag(Flag.killed))
    )) {
      return false;
    }
    return (
      (!cursor.is(line.ACCUMULABLES) || this._accumulables()) &&
      cursor.isByte(CLOSE)
    );
  }

  /** Executor, host and locality. */
  private _place(): boolean {
    const cursor = this._cursor;
    if (!cursor.is(line.EXECUTOR)) {
      return false;
    }
    const executor = cursor.text();
    if (executor === null || !cursor.is(line.HOST)) {
      return false;
    }
    const host = cursor.text();
    if (host === null || !cursor.is(line.LOCALITY)) {
      return false;
    }
    this._executor = executor;
    this._host = host;
    for (let i = 0; i < line.LOCALITY_NAMES.length; i++) {
      if (cursor.is(line.LOCALITY_NAMES[i]!)) {
        this.values[Column.locality] = i;
        return true;
      }
    }
    return false;
  }

  private _flag(flag: number): boolean {
    const value = this._cursor.boolean();
    if (value === 1) {
      this.values[Column.flags]! += flag;
    }
    return value >= 0;
  }

  /** Points in time as what the columns hold. */
  private _launched(hasEnded: boolean): boolean {
    const { values } = this;
    const launch = values[Column.launchTime]!;
    const getting = values[Column.gettingResult]!;
    const finish = values[Column.durationMs]!;
    values[Column.gettingResult] =
      getting > 0 ? Math.max(0, getting - launch) + 1 : 0;
    values[Column.durationMs] = hasEnded ? Math.max(0, finish - launch) : 0;
    return true;
  }

  /** `Task Metrics`, from the first number on. */
  private _metrics(): boolean {
    const cursor = this._cursor;
    const { values } = this;
    values[Column.flags]! += Flag.metrics;
    return (
      this._metric(Column.executorDeserializeTimeMs) &&
      this._fields(line.BEFORE_PEAK) &&
      this._maybe(line.PEAK) &&
      (!cursor.is(line.PEAK_ON_HEAP) || cursor.skipNumber()) &&
      (!cursor.is(line.PEAK_OFF_HEAP) || cursor.skipNumber()) &&
      this._fields(line.AFTER_PEAK) &&
      (!cursor.is(line.SHUFFLE_READ) || this._shuffleRead()) &&
      (!cursor.is(line.SHUFFLE_WRITE) || this._shuffleWrite()) &&
      (!cursor.is(line.INPUT) ||
        (this._metric(Column.inputBytesRead) &&
          this._field(line.INPUT_RECORDS) &&
          cursor.isByte(CLOSE))) &&
      (!cursor.is(line.OUTPUT) ||
        (this._metric(Column.outputBytesWritten) &&
          this._field(line.OUTPUT_RECORDS) &&
          cursor.isByte(CLOSE))) &&
      (cursor.is(line.UPDATED_BLOCKS) || true) &&
      cursor.isByte(CLOSE)
    );
  }

  private _shuffleRead(): boolean {
    const cursor = this._cursor;
    return (
      this._metric(Column.shuffleRemoteBlocksFetched) &&
      this._fields(line.READ) &&
      this._maybe(line.READ_TO_DISK) &&
      this._fields(line.READ_LOCAL) &&
      this._maybe(line.READ_DURATION) &&
      (!cursor.is(line.PUSH) || this._pushMetrics.read(cursor)) &&
      cursor.isByte(CLOSE)
    );
  }

  private _shuffleWrite(): boolean {
    return (
      this._metric(Column.shuffleBytesWritten) &&
      this._fields(line.WRITE) &&
      this._cursor.isByte(CLOSE)
    );
  }

  private _fields(fields: readonly line.Field[]): boolean {
    for (let i = 0; i < fields.length; i++) {
      if (!this._field(fields[i]!)) {
        return false;
      }
    }
    return true;
  }

  private _field([name, column]: line.Field): boolean {
    return this._cursor.is(name) && this._metric(column);
  }

  private _maybe([name, column]: line.Field): boolean {
    return !this._cursor.is(name) || this._metric(column);
  }

  /** A number below 0 means that it was not measured. */
  private _metric(column: number): boolean {
    const { values } = this;
    if (!this._cursor.number(values, column)) {
      return false;
    }
    if (values[column]! < 0) {
      values[column] = 0;
    }
    return true;
  }

  /** All of them are read, and what SQL metrics are told is kept. */
  private _accumulables(): boolean {
    const cursor = this._cursor;
    if (!cursor.isByte(OPEN_LIST)) {
      return false;
    }
    if (cursor.isByte(CLOSE_LIST)) {
      return true;
    }
    this._names.begin();
    do {
      if (!cursor.is(line.ACCUMULABLE_ID)) {
        return false;
      }
      const id = cursor.at;
      if (!(
        cursor.skipNumber() &&
        (this._names.take(cursor)
          ? this._skipUpdate()
          : this._newAccumulable()) &&
        (!cursor.is(line.VALUE) || this._skipScalar()) &&
        (cursor.is(line.OWN_END) ||
          (cursor.is(line.SQL_END) ? this._keepUpdate(id) : this._otherEnd(id)))
      )) {
        return false;
      }
    } while (cursor.isByte(COMMA));
    return cursor.isByte(CLOSE_LIST);
  }

  /** An accumulable's name and update. */
  private _newAccumulable(): boolean {
    const cursor = this._cursor;
    const from = cursor.at;
    if (cursor.is(line.NAME) && !cursor.skipText()) {
      return false;
    }
    if (!cursor.is(line.UPDATE)) {
      this._updateAt = -1;
      return true;
    }
    this._names.learn(cursor.literalFrom(from));
    return this._skipUpdate();
  }

  private _skipUpdate(): boolean {
    this._updateAt = this._cursor.at;
    return this._skipScalar();
  }

  /** An accumulable after its value. One that a user named is more than a row can hold. */
  private _otherEnd(id: number): boolean {
    const cursor = this._cursor;
    if (!cursor.is(line.INTERNAL)) {
      return false;
    }
    const internal = cursor.boolean();
    if (internal < 0 || !cursor.is(line.COUNT_FAILED) || cursor.boolean() < 0) {
      return false;
    }
    return (
      (cursor.is(line.METADATA) ? this._keepUpdate(id) : internal === 1) &&
      cursor.isByte(CLOSE)
    );
  }

  /** What was read is an SQL metric's: few accumulables are, so its numbers are read only now. */
  private _keepUpdate(idAt: number): boolean {
    const cursor = this._cursor;
    const { sql, _updateAt: updateAt } = this;
    if (updateAt < 0) {
      return true;
    }
    sql.reserve();
    const { ids, values, count } = sql;
    if (
      !cursor.numberAt(idAt, ids, count) ||
      !cursor.numberAt(updateAt, values, count)
    ) {
      return false;
    }
    if (ids[count]! >= 0) {
      sql.count++;
    }
    return true;
  }

  /** A text or a number. */
  private _skipScalar(): boolean {
    const cursor = this._cursor;
    return cursor.isByte(QUOTE) ? cursor.skipText() : cursor.skipNumber();
  }

  private readonly _cursor = new ByteCursor();
  /** Of accumulables. */
  private readonly _names = new KnownPieces();
  private readonly _pushMetrics = new NumberList();
  /** Where the update of the accumulable that is being read begins; -1 when it has none. */
  private _updateAt = -1;
  private _executor = '';
  private _host = '';
}
