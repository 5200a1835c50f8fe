import { Column } from '../../events';
import { usesPython } from '../critical-path';
import type { Advice, TryThis } from './advice';
import {
  aboutStage,
  executionOf,
  settingOf,
  WORTH_MS,
  type IEvidence,
  type IRule
} from './evidence';
import { coresOf, type IStageLoad } from './stage-load';

/**
 * Work of a task that starting it outweighs, ms of CPU. On a busy machine a task waits for a CPU longer than it works, so how long it took
 * says little; where no Python worker does the work unseen, its CPU time does.
 */
const LITTLE_WORK_MS = 25;
/** Spark's tuning guide: tasks "as short as 200 ms" are run efficiently; below, starting them counts. */
const SHORT_MS = 200;
/** Spark's tuning guide recommends 2–3 tasks a core; ten times that is many. */
const TASKS_A_CORE = 25;
/** So many are started in a moment, however little they do. */
const FEW = 100;
/** Tasks that have this much to read are not tiny, however fast they are: fewer would need more memory each. */
const LITTLE_BYTES = 1 << 20;

/** A stage of very many tasks which have next to nothing to do. */
export const tinyTasks: IRule = {
  id: 'tinyTasks',
  needs: ['rows'],
  judge: ({ loads }: IEvidence): readonly Advice[] =>
    loads.filter(isTiny).map(load => {
      const cores = coresOf(load.application);
      const enough = 2 * cores;
      return {
        rule: 'tinyTasks',
        certainty: 'sure',
        about: aboutStage(load),
        // What the executors spent on the work itself would stay.
        gainMs: Math.max(0, load.spanMs - workMs(load) / cores),
        tasks: load.tasks,
        medianMs: load.medianMs,
        spanMs: load.spanMs,
        enough,
        tryThis: tryThis(load, enough)
      };
    })
};

function isTiny(load: IStageLoad): boolean {
  return (
    load.tasks >= Math.max(FEW, TASKS_A_CORE * coresOf(load.application)) &&
    load.spanMs >= WORTH_MS &&
    (load.medianMs < SHORT_MS ||
      (!usesPython(load.stage) &&
        workMs(load) < load.tasks * LITTLE_WORK_MS)) &&
    load.medianBytes < LITTLE_BYTES
  );
}

/** What the tasks' threads computed, ms. */
function workMs(load: IStageLoad): number {
  return load.stage.sums[Column.executorCpuTimeNs]! / 1e6;
}

function tryThis(load: IStageLoad, enough: number): TryThis {
  const { stage, application } = load;
  const execution = executionOf(load);
  if (execution && stage.parentIds.length > 0) {
    const key = 'spark.sql.shuffle.partitions';
    return {
      kind: 'setting',
      key,
      value: String(enough),
      now: settingOf(application, execution, key)
    };
  }
  const isMade = stage.rddInfos.some(
    rdd => rdd.Name === 'ParallelCollectionRDD'
  );
  return isMade
    ? {
        kind: 'code',
        before: [`sc.parallelize(rows, ${load.tasks})`],
        after: [`sc.parallelize(rows, ${enough})`]
      }
    : {
        kind: 'code',
        before: [execution ? 'df' : 'rdd'],
        after: [`${execution ? 'df' : 'rdd'}.coalesce(${enough})`]
      };
}
