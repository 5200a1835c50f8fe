import type { PartitionMetric } from '../../analysis/partitions';
import type {
  ChoiceReason,
  PartitionsVerdict
} from '../../analysis/partitions-verdict';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  formatTimes
} from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { figureTerm } from '../figure-terms';
import type { ITerm } from '../timeline/terms';

/** A value of a measure with its unit. */
export function valueWords(metric: PartitionMetric, value: number): string {
  switch (metric) {
    case 'timeMs':
      return formatDuration(value);
    case 'rowsIn':
    case 'rowsOut':
      return formatCount(value);
    default:
      return formatBytes(value);
  }
}

/** A measure's name, what it is, and what good looks like. */
export function metricTerm(
  metric: PartitionMetric,
  trans: ITranslation
): ITerm {
  switch (metric) {
    case 'rowsIn':
      return {
        name: trans.__('Rows read'),
        what: trans.__(
          'How many rows the task of a partition took in: from files, from cached data or from a shuffle. Of an RDD of Python objects Spark counts batches of rows.'
        ),
        good: trans.__('Good is about as many for every task.')
      };
    case 'rowsOut':
      return {
        name: trans.__('Rows written'),
        what: trans.__(
          'How many rows the task of a partition wrote, for a shuffle or into files. Of an RDD of Python objects Spark counts batches of rows.'
        ),
        good: trans.__('Good is about as many for every task.')
      };
    case 'timeMs':
      return { ...figureTerm('durationMs', trans), name: trans.__('Time') };
    case 'inputBytes':
      return figureTerm('inputBytes', trans);
    case 'shuffleReadBytes':
      return figureTerm('shuffleReadBytes', trans);
    case 'shuffleWriteBytes':
      return figureTerm('shuffleBytesWritten', trans);
    case 'outputBytes':
      return figureTerm('outputBytes', trans);
    case 'spillBytes':
      return figureTerm('diskBytesSpilled', trans);
  }
}

/** What is worth saying of a stage's partitions, in one plain line. */
export function verdictWords(
  verdict: PartitionsVerdict,
  trans: ITranslation
): string {
  switch (verdict.kind) {
    case 'unknown':
      return trans.__(
        'This stage had more tasks than could be kept one by one'
      );
    case 'running':
      return trans.__(
        '%1 of %2 partitions are done',
        formatCount(verdict.done),
        formatCount(verdict.count)
      );
    case 'slow':
      return trans.__(
        'Partition %1 has run for %2; half of the others took at most %3',
        formatCount(verdict.partition),
        formatDuration(verdict.timeMs),
        formatDuration(verdict.medianMs)
      );
    case 'single':
      return trans.__(
        'Everything is in one partition: one core worked on it for %1, the others could not help',
        formatDuration(verdict.timeMs)
      );
    case 'empty':
      return trans.__(
        '%1 of %2 partitions are empty: fewer would do',
        formatCount(verdict.empty),
        formatCount(verdict.count)
      );
    case 'skewed':
      return skewedWords(verdict, trans);
    case 'even':
      return evenWords(verdict, trans);
  }
}

function skewedWords(
  verdict: PartitionsVerdict & { kind: 'skewed' },
  trans: ITranslation
): string {
  const values = [
    formatCount(verdict.partition),
    formatShare(verdict.share),
    formatDuration(verdict.timeMs),
    formatDuration(verdict.stageMs)
  ];
  switch (verdict.metric) {
    case 'rowsIn':
      return trans.__(
        'Partition %1 holds %2 of the rows; it took %3 of the stage’s %4',
        ...values
      );
    case 'rowsOut':
      return trans.__(
        'Partition %1 wrote %2 of the rows; it took %3 of the stage’s %4',
        ...values
      );
    case 'timeMs':
      return trans.__(
        'Partition %1 took %3 of the stage’s %4, %2 of the time of all tasks',
        ...values
      );
    case 'inputBytes':
      return trans.__(
        'Partition %1 holds %2 of the input; it took %3 of the stage’s %4',
        ...values
      );
    case 'shuffleReadBytes':
      return trans.__(
        'Partition %1 holds %2 of the shuffled bytes; it took %3 of the stage’s %4',
        ...values
      );
    case 'shuffleWriteBytes':
      return trans.__(
        'Partition %1 wrote %2 of the shuffled bytes; it took %3 of the stage’s %4',
        ...values
      );
    case 'outputBytes':
      return trans.__(
        'Partition %1 wrote %2 of the output; it took %3 of the stage’s %4',
        ...values
      );
    case 'spillBytes':
      return trans.__(
        'Partition %1 spilled %2 of what went to disk; it took %3 of the stage’s %4',
        ...values
      );
  }
}

function evenWords(
  verdict: PartitionsVerdict & { kind: 'even' },
  trans: ITranslation
): string {
  const { metric, count } = verdict;
  const times = formatTimes(verdict.times);
  switch (metric) {
    case 'timeMs':
      return trans._n(
        '%2 partition took about as long as the others: the longest %3 the median',
        '%2 partitions took about as long: the longest %3 the median',
        count,
        formatCount(count),
        times
      );
    case 'rowsIn':
    case 'rowsOut':
      return trans._n(
        '%2 partition has about as many rows as the others: the largest %3 the median',
        '%2 partitions have about as many rows: the largest %3 the median',
        count,
        formatCount(count),
        times
      );
    default:
      return trans._n(
        '%2 partition has about as many bytes as the others: the largest %3 the median',
        '%2 partitions have about as many bytes: the largest %3 the median',
        count,
        formatCount(count),
        times
      );
  }
}

/** Why a stage is shown before any was chosen. */
export function reasonWords(reason: ChoiceReason, trans: ITranslation): string {
  switch (reason) {
    case 'running':
      return trans.__('the stage that runs');
    case 'skewed':
      return trans.__('the longest uneven stage');
    case 'longest':
      return trans.__('the longest stage');
    case 'only':
      return '';
  }
}

/** A measure of unevenness. */
export type MeasureName = 'times' | 'variation' | 'gini' | 'share';

/** Explain a measure of unevenness. */
export function measureTerm(name: MeasureName, trans: ITranslation): ITerm {
  switch (name) {
    case 'times':
      return {
        name: trans.__('max / median'),
        what: trans.__(
          'How many times the median the largest partition is. Adaptive execution calls a partition skewed by this measure, from 5 on.'
        ),
        good: trans.__('Good is below 2.')
      };
    case 'variation':
      return {
        name: trans.__('variation'),
        what: trans.__(
          'Coefficient of variation: the standard deviation, as a part of the mean. It is 0 when all partitions are alike.'
        ),
        good: trans.__('Good is below 0.5.')
      };
    case 'gini':
      return {
        name: trans.__('Gini'),
        what: trans.__(
          'Gini coefficient: 0 when all partitions are alike, nearly 1 when one has everything.'
        ),
        good: trans.__('Good is below 0.3.')
      };
    case 'share':
      return {
        name: trans.__('largest'),
        what: trans.__('The part of the whole that the largest partition has.'),
        good: trans.__(
          'Good is about one part in as many as there are partitions.'
        )
      };
  }
}
