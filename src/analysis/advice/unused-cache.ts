import type { IRddInfo } from '../../events';
import type { Application, StageAttempt } from '../../model';
import { levelWords } from '../../model';
import type { Advice } from './advice';
import { aboutStage, type IEvidence, type IRule } from './evidence';

/**
 * Data was kept that nothing read afterwards. It is said only when nothing can read it any more: it was given up, or the application is
 * over. The action that filled the cache reads it too, which is no use of it.
 */
export const unusedCache: IRule = {
  id: 'unusedCache',
  needs: [],
  judge({ application, loads }: IEvidence): readonly Advice[] {
    const advice: Advice[] = [];
    const seen = new Set<number>();
    for (const load of loads) {
      for (const rdd of load.stage.rddInfos) {
        const id = rdd['RDD ID'] ?? -1;
        const isOver =
          application.endTime !== null || !application.rdds.has(id);
        if (!isKept(rdd) || seen.has(id) || !isOver) {
          continue;
        }
        seen.add(id);
        if (usersOf(application, id) === 1) {
          const kept = application.rdds.get(id);
          advice.push({
            rule: 'unusedCache',
            certainty: 'sure',
            about: aboutStage(load),
            gainMs: null,
            rddId: id,
            name: rdd.Name ?? '',
            storageLevel: levelWords(rdd['Storage Level'] ?? {}),
            bytes: kept ? kept.memoryUsedBytes + kept.diskUsedBytes : 0,
            tryThis: {
              kind: 'code',
              before: ['df = df.cache()'],
              after: []
            }
          });
        }
      }
    }
    return advice;
  }
};

function isKept(rdd: IRddInfo): boolean {
  const level = rdd['Storage Level'];
  return level?.['Use Memory'] === true || level?.['Use Disk'] === true;
}

/** How many actions have run a stage that has the RDD; several jobs of one query are one action. */
function usersOf(application: Application, id: number): number {
  const users = new Set<string>();
  for (const stage of application.stages.values()) {
    if (
      stage.status === 'complete' &&
      stage.rddInfos.some(rdd => rdd['RDD ID'] === id)
    ) {
      users.add(userOf(application, stage));
    }
  }
  return users.size;
}

function userOf(application: Application, stage: StageAttempt): string {
  const job = application.jobsOfStage(stage.id)[0];
  return job === undefined || job.sqlExecutionId === null
    ? `job ${job?.id}`
    : `execution ${job.sqlExecutionId}`;
}
