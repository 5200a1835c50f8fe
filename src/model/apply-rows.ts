import { Column, Flag, Kind, Reason, type ITaskRows } from '../events';
import type { Application } from './application';
import { countEnd, countStart, isKill, isOver } from './counting';
import type { Executor } from './executor';
import { MetricWriter } from './metric-writer';
import type { StageAttempt } from './stage-attempt';
import { TaskFlag, TaskState } from './task-table';

/** Which bits of a row's flags a table keeps. */
const KEPT_FLAGS = Flag.speculative | Flag.failed | Flag.killed | Flag.metrics;

/**
 * Takes the rows of one batch into an application: `AppStatusListener.onTaskStart`, `onTaskEnd` and the tasks of
 * `onExecutorMetricsUpdate`.
 *
 * What is counted is counted row by row, between the events where it belongs; values are written column by column, at the end.
 */
export class RowWriter {
  constructor(
    private readonly _app: Application,
    private readonly _rows: ITaskRows,
    private readonly _backfill: boolean
  ) {
    this._metrics = new MetricWriter(_app, _rows);
  }

  /** Take the rows that come before event number `event`. */
  upTo(event: number): void {
    const after = this._column(Column.after);
    let row = this._next;
    const { length } = this._rows;
    while (row < length && (after === null || after[row]! <= event)) {
      this._take(row++);
    }
    this._next = row;
  }

  /** Take the rows that are left, and write what they say. */
  finish(): void {
    this.upTo(Infinity);
    this._metrics.write();
  }

  private _take(row: number): void {
    const taskId = this._value(Column.taskId, row);
    if (!(taskId >= 0)) {
      return;
    }
    const known = this._app.tasks.rowOf(taskId);
    const hasStage = this._value(Column.stageId, row) >= 0;
    switch (this._value(Column.kind, row)) {
      case Kind.started:
        if (known < 0 && hasStage) {
          this._start(row, taskId, true);
        }
        break;
      case Kind.ended:
        if (hasStage) {
          this._tellSql(row, taskId, this._value(Column.index, row));
          this._end(row, taskId, known);
        }
        break;
      default:
        if (known >= 0) {
          this._tellSql(row, taskId, this._app.tasks.index[known]!);
        }
        // A heartbeat says too little of its task to begin one.
        if (known >= 0 && this._app.tasks.state[known] === TaskState.running) {
          this._progress(row, known);
        }
    }
  }

  private _start(row: number, taskId: number, alone: boolean): number {
    const app = this._app;
    const { tasks } = app;
    const stage = this._stageOf(row);
    const task = tasks.append(taskId);
    const launchTime = this._value(Column.launchTime, row);
    const locality = this._value(Column.locality, row);
    const flags = this._value(Column.flags, row);
    const speculative = (flags & Flag.speculative) !== 0;
    tasks.stage[task] = stage.ordinal;
    tasks.index[task] = this._value(Column.index, row);
    tasks.partitionId[task] = this._value(Column.partitionId, row);
    tasks.launchTime[task] = launchTime;
    tasks.locality[task] = locality;
    tasks.flags[task] = flags & Flag.speculative;
    stage.rows.push(task);
    this._metrics.begun(row, task);
    if (launchTime > app.now) {
      app.now = launchTime;
    }
    // An end that comes alone says that the stage was still live for Spark; so does what happened before anybody listened.
    if (alone && !this._backfill && isOver(stage)) {
      tasks.flags[task]! |= TaskFlag.late;
    } else {
      stage.localityCounts[locality]! += 1;
      if (
        stage.firstTaskLaunchTime === null ||
        launchTime < stage.firstTaskLaunchTime
      ) {
        stage.firstTaskLaunchTime = launchTime;
      }
      if (!alone && stage.droppedActive > 0) {
        // Its start was dropped, and counted then.
        stage.droppedActive--;
      } else {
        countStart(stage);
      }
      if (speculative) {
        stage.speculation.numTasks++;
        stage.speculation.numActiveTasks++;
      }
    }
    const executor = this._executorOf(row, launchTime);
    if (executor) {
      executor.activeTasks++;
      executor.totalTasks++;
    }
    return task;
  }

  private _end(row: number, taskId: number, known: number): void {
    const { tasks } = this._app;
    const reason = this._value(Column.reason, row);
    if (reason === Reason.resubmitted) {
      this._resubmitted(row, taskId, known);
      return;
    }
    if (known >= 0 && tasks.state[known] !== TaskState.running) {
      if ((tasks.flags[known]! & TaskFlag.endUnknown) === 0) {
        return;
      }
    }
    const task = known >= 0 ? known : this._start(row, taskId, false);
    const flags = this._value(Column.flags, row);
    const duration = this._value(Column.durationMs, row);
    const unknownUntilNow = (tasks.flags[task]! & TaskFlag.endUnknown) !== 0;
    tasks.flags[task] =
      (tasks.flags[task]! & ~TaskFlag.endUnknown) | (flags & KEPT_FLAGS);
    tasks.state[task] =
      (flags & Flag.failed) !== 0
        ? TaskState.failed
        : (flags & Flag.killed) !== 0
          ? TaskState.killed
          : TaskState.succeeded;
    tasks.reason[task] = reason;
    const end = tasks.launchTime[task]! + duration;
    if (end > this._app.now) {
      this._app.now = end;
    }
    const stage = this._app.stageList[tasks.stage[task]!]!;
    const late = (tasks.flags[task]! & TaskFlag.late) !== 0;
    const counts = !late && (!unknownUntilNow || stage.endsOwed > 0);
    this._metrics.ended(row, task, counts ? stage.ordinal : -1);
    if (counts) {
      stage.endsOwed -= unknownUntilNow ? 1 : 0;
      this._countEnd(row, task, stage, reason);
    }
    const executor = this._executorOf(row, tasks.launchTime[task]!);
    if (executor) {
      if (!unknownUntilNow) {
        executor.activeTasks--;
      }
      this._countExecutor(executor, reason);
      executor.totalDurationMs += duration;
      if ((flags & Flag.metrics) !== 0) {
        this._addTotals(executor, row);
      }
    }
  }

  /** SQL metrics take what every row says, also the end of a task that has ended before. */
  private _tellSql(row: number, taskId: number, index: number): void {
    const flags = this._value(Column.flags, row);
    this._app.sqlMetrics.onTask(
      this._value(Column.stageId, row),
      this._value(Column.stageAttemptId, row),
      taskId,
      index,
      this._value(Column.kind, row) === Kind.ended &&
        (flags & (Flag.failed | Flag.killed)) === 0,
      this._rows.sql ?? null,
      row
    );
  }

  private _countEnd(
    row: number,
    task: number,
    stage: StageAttempt,
    reason: number
  ): void {
    const kill = isKill(reason)
      ? (this._app.strings[this._value(Column.error, row) - 1] ?? '')
      : '';
    countEnd(stage, reason, this._app.tasks.index[task]!, kill);
    if ((this._app.tasks.flags[task]! & TaskFlag.speculative) !== 0) {
      const { speculation } = stage;
      speculation.numActiveTasks--;
      if (reason === Reason.success) {
        speculation.numCompletedTasks++;
      } else if (kill !== '' || isKill(reason)) {
        speculation.numKilledTasks++;
      } else {
        speculation.numFailedTasks++;
      }
    }
  }

  /**
   * A task that had ended is to run again, because its output was lost with its executor. Spark counts one failure more, no metrics,
   * and since 4.3 no time; the task stays what it ended as.
   */
  private _resubmitted(row: number, taskId: number, known: number): void {
    const app = this._app;
    const { tasks } = app;
    if (known >= 0 && (tasks.flags[known]! & TaskFlag.resubmitted) !== 0) {
      return;
    }
    const stage = this._stageOf(row);
    if (known >= 0) {
      tasks.flags[known]! |= TaskFlag.resubmitted;
    }
    if (this._backfill || !isOver(stage)) {
      countEnd(stage, Reason.resubmitted, 0, '');
    } else if (known >= 0) {
      tasks.flags[known]! |= TaskFlag.resubmittedLate;
    }
    const executor = this._executorOf(row, this._value(Column.launchTime, row));
    if (executor) {
      this._countExecutor(executor, Reason.resubmitted);
      executor.resubmittedMs += this._value(Column.durationMs, row);
    }
  }

  private _progress(row: number, task: number): void {
    const stage = this._app.stageList[this._app.tasks.stage[task]!]!;
    const late = (this._app.tasks.flags[task]! & TaskFlag.late) !== 0;
    const kind = this._value(Column.kind, row);
    if (kind === Kind.gettingResult) {
      this._metrics.fetching(row, task);
    } else if ((this._value(Column.flags, row) & Flag.metrics) !== 0) {
      this._app.tasks.flags[task]! |= TaskFlag.metrics;
      this._metrics.reported(row, task, late ? -1 : stage.ordinal);
    }
  }

  private _countExecutor(executor: Executor, reason: number): void {
    if (reason === Reason.success) {
      executor.completedTasks++;
    } else if (!isKill(reason)) {
      executor.failedTasks++;
    }
  }

  private _addTotals(executor: Executor, row: number): void {
    executor.totalGcTimeMs += this._value(Column.jvmGcTimeMs, row);
    executor.inputBytes += this._value(Column.inputBytesRead, row);
    executor.shuffleReadBytes +=
      this._value(Column.shuffleLocalBytesRead, row) +
      this._value(Column.shuffleRemoteBytesRead, row);
    executor.shuffleWriteBytes += this._value(Column.shuffleBytesWritten, row);
  }

  /** The executor that counts a row; Spark counts nothing for one that was removed. */
  private _executorOf(row: number, time: number): Executor | null {
    const executor = this._app.executorAt(
      this._value(Column.executor, row),
      time
    );
    return executor && (executor.isActive || this._backfill) ? executor : null;
  }

  private _stageOf(row: number): StageAttempt {
    const id = this._value(Column.stageId, row);
    const attempt = this._value(Column.stageAttemptId, row);
    let stage = this._stage;
    if (stage === null || stage.id !== id || stage.attempt !== attempt) {
      stage = this._stage = this._app.stage(id, attempt);
    }
    return stage;
  }

  private _value(column: number, row: number): number {
    const values = this._rows.columns[column];
    return values ? values[row]! : 0;
  }

  private _column(column: number): Float64Array | null {
    return this._rows.columns[column] ?? null;
  }

  private _next = 0;
  private _stage: StageAttempt | null = null;
  private readonly _metrics: MetricWriter;
}
