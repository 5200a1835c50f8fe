import {
  Column,
  idOf,
  idsOf,
  isCurveEvent,
  Kind,
  listOf,
  numberOf,
  Reason,
  textOf,
  textsOf,
  valueAt,
  type IBatch,
  type ISparkEvent,
  type IStageInfo,
  type ITaskRows
} from '../../../events';
import { CountedStarts } from './counted-starts';
import { Readable } from './readable';
import { taskLine, type IRowContext } from './task-lines';
import { ToldTasks } from './told-tasks';

/** Lines are handed on in pieces of about so many characters. */
const PIECE_CHARACTERS = 1 << 16;
/** More strings than any application has. */
const MOST_STRINGS = 1 << 22;

/** The application that a log is about. */
export interface ILoggedApplication {
  /** Its number in the kernel; batches of others are left out. */
  readonly ordinal: number;
  readonly id: string;
  readonly name: string;
  readonly sparkVersion: string;
  readonly user: string;
  /** ms since 1970. */
  readonly startTime: number;
  /** What is known of its string table, should the kernel have forgotten the beginning. */
  readonly strings: readonly string[];
}

/**
 * Writes the batches of one application as a Spark event log, one JSON a line: what Spark's History Server reads as its own, and this
 * package as the same application with its cells.
 *
 * Spark's events go out word for word, task rows as the lines they were made of, our own events as they are; readers that do not know
 * these skip them. What the rows of a batch added up to where they are gone is one of our own, so Spark's tools show
 * fewer tasks then: {@link tasksGone} says how many.
 */
export class LogWriter implements IRowContext {
  constructor(private readonly app: ILoggedApplication) {
    this.strings = [...app.strings];
  }

  /** Tasks of which only sums were there. */
  get tasksGone(): number {
    return this._tasksGone;
  }

  /** Lines written. */
  get lineCount(): number {
    return this._lineCount;
  }

  /** Whether the application has ended, and the cell that ended it too. */
  get hasEnded(): boolean {
    return this.isOver && this.openCells.size === 0;
  }

  /**
   * The lines of a batch, in pieces that end with a line's end: whoever takes them may pause between two.
   */
  *write(batch: IBatch): Generator<string, void, void> {
    const isOurs = batch.application === this.app.ordinal;
    const rows = isOurs ? batch.rows : null;
    if (!this.hasBegun) {
      this.hasBegun = true;
      this.line({
        Event: 'SparkListenerLogStart',
        'Spark Version': this.app.sparkVersion
      });
    }
    let row = 0;
    for (let i = 0; i <= batch.events.length; i++) {
      for (; rows && row < rows.length; row++) {
        if (i < batch.events.length && valueAt(rows, Column.after, row) > i) {
          break;
        }
        this.row(rows, row);
        yield* this.piece();
      }
      const event = batch.events[i];
      if (event) {
        if (event.Event === 'SparkListenerStageCompleted' && rows) {
          this.startBefore(event, rows, row);
        }
        this.event(event, batch.lines?.[i], isOurs, batch.application);
        yield* this.piece();
      }
    }
    yield* this.piece(0);
  }

  // ---- IRowContext -----------------------------------------------------

  text(index: number): string {
    return this.strings[index] ?? '';
  }

  writesShuffle(stageId: number): boolean {
    return this.shuffleStages.has(stageId);
  }

  sawShuffle(stageId: number): void {
    this.shuffleStages.add(stageId);
  }

  // ---- events ----------------------------------------------------------

  private event(
    event: ISparkEvent,
    text: string | undefined,
    isOurs: boolean,
    application: number
  ): void {
    switch (event.Event) {
      case 'SparkglassStrings':
        // Written into the lines that they are for.
        if (isOurs) {
          this.learnStrings(event);
        }
        return;
      case 'SparkglassCellStart':
        this.openCells.add(textOf(event['Run ID'], ''));
        this.line(event, text);
        return;
      case 'SparkglassCellEnd':
        this.openCells.delete(textOf(event['Run ID'], ''));
        this.line(event, text);
        return;
      case 'SparkglassKernel':
        this.line(event, text);
        return;
      case 'SparkglassNotice':
        if (isOurs || application === 0) {
          this.line(event, text);
        }
        return;
      case 'SparkglassApplication':
      case 'SparkglassApplicationEnd':
        this.ownApplication(event, application);
        return;
    }
    if (isCurveEvent(event)) {
      // The kernel's own: learners need no Spark, and may be of several applications.
      this.line(event as unknown as ISparkEvent, text);
      return;
    }
    if (!isOurs) {
      return;
    }
    if (event.Event.startsWith('Sparkglass')) {
      this.own(event);
      this.line(event, text);
    } else {
      this.sparks(event, text);
    }
  }

  /** A log is of one application, so its number in the kernel says nothing there. */
  private ownApplication(event: ISparkEvent, application: number): void {
    const { Application: named, ...rest } = event;
    if ((idOf(named) > 0 ? named : application) !== this.app.ordinal) {
      return;
    }
    if (event.Event === 'SparkglassApplicationEnd') {
      // A driver that died says no farewell, and Spark's own log of it would have none.
      if (event.Reason === 'stopped' && !this.hasEndLine) {
        this.begin();
        this.hasEndLine = true;
        this.line({
          Event: 'SparkListenerApplicationEnd',
          Timestamp: numberOf(event.Time, 0)
        });
      }
      this.isOver = true;
    }
    this.line(rest as ISparkEvent);
  }

  private own(event: ISparkEvent): void {
    if (event.Event === 'SparkglassShuffle') {
      this.shuffleStages.add(idOf(event['Stage ID']));
    } else if (event.Event === 'SparkglassTasksDropped') {
      this._tasksGone += numberOf(event.Rows, 0);
      this.countedStarts.learn(event);
    }
  }

  private sparks(event: ISparkEvent, text: string | undefined): void {
    switch (event.Event) {
      case 'SparkListenerLogStart':
        return;
      case 'SparkListenerApplicationStart':
        if (this.hasStartLine) {
          return;
        }
        this.hasStartLine = true;
        break;
      case 'SparkListenerApplicationEnd':
        if (this.hasEndLine) {
          return;
        }
        this.begin();
        this.hasEndLine = true;
        break;
      default:
        this.begin();
        this.learnShuffles(event);
    }
    const full = this.readable.of(event);
    if (full) {
      this.line(full, full === event ? text : undefined);
    }
  }

  /** A listing of a History Server needs to know who this is, also when nobody has said so. */
  private begin(): void {
    if (!this.hasStartLine) {
      this.hasStartLine = true;
      this.line({
        Event: 'SparkListenerApplicationStart',
        'App Name': this.app.name,
        'App ID': this.app.id,
        Timestamp: this.app.startTime,
        User: this.app.user
      });
    }
  }

  private learnStrings(event: ISparkEvent): void {
    const base = idOf(event.Base);
    const values = textsOf(event.Values);
    if (base >= 0 && base + values.length <= MOST_STRINGS) {
      values.forEach((value, i) => {
        this.strings[base + i] = value;
      });
    }
  }

  /** A stage that another needs writes a shuffle for it. */
  private learnShuffles(event: ISparkEvent): void {
    const infos =
      event.Event === 'SparkListenerJobStart'
        ? listOf(event['Stage Infos'] as IStageInfo[] | undefined)
        : event.Event === 'SparkListenerStageSubmitted'
          ? [event['Stage Info'] as IStageInfo | undefined]
          : [];
    for (const info of infos) {
      idsOf(info?.['Parent IDs']).forEach(id => this.shuffleStages.add(id));
    }
  }

  // ---- rows ------------------------------------------------------------

  private row(rows: ITaskRows, row: number): void {
    const taskId = valueAt(rows, Column.taskId, row);
    if (!(taskId >= 0)) {
      return;
    }
    switch (valueAt(rows, Column.kind, row)) {
      case Kind.started:
        this.start(rows, row, taskId, true);
        break;
      case Kind.ended:
        this.end(rows, row, taskId);
        break;
      case Kind.gettingResult:
        if (this.tasks.hasStarted(taskId)) {
          this.begin();
          this.put(taskLine(rows, row, Kind.gettingResult, this));
        }
        break;
      // A heartbeat's metrics are in no event log.
    }
  }

  private start(
    rows: ITaskRows,
    row: number,
    taskId: number,
    alone: boolean
  ): void {
    if (valueAt(rows, Column.stageId, row) < 0 || !this.tasks.start(taskId)) {
      return;
    }
    this.begin();
    this.put(taskLine(rows, row, Kind.started, this));
    const correction = alone ? null : this.countedStarts.correction(rows, row);
    if (correction) {
      this.line(correction);
    }
  }

  private end(rows: ITaskRows, row: number, taskId: number): void {
    if (valueAt(rows, Column.stageId, row) < 0) {
      return;
    }
    const isLost = valueAt(rows, Column.reason, row) === Reason.resubmitted;
    if (isLost) {
      if (this.tasks.resubmit(taskId)) {
        this.begin();
        this.put(taskLine(rows, row, Kind.ended, this));
      }
      return;
    }
    this.start(rows, row, taskId, false);
    if (this.tasks.end(taskId)) {
      this.put(taskLine(rows, row, Kind.ended, this));
    }
  }

  /**
   * A task that starts and ends within one frame comes as its end only. Where its stage ends in between, the start has to stand before that:
   * Spark does not count a task that begins in a stage which is over.
   */
  private startBefore(event: ISparkEvent, rows: ITaskRows, from: number): void {
    const info = event['Stage Info'] as IStageInfo | undefined;
    const id = idOf(info?.['Stage ID']);
    const attempt = Math.max(0, idOf(info?.['Stage Attempt ID']));
    const ended = numberOf(info?.['Completion Time'], Infinity);
    for (let row = from; row < rows.length; row++) {
      if (
        valueAt(rows, Column.stageId, row) === id &&
        valueAt(rows, Column.stageAttemptId, row) === attempt &&
        valueAt(rows, Column.kind, row) === Kind.ended &&
        valueAt(rows, Column.reason, row) !== Reason.resubmitted &&
        valueAt(rows, Column.launchTime, row) <= ended
      ) {
        const taskId = valueAt(rows, Column.taskId, row);
        this.start(rows, row, taskId, false);
      }
    }
  }

  // ---- lines -----------------------------------------------------------

  private line(event: ISparkEvent, text?: string): void {
    this.put(text ?? JSON.stringify(event));
  }

  private put(line: string): void {
    this.pending.push(line, '\n');
    this.characters += line.length + 1;
    this._lineCount++;
  }

  private *piece(least = PIECE_CHARACTERS): Generator<string, void, void> {
    if (this.characters > least) {
      const text = this.pending.join('');
      this.pending = [];
      this.characters = 0;
      yield text;
    }
  }

  private readonly strings: string[];
  private readonly shuffleStages = new Set<number>();
  private readonly readable = new Readable();
  private readonly tasks = new ToldTasks();
  private readonly openCells = new Set<string>();
  private readonly countedStarts = new CountedStarts();
  private pending: string[] = [];
  private characters = 0;
  private hasBegun = false;
  private hasStartLine = false;
  private hasEndLine = false;
  private isOver = false;
  private _tasksGone = 0;
  private _lineCount = 0;
}
