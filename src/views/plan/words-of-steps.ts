import type { ITranslation } from '../../draw/words';
import type { IOperatorWords } from './words-of-sources';

/** Operators that change, drop or bring together rows within a task; null for others. */
export function stepWords(
  kind: string,
  trans: ITranslation
): IOperatorWords | null {
  const cheap = trans.__('Cheap: it looks at every row once, in passing.');
  const sorts = trans.__(
    'Good is without spill. With spill the rows did not fit into memory: use more partitions.'
  );
  switch (kind) {
    case 'Project':
      return {
        what: trans.__('Picks columns and computes new ones, row by row.'),
        good: cheap
      };
    case 'Filter':
      return {
        what: trans.__(
          'Lets through only the rows for which a condition holds.'
        ),
        good: trans.__(
          'Good is early, near the source: rows that are dropped there need not be carried further.'
        )
      };
    case 'HashAggregate':
      return {
        what: trans.__(
          'Groups rows and computes counts, sums and the like, in a table in memory with an entry a group. A first one works within each task, a second one, after the shuffle, puts the parts together.'
        ),
        good: trans.__(
          'Good is when far fewer rows come out than go in, without spill.'
        )
      };
    case 'ObjectHashAggregate':
      return {
        what: trans.__(
          'Groups rows with functions whose state is an object, such as collect_list; falls back to sorting when there are many groups.'
        ),
        good: trans.__(
          'Slower than HashAggregate. Good is when few groups and short lists come out.'
        )
      };
    case 'SortAggregate':
      return {
        what: trans.__(
          'Groups rows that are sorted by the group’s columns, one group after the other. Used where the values cannot be changed in place, such as max of a text.'
        ),
        good: trans.__(
          'Slower than HashAggregate, as the rows have to be sorted first.'
        )
      };
    case 'MergingSessions':
    case 'UpdatingSessions':
      return {
        what: trans.__('Brings rows that are close in time into one session.'),
        good: sorts
      };
    case 'Sort':
      return {
        what: trans.__('Sorts the rows of each partition.'),
        good: sorts
      };
    case 'TakeOrderedAndProject':
      return {
        what: trans.__(
          'Takes the first few rows of an order: every task finds its own first ones, and the driver merges them.'
        ),
        good: trans.__('Much cheaper than sorting everything.')
      };
    case 'Window':
      return {
        what: trans.__(
          'Computes over neighbouring rows, such as ranks and running sums, group by group.'
        ),
        good: trans.__(
          'Good is with PARTITION BY and even groups; one task has to go over all rows of a group.'
        )
      };
    case 'WindowGroupLimit':
      return {
        what: trans.__(
          'Keeps only the first rows of each group, because a filter after the window wants no others.'
        ),
        good: cheap
      };
    case 'Expand':
      return {
        what: trans.__(
          'Makes several copies of every row, for grouping sets, rollup, cube, or several distinct counts.'
        ),
        good: trans.__(
          'Good is few copies: the shuffle after it carries all of them.'
        )
      };
    case 'Generate':
      return {
        what: trans.__(
          'Makes several rows out of one, such as explode does with the elements of an array.'
        ),
        good: trans.__(
          'Look at how many rows come out. Filter and drop columns before it.'
        )
      };
    case 'Union':
      return {
        what: trans.__('Puts the rows of its inputs one after the other.'),
        good: cheap
      };
    case 'Sample':
      return {
        what: trans.__('Lets a random part of the rows through.'),
        good: cheap
      };
    case 'Coalesce':
      return {
        what: trans.__(
          'Puts partitions together without a shuffle: fewer tasks then do all that is before it too.'
        ),
        good: trans.__(
          'Good for fewer output files. Down to very few, work stands in a queue: repartition instead.'
        )
      };
    case 'CollectLimit':
    case 'CollectTail':
      return {
        what: trans.__(
          'Takes the first (or last) rows for the driver. It tries one partition, then more, until it has enough.'
        ),
        good: trans.__('Good is when the first partition is enough.')
      };
    case 'GlobalLimit':
    case 'LocalLimit':
    case 'StreamingGlobalLimit':
    case 'StreamingLocalLimit':
      return {
        what: trans.__(
          'Stops after a number of rows: in each task (LocalLimit), and over all of them (GlobalLimit).'
        ),
        good: cheap
      };
    case 'ColumnarToRow':
    case 'RowToColumnar':
      return {
        what: trans.__(
          'Turns batches of columns, as readers of files make them, into rows, or the other way round.'
        ),
        good: cheap
      };
    case 'CollectMetrics':
      return {
        what: trans.__('Computes what was asked for by observe(), in passing.'),
        good: cheap
      };
    case 'DeserializeToObject':
    case 'SerializeFromObject':
    case 'AppendColumns':
    case 'AppendColumnsWithObject':
      return {
        what: trans.__(
          'Turns rows into objects for functions of the user’s, or objects into rows.'
        ),
        good: trans.__(
          'Costs time for every row. Built-in functions need none of it.'
        )
      };
    case 'MapElements':
    case 'MapPartitions':
    case 'MapGroups':
    case 'CoGroup':
    case 'FlatMapGroupsInR':
    case 'MapPartitionsInR':
      return {
        what: trans.__('Calls a function of the user’s for rows or groups.'),
        good: trans.__(
          'Spark cannot look into it. Built-in functions are faster where there are some.'
        )
      };
    default:
      return null;
  }
}

/** Python, and the state of streams; null for others. */
export function guestWords(
  kind: string,
  trans: ITranslation
): IOperatorWords | null {
  const python = trans.__(
    'All rows go to Python and back. Good is little data and much work on it; built-in functions need no Python.'
  );
  const state = trans.__(
    'Good is when the number of rows in state stays level. A watermark lets Spark forget old ones.'
  );
  switch (kind) {
    case 'BatchEvalPython':
    case 'BatchEvalPythonUDTF':
      return {
        what: trans.__(
          'Runs a Python function, row by row: every row is packed (pickled), sent to a Python process and its result read back.'
        ),
        good: trans.__(
          'Slow. Built-in functions need no Python, and pandas functions take many rows at once.'
        )
      };
    case 'ArrowEvalPython':
    case 'ArrowEvalPythonUDTF':
      return {
        what: trans.__(
          'Runs a Python function on batches of columns (Arrow), as pandas functions want them.'
        ),
        good: python
      };
    case 'MapInPandas':
    case 'MapInArrow':
    case 'PythonMapInArrow':
    case 'FlatMapGroupsInPandas':
    case 'FlatMapGroupsInArrow':
    case 'FlatMapCoGroupsInPandas':
    case 'FlatMapCoGroupsInArrow':
    case 'AggregateInPandas':
    case 'ArrowAggregatePython':
    case 'WindowInPandas':
    case 'ArrowWindowPython':
    case 'AttachDistributedSequence':
      return {
        what: trans.__(
          'Hands whole batches or groups of rows to a Python function. A group has to fit into the memory of its Python process.'
        ),
        good: python
      };
    case 'StateStoreRestore':
    case 'StateStoreSave':
    case 'SessionWindowStateStoreRestore':
    case 'SessionWindowStateStoreSave':
    case 'StreamingDeduplicate':
    case 'StreamingDeduplicateWithinWatermark':
    case 'StreamingSymmetricHashJoin':
    case 'FlatMapGroupsWithState':
    case 'FlatMapGroupsInPandasWithState':
    case 'TransformWithState':
    case 'TransformWithStateInPandas':
    case 'TransformWithStateInPySpark':
      return {
        what: trans.__(
          'Keeps what a stream must remember between batches: groups, rows that wait for their partner, or what was seen before.'
        ),
        good: state
      };
    case 'EventTimeWatermark':
    case 'UpdateEventTimeColumn':
      return {
        what: trans.__(
          'Notes the latest time in the rows of a stream. What is much older (the watermark) is forgotten.'
        ),
        good: state
      };
    default:
      return null;
  }
}
