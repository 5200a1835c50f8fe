import type { Application, StageAttempt } from '../model';

/**
 * Finds the stage whose result a skipped stage stands for.
 *
 * Spark gives a stage a new id each time a job needs it, also when the shuffle
 * it would write is still there and it is skipped. Its RDDs keep their ids: a
 * stage that ran and has the same ones wrote that shuffle.
 */
export class StageOrigins {
  private readonly byRdds = new Map<string, StageAttempt[]>();

  constructor(application: Application) {
    for (const stage of application.stages.values()) {
      if (stage.status === 'complete' || stage.status === 'active') {
        const key = rddKey(stage);
        const list = this.byRdds.get(key);
        if (list) {
          list.push(stage);
        } else {
          this.byRdds.set(key, [stage]);
        }
      }
    }
  }

  /** The newest stage before it that did its work, or null when none is known. */
  of(skipped: StageAttempt): StageAttempt | null {
    const key = rddKey(skipped);
    let origin: StageAttempt | null = null;
    for (const stage of (key && this.byRdds.get(key)) || []) {
      const isEarlier = stage.id < skipped.id && stage.name !== '';
      if (isEarlier && stage.numTasks === skipped.numTasks) {
        origin = !origin || stage.id >= origin.id ? stage : origin;
      }
    }
    return origin;
  }
}

function rddKey(stage: StageAttempt): string {
  return stage.rddInfos
    .map(rdd => rdd['RDD ID'] ?? -1)
    .sort((a, b) => a - b)
    .join(' ');
}
