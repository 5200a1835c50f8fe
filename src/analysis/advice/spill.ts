import { Column } from '../../events';
import type { Advice, TryThis } from './advice';
import {
  aboutStage,
  executionOf,
  settingOf,
  WORTH_MS,
  type IEvidence,
  type IRule
} from './evidence';
import { coresOf, total, type IStageLoad } from './stage-load';

/** Less than this is written and read again in a moment. */
const DISK_BYTES = 16 * 1024 * 1024;
/** Part of the memory that a task may fill when partitions are made smaller, so that the next run does not just avoid it. */
const ROOM = 0.5;

/** Rows that did not fit into memory went to disk and back. */
export const spill: IRule = {
  id: 'spill',
  needs: [],
  judge: ({ loads }: IEvidence): readonly Advice[] =>
    loads
      .filter(
        load =>
          total(load, Column.diskBytesSpilled) >= DISK_BYTES &&
          load.spanMs >= WORTH_MS
      )
      .map(load => ({
        rule: 'spill',
        certainty: 'sure',
        about: aboutStage(load),
        gainMs: null,
        diskBytes: total(load, Column.diskBytesSpilled),
        memoryBytes: total(load, Column.memoryBytesSpilled),
        tasks: load.stage.numTasks,
        tryThis: tryThis(load)
      }))
};

function tryThis(load: IStageLoad): TryThis {
  const execution = executionOf(load);
  const enough = partitionsThatFit(load);
  if (execution && load.stage.parentIds.length > 0) {
    const key = 'spark.sql.shuffle.partitions';
    return {
      kind: 'setting',
      key,
      value: String(enough),
      now: settingOf(load.application, execution, key)
    };
  }
  const name = execution ? 'df' : 'rdd';
  return {
    kind: 'code',
    before: [name],
    after: [`${name}.repartition(${enough})`]
  };
}

/** So many partitions that one fits into the memory that a task had at most: a power of two. */
function partitionsThatFit(load: IStageLoad): number {
  const held = total(load, Column.peakExecutionMemoryBytes);
  const needed = held + total(load, Column.memoryBytesSpilled);
  const times = held > 0 ? needed / (held * ROOM) : 2;
  const wanted = load.stage.numTasks * Math.max(2, times);
  return Math.max(
    2 * coresOf(load.application),
    2 ** Math.ceil(Math.log2(wanted))
  );
}
