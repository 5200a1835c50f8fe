import type { Advice } from './advice';
import { aboutQuery, settingOf, type IEvidence, type IRule } from './evidence';
import { median, type IQueryLoad } from './query-load';
import { coresOf } from './stage-load';

/** So many are done in a moment. */
const MANY = 50;
/** Two or three tasks a core keep it busy; a state that may grow is given some more. */
const TASKS_A_CORE = 8;
/** A partition of state with fewer rows is opened and committed for next to nothing. */
const FEW_ROWS = 100;
/** A batch of fewer rows a partition has no work for so many tasks. */
const FEW_INPUT_ROWS = 1000;
const ENOUGH_BATCHES = 3;

/** Each batch opens, writes and commits very many partitions of state, which are nearly empty. */
export const statePartitions: IRule = {
  id: 'statePartitions',
  needs: [],
  isOfStreams: true,
  judge: ({ queries }: IEvidence): readonly Advice[] =>
    queries.flatMap(load => {
      const { application, query, recent, tree } = load;
      const partitions = query.operators.reduce(
        (most, one) => Math.max(most, one.shufflePartitions),
        0
      );
      const cores = coresOf(application);
      const stateRows = most(recent.map(one => one.stateRows));
      if (
        recent.length < ENOUGH_BATCHES ||
        partitions < Math.max(MANY, TASKS_A_CORE * cores) ||
        stateRows > FEW_ROWS * partitions ||
        most(recent.map(({ rows }) => rows)) > FEW_INPUT_ROWS * partitions
      ) {
        return [];
      }
      const key = 'spark.sql.shuffle.partitions';
      const enough = 2 * cores;
      return [
        {
          rule: 'statePartitions',
          certainty: 'likely',
          about: aboutQuery(load),
          gainMs: gainMs(load, enough / partitions),
          partitions,
          stateRows,
          medianMs: median(recent.map(one => one.durationMs)),
          enough,
          tryThis: {
            kind: 'setting',
            key,
            value: String(enough),
            now:
              settingOf(application, tree?.execution ?? null, key) ??
              String(partitions)
          }
        }
      ];
    })
};

/** Nearly all of a batch's work is done once a partition, so it takes as long as there are partitions. */
function gainMs({ recent }: IQueryLoad, share: number): number {
  return recent.reduce((sum, one) => sum + one.addBatchMs, 0) * (1 - share);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}
