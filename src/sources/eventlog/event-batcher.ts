import {
  Column,
  Kind,
  parseEvent,
  RowBuilder,
  type IBatch
} from '../../events';
import { CLOSE, LINE_END, OPEN } from './bytes';
import { messageOf } from './problems';
import { PeakWatch } from './peak-watch';
import { TaskScanner } from './scanner';

/** When a batch is handed on: so many events and rows, or so many bytes of their lines. */
export interface IBatchSize {
  readonly count: number;
  readonly bytes: number;
}

/** A line longer than this is looked at before it is parsed. */
const LONG_LINE = 1 << 20;
/** Spark's deepest plans stay far below. */
const MOST_DEPTH = 10_000;

/**
 * Lines in, batches out: a task's line by the scanner where that knows how, all others by `JSON.parse`.
 */
export class EventBatcher {
  /**
   * @param _application - the ordinal of the batches.
   * @param _deliver - gets a batch as soon as it is full.
   */
  constructor(
    private readonly _application: number,
    private readonly _size: IBatchSize,
    private readonly _deliver: (batch: IBatch) => void
  ) {}

  /**
   * Take the line `bytes[from]` to `bytes[to - 1]`. A blank one is nothing.
   *
   * @returns why it is no event, or null. Whether that counts is for the caller to say.
   */
  push(bytes: Uint8Array, from: number, to: number): string | null {
    if (this._scan(bytes, from, to)) {
      return null;
    }
    const cause = this._parse(bytes.subarray(from, to));
    this._took(to - from);
    return cause;
  }

  /**
   * Take the line that begins at a place when it is a task's and all of it is there.
   *
   * @returns the place of its end, or -1: look for the end, and `push`.
   */
  quick(bytes: Uint8Array, from: number): number {
    return this._scan(bytes, from, bytes.length, true) ? this._scanner.end : -1;
  }

  private _scan(
    bytes: Uint8Array,
    from: number,
    to: number,
    mustEnd = false
  ): boolean {
    if (!this._scanner.scan(bytes, from, to)) {
      return false;
    }
    const { values, executor, host, sql, end } = this._scanner;
    if (mustEnd && bytes[end] !== LINE_END) {
      return false;
    }
    if (this._hasPeak()) {
      this._parse(bytes.subarray(from, end));
    } else {
      this._builder.pushRow(values, executor, host, sql);
    }
    this._took(end - from);
    return true;
  }

  private _took(bytes: number): void {
    this._bytes += bytes;
    if (
      this._builder.pending >= this._size.count ||
      this._bytes >= this._size.bytes
    ) {
      this.flush();
    }
  }

  /** Count a line that could not be taken. */
  countBad(): void {
    this._badLines++;
  }

  /** Hand on what is there. */
  flush(): void {
    const badLines = this._badLines;
    this._badLines = 0;
    this._bytes = 0;
    if (this._builder.pending > 0 || badLines > 0) {
      this._deliver({
        application: this._application,
        backfill: false,
        ...this._builder.take(),
        badLines
      });
    }
  }

  /** Whether the line that was scanned may tell a peak, which is more than a row can hold. */
  private _hasPeak(): boolean {
    const { values, executor, executorMetrics } = this._scanner;
    if (values[Column.kind] !== Kind.ended) {
      return false;
    }
    return this._peaks.isNews(
      values[Column.stageId]!,
      values[Column.stageAttemptId]!,
      executor,
      executorMetrics.values,
      executorMetrics.count
    );
  }

  private _parse(bytes: Uint8Array): string | null {
    if (bytes.length > LONG_LINE && isTooDeep(bytes)) {
      return 'nested too deeply';
    }
    const line = this._text.decode(bytes);
    if (line.trim() === '') {
      return null;
    }
    const event = parseEvent(line);
    if (event) {
      try {
        this._builder.push(event);
        if (event.Event === 'SparkListenerStageCompleted') {
          this._peaks.forget(event);
        }
        return null;
      } catch (error) {
        // A field that cannot become text.
        return messageOf(error);
      }
    }
    return causeOf(line);
  }

  private readonly _builder = new RowBuilder();
  private readonly _scanner = new TaskScanner();
  private readonly _peaks = new PeakWatch();
  // A byte order mark is no part of JSON: it stays and makes a bad line, as it does for Spark.
  private readonly _text = new TextDecoder('utf-8', { ignoreBOM: true });
  private _bytes = 0;
  private _badLines = 0;
}

/** Why a line is no event. */
function causeOf(line: string): string {
  try {
    JSON.parse(line);
    return 'no event';
  } catch (error) {
    return messageOf(error).slice(0, 200);
  }
}

/** Whether a few bytes would become millions of objects in each other. Brackets in texts count too: they come in pairs. */
function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]! | 0x20;
    if (byte === OPEN) {
      depth++;
      if (depth > MOST_DEPTH) {
        return true;
      }
    } else if (byte === CLOSE) {
      depth--;
    }
  }
  return false;
}
