import type { IBatch } from './batch';
import type { ITaskRows } from './rows';
import type { ISparkEvent } from './spark';

/**
 * Makes rows of the task events of an ordinary Spark event log.
 */
export class RowBuilder {
  /**
   * Take one event.
   *
   * @param after - how many events of the batch come before it.
   * @returns false when it is not about a task, and so belongs among the batch's events.
   */
  push(event: ISparkEvent, after: number): boolean {
    return event.Event === '' && after < 0;
  }

  /** The rows since the last call, or null when there are none. */
  take(): ITaskRows | null {
    return null;
  }

  /** Strings that are new since the last call, as a `SparkglassStrings` event; they must reach the model with or before the rows. */
  takeStrings(): ISparkEvent | null {
    return null;
  }
}

/**
 * A Spark event log as batches.
 *
 * @param lines - its lines; empty, damaged and unknown ones are skipped and counted in `badLines`.
 * @param options - `application`: the ordinal of the batches (1); `size`: lines a batch (4096).
 */
export function batchesOfLog(
  lines: Iterable<string>,
  options: { application?: number; size?: number } = {}
): IBatch[] {
  void lines;
  void options;
  return [];
}
