import type { ITranslation } from '../../draw/words';
import type { ITerm } from '../timeline/terms';

/** What the panel has names for. */
export type PanelTerm =
  | 'master'
  | 'cores'
  | 'memory'
  | 'uptime'
  | 'executor'
  | 'gc'
  | 'failed'
  | 'cached'
  | 'partitions'
  | 'framePartitions'
  | 'plannedPartitions'
  | 'cachedFrame';

/** Explain a term of the panel. */
export function panelTerm(term: PanelTerm, trans: ITranslation): ITerm {
  switch (term) {
    case 'master':
      return {
        name: trans.__('Runs on'),
        what: trans.__(
          'Where the work is done: on this computer, or on a cluster of others.'
        ),
        good: trans.__('To learn Spark, this computer is enough.')
      };
    case 'cores':
      return {
        name: trans.__('Cores'),
        what: trans.__('How many tasks can run at the same time.'),
        good: trans.__('Good is when nearly all are busy while a job runs.')
      };
    case 'memory':
      return {
        name: trans.__('Storage memory'),
        what: trans.__(
          'What cached data and broadcast tables use, of what they may use.'
        ),
        good: trans.__(
          'Good is some room to spare; when it is full, cached data is dropped and computed again.'
        )
      };
    case 'uptime':
      return {
        name: trans.__('Up for'),
        what: trans.__('How long this Spark session has been there.'),
        good: trans.__('It ends with spark.stop() or with the kernel.')
      };
    case 'executor':
      return {
        name: trans.__('Executor'),
        what: trans.__(
          'A process that runs tasks. On one computer the driver does it itself.'
        ),
        good: trans.__('Good is when all of them are about equally busy.')
      };
    case 'gc':
      return {
        name: trans.__('GC'),
        what: trans.__(
          'Garbage collection: the part of its tasks’ time in which Java cleared memory.'
        ),
        good: trans.__('Good is under 10 %.')
      };
    case 'failed':
      return {
        name: trans.__('failed'),
        what: trans.__('Tasks that ended with an error there.'),
        good: trans.__(
          'Good is none. Many on one executor only mean that something is wrong with its machine.'
        )
      };
    case 'cached':
      return {
        name: trans.__('Cached data'),
        what: trans.__(
          'Rows that cache() or persist() keep, so that they are not computed again.'
        ),
        good: trans.__(
          'Good is all partitions in memory; unpersist() what you no longer need.'
        )
      };
    case 'partitions':
      return {
        name: trans.__('partitions'),
        what: trans.__(
          'The pieces of the data. Only those that an action has needed so far are cached.'
        ),
        good: trans.__('Good is all of them, if you use all of the data again.')
      };
    case 'framePartitions':
      return {
        name: trans.__('partitions'),
        what: trans.__(
          'The pieces of the data; a task works on one of them at a time.'
        ),
        good: trans.__('Good is a few for each core, of about the same size.')
      };
    case 'plannedPartitions':
      return {
        name: trans.__('partitions'),
        what: trans.__(
          'So many pieces come out of the shuffle that is its last step (spark.sql.shuffle.partitions).'
        ),
        good: trans.__(
          'Adaptive execution joins small ones when it runs, so you may see fewer tasks.'
        )
      };
    case 'cachedFrame':
      return {
        name: trans.__('cached'),
        what: trans.__(
          'cache() or persist() was called: its rows are kept after the first action that computes them.'
        ),
        good: trans.__(
          'Good if you use it several times; unpersist() it when you are done.'
        )
      };
  }
}
