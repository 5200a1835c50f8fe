import { idOf, numbersOf, textOf } from './fields';
import type { ISparkEvent, IStageCompleted, ITaskEnd } from './spark';

/** Spark takes metrics that are absent, as in logs before 3.0, for zeros of all (`JsonProtocol.executorMetricsFromJson`). */
const ABSENT = { JVMHeapMemory: 0 };

/**
 * `Task Executor Metrics` of the task ends of a log, reduced to what a reader can still learn from them: most are zeros or no more than a
 * task before had on the same executor.
 */
export class TaskPeaks {
  /**
   * What a task end tells anew of its executor in its stage attempt.
   *
   * @returns an event `SparkglassTaskPeaks`, or null when it tells nothing.
   */
  risen(event: ITaskEnd): ISparkEvent | null {
    const metrics = event['Task Executor Metrics'] ?? ABSENT;
    const executor = textOf(event['Task Info']?.['Executor ID'], '');
    if (typeof metrics !== 'object' || metrics === null || executor === '') {
      return null;
    }
    const stageId = idOf(event['Stage ID']);
    const attempt = Math.max(0, idOf(event['Stage Attempt ID']));
    const stage = `${stageId}.${attempt}`;
    const executors = this._stages.get(stage) ?? new Map();
    this._stages.set(stage, executors);
    let known = executors.get(executor);
    let rises = known === undefined;
    known ??= new Map<string, number>();
    executors.set(executor, known);
    for (const [name, value] of numbersOf(metrics)) {
      if (value > (known.get(name) ?? -1)) {
        known.set(name, value);
        rises = true;
      }
    }
    return rises
      ? {
          Event: 'SparkglassTaskPeaks',
          'Executor ID': executor,
          'Stage ID': stageId,
          'Stage Attempt ID': attempt,
          'Executor Metrics': metrics
        }
      : null;
  }

  /** A stage attempt is over; what its last tasks tell may come twice. */
  forget(event: IStageCompleted): void {
    const info = event['Stage Info'];
    const attempt = Math.max(0, idOf(info?.['Stage Attempt ID']));
    this._stages.delete(`${idOf(info?.['Stage ID'])}.${attempt}`);
  }

  /** Stage attempt → executor → metric → highest value. */
  private readonly _stages = new Map<
    string,
    Map<string, Map<string, number>>
  >();
}
