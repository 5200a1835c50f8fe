import { idOf, type ISparkEvent, type IStageCompleted } from '../../events';

/** Attempts beyond are not told apart, so their tasks always count as news. */
const MOST_ATTEMPTS = 1024;

/**
 * Tells whether a task's executor metrics may be news to `TaskPeaks`: it knows no higher value than that one does, so what is no news here
 * is none there.
 */
export class PeakWatch {
  /**
   * @param values - numbers in an order that never changes.
   * @param count - how many of them; -1 when the task has none, which is news once: it counts as zeros.
   * @returns false when none is higher than what was seen. True counts as seen.
   */
  isNews(
    stageId: number,
    attempt: number,
    executor: string,
    values: Float64Array,
    count: number
  ): boolean {
    count = Math.max(0, count);
    if (attempt < 0 || attempt >= MOST_ATTEMPTS) {
      return true;
    }
    const key = stageId * MOST_ATTEMPTS + attempt;
    let executors = this._stages.get(key);
    if (!executors) {
      executors = new Map();
      this._stages.set(key, executors);
    }
    const known = executors.get(executor);
    if (!known || known.length !== count) {
      executors.set(executor, values.slice(0, count));
      return true;
    }
    let rises = false;
    for (let i = 0; i < count; i++) {
      if (values[i]! > known[i]!) {
        known[i] = values[i]!;
        rises = true;
      }
    }
    return rises;
  }

  /** A stage attempt is over. */
  forget(event: ISparkEvent): void {
    const info = (event as unknown as IStageCompleted)['Stage Info'];
    const attempt = Math.max(0, idOf(info?.['Stage Attempt ID']));
    this._stages.delete(idOf(info?.['Stage ID']) * MOST_ATTEMPTS + attempt);
  }

  /** Stage and attempt → executor → highest values. */
  private readonly _stages = new Map<number, Map<string, Float64Array>>();
}
