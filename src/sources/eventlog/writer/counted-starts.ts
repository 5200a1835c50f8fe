import {
  Column,
  numberOf,
  valueAt,
  type ISparkEvent,
  type ITaskRows
} from '../../../events';

/**
 * Tasks whose start is in a sum of rows that are gone, and whose end comes as a row: the log gets a start for them, so a reader that
 * knows sums would count them twice.
 */
export class CountedStarts {
  /** Take in a `SparkglassTasksDropped`. */
  learn(event: ISparkEvent): void {
    const of = (name: string): number => numberOf(event[name], 0);
    const key = `${of('Stage ID')}.${of('Stage Attempt ID')}`;
    const running =
      of('Started') - of('Succeeded') - of('Failed') - of('Killed');
    const before = this.running.get(key) ?? 0;
    this.running.set(key, Math.max(0, before + running));
  }

  /**
   * What to write after the start of a task of which only the end came: after, because a stage that has completed is over for readers as soon
   * as none of its tasks runs, and a task that begins then does not count.
   *
   * @returns a sum that takes the start away again; null when no sum has it.
   */
  correction(rows: ITaskRows, row: number): ISparkEvent | null {
    const id = valueAt(rows, Column.stageId, row);
    const attempt = valueAt(rows, Column.stageAttemptId, row);
    const key = `${id}.${attempt}`;
    const running = this.running.get(key) ?? 0;
    if (running === 0) {
      return null;
    }
    this.running.set(key, running - 1);
    return {
      Event: 'SparkglassTasksDropped',
      'Stage ID': id,
      'Stage Attempt ID': attempt,
      Started: -1
    };
  }

  /** By stage attempt. */
  private readonly running = new Map<string, number>();
}
