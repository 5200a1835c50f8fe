import type { Advice, Certainty } from '../../analysis/advice';
import { stageName } from '../../analysis/task-columns';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatShare
} from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { streamEvidence, streamTitle } from './stream-words';

/** What was found, in one line. */
export function titleOf(advice: Advice, trans: ITranslation): string {
  const { stage } = advice.about;
  const name = stage ? stageName(stage) : '';
  switch (advice.rule) {
    case 'skew':
      return trans.__(
        'Partition %1 of stage %2 kept the others waiting',
        formatCount(advice.partition),
        name
      );
    case 'tinyTasks':
      return trans.__('Stage %1 has more tasks than work', name);
    case 'fewPartitions':
      return trans._n(
        'Stage %2 has %1 task for %3 cores',
        'Stage %2 has %1 tasks for %3 cores',
        advice.tasks,
        name,
        advice.cores
      );
    case 'spill':
      return trans.__('Stage %1 did not fit into memory', name);
    case 'gc':
      return trans.__(
        'Clearing memory (GC) took %1 of the tasks’ time',
        formatShare(advice.gcMs / advice.runMs)
      );
    case 'rereadSource':
      return trans.__(
        'The files of “%1” were read %2 times',
        advice.source,
        formatCount(advice.times)
      );
    case 'unusedCache':
      return trans.__('A cache was filled and never read');
    case 'cartesian':
      return trans.__('A join compares every row with every row');
    case 'bigCollect':
      return trans.__(
        '%1() brought %2 to the driver',
        advice.action,
        formatBytes(advice.bytes)
      );
    case 'pythonUdf':
      return trans.__('Rows go through a Python function one by one');
    case 'broadcast':
      return trans.__('Both sides of a join were shuffled; one is small');
    case 'driverIdle':
      return trans.__(
        'Spark had nothing to do for %1 between the jobs',
        formatDuration(advice.idleMs)
      );
    case 'failedTasks':
      return trans._n(
        '%1 task of stage %2 failed and ran again',
        '%1 tasks of stage %2 failed and ran again',
        advice.tasks,
        name
      );
    case 'smallFiles':
      return advice.isWrite
        ? trans.__('%1 small files were written', formatCount(advice.files))
        : trans.__('%1 small files were read', formatCount(advice.files));
    default:
      return streamTitle(advice, trans);
  }
}

/** What shows it, in one sentence. */
export function evidenceOf(advice: Advice, trans: ITranslation): string {
  switch (advice.rule) {
    case 'skew':
      return trans.__(
        'It took %1 and read %2; half of the partitions took at most %3 and read at most %4.',
        formatDuration(advice.durationMs),
        formatBytes(advice.bytes),
        formatDuration(advice.medianMs),
        formatBytes(advice.medianBytes)
      );
    case 'tinyTasks':
      return trans.__(
        'Half of its %1 tasks took at most %2, all together %3; %4 tasks would do.',
        formatCount(advice.tasks),
        formatDuration(advice.medianMs),
        formatDuration(advice.spanMs),
        formatCount(advice.enough)
      );
    case 'fewPartitions':
      return trans._n(
        'For %2 at least half of the cores had nothing to do: a core works on one partition at a time, and there was %1.',
        'For %2 at least half of the cores had nothing to do: a core works on one partition at a time, and there were %1.',
        advice.tasks,
        formatDuration(advice.spanMs)
      );
    case 'spill':
      return trans.__(
        '%1 went to disk and was read back: its partitions are too large for the memory of a task.',
        formatBytes(advice.diskBytes)
      );
    case 'gc':
      return advice.memory === null
        ? trans.__(
            '%1 of %2 went into garbage collection.',
            formatDuration(advice.gcMs),
            formatDuration(advice.runMs)
          )
        : trans.__(
            '%1 of %2 went into garbage collection; the process has %3 of memory.',
            formatDuration(advice.gcMs),
            formatDuration(advice.runMs),
            advice.memory
          );
    case 'rereadSource':
      return trans.__(
        'All but the first reading took %1 and read %2 again.',
        formatDuration(advice.againMs),
        formatBytes(advice.againBytes)
      );
    case 'unusedCache':
      return trans.__(
        '“%1” was kept, but only the action that filled the cache used it.',
        shortName(advice.name)
      );
    case 'cartesian':
      return advice.pairs === null
        ? trans.__(
            'The plan has a %1: nothing says which rows belong together.',
            advice.operator
          )
        : trans.__(
            'The plan has a %1, which looked at %2 pairs of rows.',
            advice.operator,
            formatCount(advice.pairs)
          );
    case 'bigCollect':
      return advice.rows === null
        ? trans.__(
            'All of it must fit into the memory of one process, where Python needs several times as much.'
          )
        : trans.__(
            'Its %1 rows must fit into the memory of one process, where Python needs several times as much.',
            formatCount(advice.rows)
          );
    case 'pythonUdf':
      return advice.rows === null
        ? trans.__(
            'The plan calls %1 for every row, in another process.',
            functionName(advice.name, trans)
          )
        : trans.__(
            'The plan calls %1 for every row, in another process: %2 times.',
            functionName(advice.name, trans),
            formatCount(advice.rows)
          );
    case 'broadcast':
      return advice.isLate
        ? trans.__(
            'Spark noticed that one side has only %1 after %2 of the other had been shuffled.',
            formatBytes(advice.smallBytes),
            formatBytes(advice.bigBytes)
          )
        : trans.__(
            'One side has %1, the other %2; sending the small one to every executor moves less.',
            formatBytes(advice.smallBytes),
            formatBytes(advice.bigBytes)
          );
    case 'driverIdle':
      return trans.__(
        'That is %1 of the time; the longest pause, %2, came after job %3, while the cell’s own Python worked.',
        formatShare(advice.idleMs / advice.wallMs),
        formatDuration(advice.longestMs),
        advice.before
      );
    case 'failedTasks':
      return trans.__(
        '%1 (%2 of work was lost).',
        advice.headline,
        formatDuration(advice.lostMs)
      );
    case 'smallFiles':
      return trans.__(
        'They hold %1 together, about %2 each: opening them takes longer than reading.',
        formatBytes(advice.bytes),
        formatBytes(advice.bytes / advice.files)
      );
    default:
      return streamEvidence(advice, trans);
  }
}

/** How sure advice is, in a word, and what the word means. */
export function certaintyWords(
  certainty: Certainty,
  trans: ITranslation
): { readonly word: string; readonly meaning: string } {
  switch (certainty) {
    case 'sure':
      return {
        word: trans.__('sure'),
        meaning: trans.__(
          'What was measured shows it, and the change mends it.'
        )
      };
    case 'likely':
      return {
        word: trans.__('likely'),
        meaning: trans.__(
          'What was measured shows it; whether the change fits depends on the code.'
        )
      };
    case 'maybe':
      return {
        word: trans.__('maybe'),
        meaning: trans.__('It may be meant to be so: have a look.')
      };
  }
}

/** How many hints there are, for the strip; an empty text for none. */
export function hintsWords(count: number, trans: ITranslation): string {
  return count > 0 ? trans._n('%1 hint', '%1 hints', count) : '';
}

/** A function's name as it is called; one without a name is a `lambda`. */
function functionName(name: string, trans: ITranslation): string {
  return /^\w+$/.test(name) ? `${name}()` : trans.__('a lambda');
}

/** The first line of a cached plan's text, without its number and columns. */
function shortName(name: string): string {
  const line = name.split('\n')[0]!.replace(/^\*?\(\d+\) /, '');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
