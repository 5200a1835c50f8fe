import { COLUMN_COUNT, Column } from '../events';
import { NumberColumn, type Numbers } from './numbers';
import { TaskIds } from './task-ids';

/** Values of the column `state` of a {@link TaskTable}. */
export const TaskState = {
  running: 0,
  succeeded: 1,
  failed: 2,
  killed: 3
} as const;

/** Bits of the column `flags` of a {@link TaskTable}: those of the protocol, and what the model adds. */
export const TaskFlag = {
  speculative: 1,
  failed: 2,
  killed: 4,
  /** Metrics have been reported (`hasMetrics` in Spark's store). */
  metrics: 8,
  /** Its output was lost with an executor and it was run again; it still counts as what it ended as, and as failed too. */
  resubmitted: 16,
  /** Started when its stage was already over: Spark counts it for the executor only. */
  late: 32,
  /** Ended, but nobody saw how: its end was dropped. `durationMs` is then up to its stage's end. */
  endUnknown: 64,
  /** It was run again when its stage was over: Spark counts that for the executor only. */
  resubmittedLate: 128
} as const;

const FIRST_CAPACITY = 256;
/** Up to here the table doubles; beyond, it grows by half, so that less lies idle. */
const DOUBLING_LIMIT = 1 << 16;

/**
 * Tasks as columns: row `r` is the r-th task that was heard of, until tasks are forgotten and others take their rows.
 *
 * The arrays are valid until the next `apply`, may be longer than `length`, and must not be written. Each is as wide as its values
 * need (one byte to eight), so read them by index.
 */
export class TaskTable {
  /** How many rows, those of forgotten tasks included. */
  get length(): number {
    return this._length;
  }

  /** How many tasks were heard of. */
  appended = 0;

  /** How many were forgotten: their rows have no launch time (NaN), or another task. */
  released = 0;

  /** Bytes that the columns and the index of task ids occupy. */
  get byteLength(): number {
    let bytes = this._zeros.byteLength + this._ids.byteLength;
    for (const column of this._numbers) {
      bytes += column.byteLength;
    }
    for (const values of this._fixed) {
      bytes += values.byteLength;
    }
    return bytes;
  }

  /** The row of a task, or -1. */
  rowOf(taskId: number): number {
    return this._ids.get(taskId);
  }

  /** How long its result was fetched, ms: `AppStatusUtils.gettingResultTime`; 0 while the task runs. */
  gettingResultMs(row: number): number {
    const since = this.gettingResult[row]!;
    return since > 0 && this.state[row] !== TaskState.running
      ? Math.max(0, this.durationMs[row]! - (since - 1))
      : 0;
  }

  /**
   * Scheduler delay, ms, as `AppStatusUtils.schedulerDelay`: max(0, duration − run − deserialize − result serialization − getting
   * result); 0 while the task runs and when it reported no metrics.
   */
  schedulerDelayMs(row: number): number {
    if (
      this.state[row] === TaskState.running ||
      (this.flags[row]! & TaskFlag.metrics) === 0
    ) {
      return 0;
    }
    return Math.max(
      0,
      this.durationMs[row]! -
        this.runTimeMs[row]! -
        this.deserializeTimeMs[row]! -
        this.resultSerializationTimeMs[row]! -
        this.gettingResultMs(row)
    );
  }

  /** Index into `Application.stageList`. */
  stage = new Int32Array(0);
  /** Position in the task set. */
  index = new Int32Array(0);
  /** -1 when unknown. */
  partitionId = new Int32Array(0);
  /** ms since 1970. */
  launchTime = new Float64Array(0);
  /** A value of {@link TaskState}. */
  state = new Uint8Array(0);
  /** Bits of {@link TaskFlag}. */
  flags = new Uint8Array(0);
  /** Index into `REASONS`. */
  reason = new Uint8Array(0);
  /** Index into `LOCALITIES`. */
  locality = new Uint8Array(0);

  get taskId(): Numbers {
    return this._numbers[Column.taskId]!.values;
  }
  get attempt(): Numbers {
    return this._numbers[Column.attempt]!.values;
  }
  /** Finish − launch; 0 while running. */
  get durationMs(): Numbers {
    return this._numbers[Column.durationMs]!.values;
  }
  /** 0 = none, else index into `Application.strings` + 1. */
  get error(): Numbers {
    return this._numbers[Column.error]!.values;
  }
  /** Index into `Application.strings`. */
  get executor(): Numbers {
    return this._numbers[Column.executor]!.values;
  }
  /** Index into `Application.strings`. */
  get host(): Numbers {
    return this._numbers[Column.host]!.values;
  }
  /** 0 = its result came with its end, else ms from launch until the result was fetched + 1. */
  get gettingResult(): Numbers {
    return this._numbers[Column.gettingResult]!.values;
  }
  get deserializeTimeMs(): Numbers {
    return this._numbers[Column.executorDeserializeTimeMs]!.values;
  }
  get deserializeCpuTimeNs(): Numbers {
    return this._numbers[Column.executorDeserializeCpuTimeNs]!.values;
  }
  get runTimeMs(): Numbers {
    return this._numbers[Column.executorRunTimeMs]!.values;
  }
  get cpuTimeNs(): Numbers {
    return this._numbers[Column.executorCpuTimeNs]!.values;
  }
  get resultSizeBytes(): Numbers {
    return this._numbers[Column.resultSizeBytes]!.values;
  }
  get gcTimeMs(): Numbers {
    return this._numbers[Column.jvmGcTimeMs]!.values;
  }
  get resultSerializationTimeMs(): Numbers {
    return this._numbers[Column.resultSerializationTimeMs]!.values;
  }
  get memoryBytesSpilled(): Numbers {
    return this._numbers[Column.memoryBytesSpilled]!.values;
  }
  get diskBytesSpilled(): Numbers {
    return this._numbers[Column.diskBytesSpilled]!.values;
  }
  get peakExecutionMemoryBytes(): Numbers {
    return this._numbers[Column.peakExecutionMemoryBytes]!.values;
  }
  get inputBytes(): Numbers {
    return this._numbers[Column.inputBytesRead]!.values;
  }
  get inputRecords(): Numbers {
    return this._numbers[Column.inputRecordsRead]!.values;
  }
  get outputBytes(): Numbers {
    return this._numbers[Column.outputBytesWritten]!.values;
  }
  get outputRecords(): Numbers {
    return this._numbers[Column.outputRecordsWritten]!.values;
  }
  get shuffleRemoteBlocksFetched(): Numbers {
    return this._numbers[Column.shuffleRemoteBlocksFetched]!.values;
  }
  get shuffleLocalBlocksFetched(): Numbers {
    return this._numbers[Column.shuffleLocalBlocksFetched]!.values;
  }
  get shuffleRemoteBytesRead(): Numbers {
    return this._numbers[Column.shuffleRemoteBytesRead]!.values;
  }
  get shuffleRemoteBytesReadToDisk(): Numbers {
    return this._numbers[Column.shuffleRemoteBytesReadToDisk]!.values;
  }
  get shuffleLocalBytesRead(): Numbers {
    return this._numbers[Column.shuffleLocalBytesRead]!.values;
  }
  get shuffleFetchWaitTimeMs(): Numbers {
    return this._numbers[Column.shuffleFetchWaitTimeMs]!.values;
  }
  get shuffleRecordsRead(): Numbers {
    return this._numbers[Column.shuffleRecordsRead]!.values;
  }
  get shuffleRemoteReqsDurationMs(): Numbers {
    return this._numbers[Column.shuffleRemoteReqsDurationMs]!.values;
  }
  get shuffleBytesWritten(): Numbers {
    return this._numbers[Column.shuffleBytesWritten]!.values;
  }
  get shuffleWriteTimeNs(): Numbers {
    return this._numbers[Column.shuffleWriteTimeNs]!.values;
  }
  get shuffleRecordsWritten(): Numbers {
    return this._numbers[Column.shuffleRecordsWritten]!.values;
  }

  /**
   * Any column that is as wide as it needs, by its number in the protocol. Only for the writer in this folder, and for readers that
   * take the column as a parameter. `stage`, `index`, `partitionId`, `launchTime`, `state`, `flags`, `reason` and `locality` are not here.
   */
  column(column: number): NumberColumn {
    return this._numbers[column]!;
  }

  /** Add a row for a task: the writer's. */
  append(taskId: number): number {
    const row = this._free.pop() ?? this._length++;
    if (row === this.state.length) {
      this._grow();
    }
    this._ids.set(taskId, row);
    this.appended++;
    return row;
  }

  /** Forget a task: the writer's. Its row is empty until another task takes it. */
  release(row: number): void {
    this._ids.delete(this.taskId[row]!);
    for (const values of this._fixed) {
      values[row] = 0;
    }
    for (const column of this._numbers) {
      if (column.present) {
        column.values[row] = 0;
      }
    }
    this.launchTime[row] = NaN;
    this._free.push(row);
    this.released++;
  }

  private _grow(): void {
    const before = this.state.length;
    const capacity =
      before < DOUBLING_LIMIT
        ? Math.max(FIRST_CAPACITY, before * 2)
        : Math.ceil(before * 1.5);
    const longer = <T extends Int32Array | Float64Array | Uint8Array>(
      values: T,
      into: T
    ): T => {
      into.set(values);
      return into;
    };
    this.stage = longer(this.stage, new Int32Array(capacity));
    this.index = longer(this.index, new Int32Array(capacity));
    this.partitionId = longer(this.partitionId, new Int32Array(capacity));
    this.launchTime = longer(this.launchTime, new Float64Array(capacity));
    this.state = longer(this.state, new Uint8Array(capacity));
    this.flags = longer(this.flags, new Uint8Array(capacity));
    this.reason = longer(this.reason, new Uint8Array(capacity));
    this.locality = longer(this.locality, new Uint8Array(capacity));
    this._zeros = new Uint8Array(capacity);
    for (const column of this._numbers) {
      column.grow(this._zeros);
    }
  }

  private get _fixed(): (Int32Array | Float64Array | Uint8Array)[] {
    return [
      this.stage,
      this.index,
      this.partitionId,
      this.launchTime,
      this.state,
      this.flags,
      this.reason,
      this.locality
    ];
  }

  private _length = 0;
  /** Rows of forgotten tasks. */
  private readonly _free: number[] = [];
  private _zeros = new Uint8Array(0);
  private readonly _ids = new TaskIds();
  private readonly _numbers: readonly NumberColumn[] = Array.from(
    { length: COLUMN_COUNT },
    () => new NumberColumn(this._zeros)
  );
}
