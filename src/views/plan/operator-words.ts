import { operatorOf } from '../../analysis/plan-operator';
import type { ITranslation } from '../../draw/words';
import { sourceWords, type IOperatorWords } from './words-of-sources';
import { guestWords, stepWords } from './words-of-steps';

/**
 * An operator in plain words.
 *
 * @param name - of a node, as Spark has it.
 * @returns null for one that is not in the catalogue.
 */
export function operatorWords(
  name: string,
  trans: ITranslation
): IOperatorWords | null {
  const kind = operatorOf(name);
  return (
    moveWords(kind, trans) ??
    joinWords(kind, trans) ??
    stepWords(kind, trans) ??
    guestWords(kind, trans) ??
    wrapperWords(kind, trans) ??
    sourceWords(kind, trans)
  );
}

function moveWords(kind: string, trans: ITranslation): IOperatorWords | null {
  switch (kind) {
    case 'Exchange':
    case 'ShuffleExchange':
      return {
        what: trans.__(
          'A shuffle: every task writes its rows sorted by where they belong, and tasks of a next stage fetch them, so that equal keys come together.'
        ),
        good: trans.__(
          'The dearest step of most queries. Good is few bytes: filter and aggregate before it.'
        )
      };
    case 'BroadcastExchange':
      return {
        what: trans.__(
          'Collects all rows of a small table at the driver and sends a copy to every executor.'
        ),
        good: trans.__(
          'Good is some MiB. Hundreds of them fill the driver’s memory and the network.'
        )
      };
    case 'ReusedExchange':
      return {
        what: trans.__(
          'Takes rows that another part of the plan has moved already. Nothing is computed or sent twice.'
        ),
        good: trans.__('Good: work that was not done.')
      };
    case 'AQEShuffleRead':
      return {
        what: trans.__(
          'Reads a shuffle in another cut than it was written in, now that its sizes are known: small partitions together (coalesced), very large ones in pieces (skewed), or where they lie (local).'
        ),
        good: trans.__(
          'Good is partitions of about 64 MiB, and not fewer than there are cores.'
        )
      };
    default:
      return null;
  }
}

function joinWords(kind: string, trans: ITranslation): IOperatorWords | null {
  switch (kind) {
    case 'SortMergeJoin':
      return {
        what: trans.__(
          'Joins two large sides: both are shuffled by the key and sorted, then walked along together.'
        ),
        good: trans.__(
          'Works at any size. Where one side is small, a broadcast join saves both shuffles and sorts.'
        )
      };
    case 'BroadcastHashJoin':
      return {
        what: trans.__(
          'Joins with a small side: every executor has all of it in a hash table, and the large side stays where it is.'
        ),
        good: trans.__('The fastest join, as long as the small side is small.')
      };
    case 'ShuffledHashJoin':
      return {
        what: trans.__(
          'Joins by key: both sides are shuffled, and of each partition the smaller side becomes a hash table.'
        ),
        good: trans.__(
          'Saves the sorting. A partition of the built side has to fit into memory.'
        )
      };
    case 'BroadcastNestedLoopJoin':
      return {
        what: trans.__(
          'Compares every row with every row of a broadcast side, because no columns have to be equal.'
        ),
        good: trans.__(
          'Good is a tiny broadcast side. A condition with = makes a much faster join possible.'
        )
      };
    case 'CartesianProduct':
      return {
        what: trans.__(
          'Pairs every row of one side with every row of the other.'
        ),
        good: trans.__(
          'Rarely meant. A condition with = makes a much faster join possible.'
        )
      };
    case 'Join':
      return {
        what: trans.__('A join that was planned but never run.'),
        good: trans.__('Good: work that was not done.')
      };
    default:
      return null;
  }
}

function wrapperWords(
  kind: string,
  trans: ITranslation
): IOperatorWords | null {
  switch (kind) {
    case 'AdaptiveSparkPlan':
      return {
        what: trans.__(
          'Adaptive execution: Spark runs the plan shuffle by shuffle, and plans the rest anew with the sizes it has seen.'
        ),
        good: trans.__('The versions of the plan show what it changed.')
      };
    case 'WholeStageCodegen':
      return {
        what: trans.__(
          'Several operators made into one Java function that takes a row through all of them. Spark times only the whole.'
        ),
        good: trans.__(
          'Good is when most operators are in such a box: they need no time to hand rows over.'
        )
      };
    case 'InputAdapter':
      return {
        what: trans.__('Where rows come into generated code from outside.'),
        good: trans.__('This costs next to nothing.')
      };
    case 'Subquery':
    case 'SubqueryBroadcast':
    case 'SubqueryAdaptiveBroadcast':
    case 'ReusedSubquery':
      return {
        what: trans.__(
          'A query within the query. It runs first, and its result is used like a value, or to leave out files (dynamic pruning).'
        ),
        good: trans.__('Good is when it gives few rows.')
      };
    case 'LogicalQueryStage':
    case 'ShuffleQueryStage':
    case 'BroadcastQueryStage':
    case 'ResultQueryStage':
    case 'TableCacheQueryStage':
      return {
        what: trans.__(
          'A part of the plan that adaptive execution runs as a stage of its own.'
        ),
        good: trans.__('The versions of the plan show what it changed.')
      };
    default:
      return null;
  }
}
