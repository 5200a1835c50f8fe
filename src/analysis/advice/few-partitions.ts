import { stageRole } from '../stage-role';
import type { Advice, TryThis } from './advice';
import {
  aboutStage,
  executionOf,
  WORTH_MS,
  type IEvidence,
  type IRule
} from './evidence';
import { planTree } from './plan-tree';
import { coresOf, type IStageLoad } from './stage-load';

/** With at most this part of the cores in use, splitting the work is worth the effort. */
const PART_OF_CORES = 0.5;

/** A long stage of fewer tasks than there are cores. */
export const fewPartitions: IRule = {
  id: 'fewPartitions',
  needs: ['rows'],
  judge: ({ loads }: IEvidence): readonly Advice[] =>
    loads
      .filter(load => leavesCoresIdle(load, loads) && !isMeant(load))
      .map(load => {
        const cores = coresOf(load.application);
        return {
          rule: 'fewPartitions',
          certainty: 'likely',
          about: aboutStage(load),
          gainMs: load.spanMs - load.sumMs / cores,
          tasks: load.tasks,
          cores,
          spanMs: load.spanMs,
          tryThis: tryThis(load, 2 * cores)
        };
      })
};

function leavesCoresIdle(
  load: IStageLoad,
  others: readonly IStageLoad[]
): boolean {
  return (
    load.tasks > 0 &&
    load.tasks <= coresOf(load.application) * PART_OF_CORES &&
    load.medianMs >= WORTH_MS &&
    // Cores that another stage used meanwhile were not idle.
    !others.some(
      other =>
        other !== load &&
        Math.min(other.to, load.to) - Math.max(other.from, load.from) >
          load.spanMs / 4
    )
  );
}

/**
 * Whether the plan brings all rows together, as an aggregate without a key does: then there is nothing to split. And how many tasks write
 * files is how many files there will be.
 */
function isMeant(load: IStageLoad): boolean {
  if (stageRole(load.stage, false).to === 'files') {
    return true;
  }
  const execution = executionOf(load);
  const tree = execution && planTree(load.application, execution);
  return (
    load.tasks === 1 &&
    load.stage.parentIds.length > 0 &&
    (tree?.nodes.some(node => /SinglePartition/.test(node.description)) ??
      false)
  );
}

function tryThis(load: IStageLoad, enough: number): TryThis {
  const isMade = load.stage.rddInfos.some(
    rdd => rdd.Name === 'ParallelCollectionRDD'
  );
  const name = executionOf(load) ? 'df' : 'rdd';
  return isMade && name === 'rdd'
    ? {
        kind: 'code',
        before: [`sc.parallelize(rows, ${load.tasks})`],
        after: [`sc.parallelize(rows, ${enough})`]
      }
    : {
        kind: 'code',
        before: [name],
        after: [`${name}.repartition(${enough})`]
      };
}
