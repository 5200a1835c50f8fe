import type { ITranslation } from '../../draw/words';
import type { ITerm } from '../timeline/terms';

/** What the legend of a lineage explains. */
export type LineageTerm =
  | 'narrow'
  | 'wide'
  | 'group'
  | 'unknown'
  | 'memory'
  | 'disk'
  | 'absent'
  | 'spared'
  | 'idle'
  | 'empty';

/** Explain a term of the picture. */
export function lineageTerm(term: LineageTerm, trans: ITranslation): ITerm {
  switch (term) {
    case 'narrow':
      return {
        name: trans.__('narrow'),
        what: trans.__(
          'A narrow dependency, a straight thread: each partition is made of one partition before it, so one task does both steps and nothing is moved.'
        ),
        good: trans.__(
          'map, filter and select are narrow. They cost no shuffle.'
        )
      };
    case 'wide':
      return {
        name: trans.__('wide'),
        what: trans.__(
          'A wide dependency, a crossing: rows of every partition may be needed in every partition after it, so they are written to disk and moved (a shuffle), and a new stage begins.'
        ),
        good: trans.__(
          'groupBy, join, orderBy and repartition are wide. Good is few crossings with little data in them.'
        )
      };
    case 'group':
      return {
        name: trans.__('put together'),
        what: trans.__(
          'Several partitions are read as one, without moving them again. Spark does not tell which go together, so they are drawn as one ribbon.'
        ),
        good: trans.__(
          'coalesce() does it, and adaptive execution does it after a shuffle whose partitions came out small.'
        )
      };
    case 'unknown':
      return {
        name: trans.__('not told which'),
        what: trans.__(
          'Spark does not tell which of these partitions feed which.'
        ),
        good: trans.__('How many there are is exact.')
      };
    case 'memory':
      return {
        name: trans.__('in memory'),
        what: trans.__(
          'A partition that cache() or persist() keeps in memory now. The next job reads it from there.'
        ),
        good: trans.__('Good is all of them.')
      };
    case 'disk':
      return {
        name: trans.__('on disk'),
        what: trans.__(
          'A partition that is kept on disk now: reading it is slower than from memory, but mostly faster than working it out again.'
        ),
        good: trans.__(
          'It needs a storage level with a disk in it, such as MEMORY_AND_DISK.'
        )
      };
    case 'absent':
      return {
        name: trans.__('absent'),
        what: trans.__(
          'A partition that is marked for caching but is not there now: no action has needed it, or there was no room. It is worked out again when it is needed.'
        ),
        good: trans.__(
          'Good is none. If memory is short, persist with MEMORY_AND_DISK, or cache fewer columns.'
        )
      };
    case 'spared':
      return {
        name: trans.__('not worked out again'),
        what: trans.__(
          'Nothing was done for this partition: what is made of it came from the cache or from an earlier shuffle.'
        ),
        good: trans.__('That is what caching is for.')
      };
    case 'idle':
      return {
        name: trans.__('not worked on'),
        what: trans.__(
          'No task has worked on this partition: its turn has not come, or the job did not need it, as with take() and show().'
        ),
        good: trans.__('Spark does only what the action asks for.')
      };
    case 'empty':
      return {
        name: trans.__('empty'),
        what: trans.__('A partition without rows: no key fell into it.'),
        good: trans.__(
          'A few are nothing to worry about. Many mean more partitions than keys.'
        )
      };
  }
}
