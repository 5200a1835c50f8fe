import { namedByUser } from './accumulables';
import type { IBatch } from './batch';
import { Column, COLUMN_COUNT, Flag, Kind, LOCALITIES } from './columns';
import { errorText, reasonCode } from './end-reason';
import { listOf, numberOf, textOf } from './fields';
import { parseEvent } from './frame';
import { heartbeatMetrics } from './heartbeat';
import type { ITaskRows } from './rows';
import { SqlUpdateList, SqlUpdatesBuilder } from './sql-updates';
import { TaskPeaks } from './task-peaks';
import type {
  IExecutorMetricsUpdate,
  ISparkEvent,
  IStageCompleted,
  ITaskEnd,
  ITaskGettingResult,
  ITaskHeartbeat,
  ITaskInfo,
  ITaskMetrics,
  ITaskStart
} from './spark';

/** The default number of lines in a batch of {@link batchesOfLog}. */
const BATCH_LINES = 4096;

/**
 * Makes a batch of the events of an ordinary Spark event log: task starts and ends become rows, all others stay as they are.
 *
 * Executor ids, hosts and error texts get numbers that stay the same over all batches of one builder.
 */
export class RowBuilder {
  /** How many events were pushed since the last `take`. */
  get pending(): number {
    return this._events.length + this._length;
  }

  /** Take one event. */
  push(event: ISparkEvent): void {
    switch (event.Event) {
      case 'SparkListenerTaskStart':
        this._start(event as unknown as ITaskStart);
        break;
      case 'SparkListenerTaskGettingResult':
        this._gettingResult(event as unknown as ITaskGettingResult);
        break;
      case 'SparkListenerTaskEnd':
        this._end(event as unknown as ITaskEnd);
        break;
      case 'SparkListenerStageCompleted':
        this._peaks.forget(event as unknown as IStageCompleted);
        this._events.push(event);
        break;
      case 'SparkListenerExecutorMetricsUpdate': {
        const { 'Metrics Updated': tasks } =
          event as unknown as IExecutorMetricsUpdate;
        listOf(tasks).forEach(task => this._heartbeat(task));
        this._events.push(event);
        break;
      }
      default:
        this._events.push(event);
    }
  }

  /**
   * Take a task's start or end that somebody else read.
   *
   * @param values - `COLUMN_COUNT` numbers; those of `after`, `executor` and `host` are not looked at. Copied.
   * @param sql - what the task added to SQL metrics. Copied.
   */
  pushRow(
    values: Float64Array,
    executor: string,
    host: string,
    sql: SqlUpdateList | null = null
  ): void {
    const { row, executorNumber, hostNumber } = this._newRow(executor, host);
    for (let column = Column.kind; column < COLUMN_COUNT; column++) {
      this._set(column, row, values[column]!);
    }
    this._set(Column.executor, row, executorNumber);
    this._set(Column.host, row, hostNumber);
    if (sql !== null) {
      this._sql.push(row, sql);
    }
  }

  /** What was pushed since the last call. */
  take(): { events: ISparkEvent[]; rows: ITaskRows | null } {
    const events = this._events;
    const length = this._length;
    const rows = {
      length,
      columns: this._columns.map(column => column && cut(column, length)),
      sql: this._sql.take(length)
    };
    this._events = [];
    this._length = 0;
    this._columns.fill(null);
    return { events, rows: length > 0 ? rows : null };
  }

  private _start(event: ITaskStart): void {
    this._describe(event['Task Info'], Kind.started, event);
  }

  private _gettingResult(event: ITaskGettingResult): void {
    this._describe(event['Task Info'], Kind.gettingResult, {});
  }

  private _end(event: ITaskEnd): void {
    const info = event['Task Info'];
    // Spark's listener does not count an end without information either.
    if (!info) {
      return;
    }
    const reason = event['Task End Reason'] ?? {};
    const metrics = event['Task Metrics'];
    // It may throw, and then nothing of the line is to count.
    const text = errorText(reason);
    // Before the row, which may be its stage's last.
    const peaks = this._peaks.risen(event);
    if (peaks) {
      this._events.push(peaks);
    }
    const error = text === null ? 0 : this._string(text) + 1;
    const row = this._describe(info, Kind.ended, event);
    this._set(Column.reason, row, reasonCode(reason));
    this._set(Column.error, row, error);
    const duration =
      numberOf(info['Finish Time'], 0) - numberOf(info['Launch Time'], 0);
    this._set(Column.durationMs, row, Math.max(0, duration));
    if (metrics) {
      this._metrics(metrics, row);
    }
    this._updates.read(info.Accumulables);
    this._sql.push(row, this._updates);
    const accumulables = namedByUser(info.Accumulables);
    if (accumulables.length > 0) {
      this._events.push({
        Event: 'SparkglassTaskAccumulables',
        'Task ID': info['Task ID'],
        Accumulables: accumulables
      });
    }
  }

  private _heartbeat(task: ITaskHeartbeat): void {
    const row = this._describe(
      { 'Task ID': task['Task ID'] },
      Kind.running,
      task
    );
    this._updates.read(task['Accumulator Updates']);
    this._sql.push(row, this._updates);
    this._setMetrics(heartbeatMetrics(task['Accumulator Updates']), row);
  }

  private _describe(
    info: ITaskInfo | undefined,
    kind: number,
    of: { 'Stage ID'?: number; 'Stage Attempt ID'?: number }
  ): number {
    const executor = textOf(info?.['Executor ID'], '');
    const host = textOf(info?.Host, '');
    const { row, executorNumber, hostNumber } = this._newRow(executor, host);
    const launched = numberOf(info?.['Launch Time'], 0);
    const fetching = numberOf(info?.['Getting Result Time'], 0);
    const locality = (LOCALITIES as readonly string[]).indexOf(
      info?.Locality ?? 'ANY'
    );
    this._set(Column.kind, row, kind);
    this._set(Column.taskId, row, numberOf(info?.['Task ID'], -1));
    this._set(Column.stageId, row, numberOf(of['Stage ID'], -1));
    this._set(Column.stageAttemptId, row, numberOf(of['Stage Attempt ID'], 0));
    this._set(Column.index, row, numberOf(info?.Index, 0));
    this._set(Column.attempt, row, numberOf(info?.Attempt, 0));
    this._set(Column.partitionId, row, numberOf(info?.['Partition ID'], -1));
    this._set(Column.launchTime, row, launched);
    this._set(Column.executor, row, executorNumber);
    this._set(Column.host, row, hostNumber);
    this._set(Column.locality, row, Math.max(0, locality));
    this._set(
      Column.flags,
      row,
      (info?.Speculative ? Flag.speculative : 0) |
        (info?.Failed ? Flag.failed : 0) |
        (info?.Killed ? Flag.killed : 0)
    );
    const wait = fetching > 0 ? Math.max(0, fetching - launched) + 1 : 0;
    this._set(Column.gettingResult, row, wait);
    return row;
  }

  /** The next row, which knows what it comes after and nothing else. */
  private _newRow(
    executor: string,
    host: string
  ): { row: number; executorNumber: number; hostNumber: number } {
    // Texts first: those that are new must come before the row.
    const executorNumber = this._string(executor);
    const hostNumber = this._string(host);
    this._sayStrings();
    const row = this._length++;
    this._set(Column.after, row, this._events.length);
    return { row, executorNumber, hostNumber };
  }

  private _metrics(metrics: ITaskMetrics, row: number): void {
    const read = metrics['Shuffle Read Metrics'];
    const write = metrics['Shuffle Write Metrics'];
    const values = [
      metrics['Executor Deserialize Time'],
      metrics['Executor Deserialize CPU Time'],
      metrics['Executor Run Time'],
      metrics['Executor CPU Time'],
      metrics['Result Size'],
      metrics['JVM GC Time'],
      metrics['Result Serialization Time'],
      metrics['Memory Bytes Spilled'],
      metrics['Disk Bytes Spilled'],
      metrics['Peak Execution Memory'],
      metrics['Input Metrics']?.['Bytes Read'],
      metrics['Input Metrics']?.['Records Read'],
      metrics['Output Metrics']?.['Bytes Written'],
      metrics['Output Metrics']?.['Records Written'],
      read?.['Remote Blocks Fetched'],
      read?.['Local Blocks Fetched'],
      read?.['Remote Bytes Read'],
      read?.['Remote Bytes Read To Disk'],
      read?.['Local Bytes Read'],
      read?.['Fetch Wait Time'],
      read?.['Total Records Read'],
      read?.['Remote Requests Duration'],
      write?.['Shuffle Bytes Written'],
      write?.['Shuffle Write Time'],
      write?.['Shuffle Records Written']
    ];
    this._setMetrics(values, row);
  }

  private _setMetrics(
    values: readonly (number | undefined)[],
    row: number
  ): void {
    for (let i = 0; i < values.length; i++) {
      const column = Column.executorDeserializeTimeMs + i;
      this._set(column, row, Math.max(0, numberOf(values[i], 0)));
    }
    const flags = this._columns[Column.flags]?.[row] ?? 0;
    this._set(Column.flags, row, flags | Flag.metrics);
  }

  private _set(column: number, row: number, value: number): void {
    let values = this._columns[column] ?? null;
    if (values === null || row >= values.length) {
      if (value === 0) {
        return;
      }
      const grown = new Float64Array(Math.max(64, row * 2));
      grown.set(values ?? []);
      values = this._columns[column] = grown;
    }
    values[row] = value;
  }

  /** The number of a text. */
  private _string(text: string): number {
    let number = this._numbers.get(text);
    if (number === undefined) {
      number = this._numbers.size;
      this._numbers.set(text, number);
      this._fresh.push(text);
    }
    return number;
  }

  private _sayStrings(): void {
    if (this._fresh.length > 0) {
      this._events.push({
        Event: 'SparkglassStrings',
        Base: this._numbers.size - this._fresh.length,
        Values: this._fresh
      });
      this._fresh = [];
    }
  }

  private readonly _peaks = new TaskPeaks();
  private readonly _sql = new SqlUpdatesBuilder();
  /** Of the task that is being read. */
  private readonly _updates = new SqlUpdateList();
  private _events: ISparkEvent[] = [];
  private _columns: (Float64Array | null)[] = new Array(COLUMN_COUNT).fill(
    null
  );
  private _length = 0;
  private readonly _numbers = new Map<string, number>();
  private _fresh: string[] = [];
}

/** An array of exactly that length; what it did not reach is 0. */
function cut(values: Float64Array, length: number): Float64Array {
  const exact = new Float64Array(length);
  exact.set(values.subarray(0, length));
  return exact;
}

/**
 * A Spark event log as batches.
 *
 * @param lines - its lines; those that are no events are left out and counted in `badLines`.
 * @param options - `application`: the ordinal of the batches (1); `size`: lines in a batch (4096).
 */
export function batchesOfLog(
  lines: Iterable<string>,
  options: { application?: number; size?: number } = {}
): IBatch[] {
  const { application = 1, size = BATCH_LINES } = options;
  const builder = new RowBuilder();
  const batches: IBatch[] = [];
  let badLines = 0;
  const finish = (): void => {
    if (builder.pending > 0 || badLines > 0) {
      batches.push({
        application,
        backfill: false,
        ...builder.take(),
        badLines
      });
      badLines = 0;
    }
  };
  for (const line of lines) {
    if (line.trim() === '') {
      continue;
    }
    const event = parseEvent(line);
    if (event) {
      builder.push(event);
    } else {
      badLines++;
    }
    if (builder.pending >= size) {
      finish();
    }
  }
  finish();
  return batches;
}
