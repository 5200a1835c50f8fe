import type { TimePart } from '../../analysis/critical-path';
import type { TimeVerdict } from '../../analysis/time-verdict';
import { stageName } from '../../analysis/task-columns';
import { formatDuration, formatShare } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { ITerm } from '../timeline/terms';

/** What a part of the time is. */
export function partTerm(part: TimePart, trans: ITranslation): ITerm {
  switch (part) {
    case 'driver':
      return {
        name: trans.__('your Python'),
        what: trans.__(
          'Nothing was asked of Spark: the cell’s own code ran, rows that had come were unpacked, or a query was prepared that Spark had not announced yet.'
        ),
        good: trans.__('Good is little: meanwhile all cores wait.')
      };
    case 'planning':
      return {
        name: trans.__('planning'),
        what: trans.__(
          'A query was open but none of its jobs ran: Spark planned it, built the table of a broadcast, or finished what was written.'
        ),
        good: trans.__('Good is less than a second.')
      };
    case 'scheduling':
      return {
        name: trans.__('scheduling'),
        what: trans.__(
          'Tasks were on their way: packed, sent, unpacked and started, and reported back.'
        ),
        good: trans.__(
          'Good is a few milliseconds a task. Much of it means many very short tasks.'
        )
      };
    case 'waiting':
      return {
        name: trans.__('waiting for cores'),
        what: trans.__('Tasks were ready, but other jobs had all the cores.'),
        good: trans.__('Good is none.')
      };
    case 'reading':
      return {
        name: trans.__('reading'),
        what: trans.__(
          'In tasks that read files or cached data: time in which the task was not on a CPU. It waited for data, or for a CPU that others had.'
        ),
        good: trans.__('Good is little; fewer columns and fewer rows help.')
      };
    case 'computing':
      return {
        name: trans.__('computing'),
        what: trans.__('Tasks did what they are there for.'),
        good: trans.__('Good is nearly all of the time, on all cores.')
      };
    case 'python':
      return {
        name: trans.__('Python workers'),
        what: trans.__(
          'In tasks with a Python part: time in which the Java side waited for the Python process.'
        ),
        good: trans.__(
          'Good is none where Spark’s own functions do the same work.'
        )
      };
    case 'shuffling':
      return {
        name: trans.__('shuffling'),
        what: trans.__(
          'Rows were written for the next stage, or a task waited for rows of the stage before.'
        ),
        good: trans.__('Good is little beside computing.')
      };
    case 'collecting':
      return {
        name: trans.__('collecting'),
        what: trans.__(
          'Results were packed, brought to the driver and put together there.'
        ),
        good: trans.__('Good is next to nothing: results should be small.')
      };
  }
}

/** Where the time went, in one plain line. */
export function timeVerdictWords(
  verdict: TimeVerdict,
  trans: ITranslation
): string {
  switch (verdict.kind) {
    case 'nothing':
      return trans.__('No job yet: there is nothing to judge');
    case 'running':
      return trans.__(
        'Running for %1; what has ended is judged already',
        formatDuration(verdict.wallMs)
      );
    case 'short':
      return trans.__(
        '%1 in all: too short to make it faster',
        formatDuration(verdict.wallMs)
      );
    case 'partition':
      return trans.__(
        '%1 of %2 went to one partition of stage %3',
        shareWords(verdict.share, trans),
        formatDuration(verdict.wallMs),
        stageName(verdict.task.stage)
      );
    case 'part':
      return partWords(verdict, trans);
  }
}

function partWords(
  { part, share, wallMs }: TimeVerdict & { kind: 'part' },
  trans: ITranslation
): string {
  const words = [shareWords(share, trans), formatDuration(wallMs)] as const;
  switch (part) {
    case 'driver':
      return trans.__('%1 of %2 went to your own Python', ...words);
    case 'planning':
      return trans.__('%1 of %2 went to planning', ...words);
    case 'scheduling':
      return trans.__('%1 of %2 went to starting tasks', ...words);
    case 'waiting':
      return trans.__('%1 of %2 was waiting for cores', ...words);
    case 'reading':
      return trans.__('%1 of %2 went to reading', ...words);
    case 'computing':
      return trans.__('%1 of %2 went to computing', ...words);
    case 'python':
      return trans.__('%1 of %2 went to Python workers', ...words);
    case 'shuffling':
      return trans.__('%1 of %2 went to shuffling', ...words);
    case 'collecting':
      return trans.__('%1 of %2 went to collecting results', ...words);
  }
}

/** Fractions that are said in words, and how near a share must be to one. */
const NEAR = 0.02;

/** A share as the beginning of a sentence: `Two thirds`, `62 %`. */
function shareWords(share: number, trans: ITranslation): string {
  const isNear = (fraction: number): boolean =>
    Math.abs(share - fraction) <= NEAR;
  return share >= 0.95
    ? trans.__('Nearly all')
    : isNear(3 / 4)
      ? trans.__('Three quarters')
      : isNear(2 / 3)
        ? trans.__('Two thirds')
        : isNear(1 / 2)
          ? trans.__('Half')
          : isNear(1 / 3)
            ? trans.__('One third')
            : formatShare(share);
}
