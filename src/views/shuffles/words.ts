import type { IShuffleOutcome } from '../../analysis/shuffle-outcome';
import type {
  IRun,
  IShuffleLimits,
  ShuffleVerdict
} from '../../analysis/shuffle-sizes';
import { formatBytes, formatCount, formatShare } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { ITerm } from '../timeline/terms';

/** A run of numbers: `3`, or `3–7`. */
export function runWords({ from, to }: IRun): string {
  return from === to
    ? formatCount(from)
    : `${formatCount(from)}–${formatCount(to)}`;
}

/** What is worth saying of a shuffle, in one plain line. */
export function verdictWords(
  verdict: ShuffleVerdict,
  trans: ITranslation
): string {
  switch (verdict.kind) {
    case 'empty':
      return trans.__('This shuffle moved no bytes');
    case 'single':
      return trans.__(
        'All %1 go to one reducer: a single task takes them all',
        formatBytes(verdict.bytes)
      );
    case 'crowded': {
      const values = [
        runWords(verdict.reducers),
        formatShare(verdict.share),
        formatBytes(verdict.bytes)
      ];
      return verdict.reducers.from === verdict.reducers.to
        ? trans.__('Reducer %1 receives %2 of all %3', ...values)
        : trans.__('Reducers %1 receive %2 of all %3', ...values);
    }
    case 'lavish': {
      const values = [
        runWords(verdict.maps),
        formatShare(verdict.share),
        formatBytes(verdict.bytes)
      ];
      return verdict.maps.from === verdict.maps.to
        ? trans.__('Map task %1 sent %2 of all %3', ...values)
        : trans.__('Map tasks %1 sent %2 of all %3', ...values);
    }
    case 'sparse':
      return trans.__(
        '%1 of %2 reducers receive nothing of %3: fewer partitions would do',
        formatCount(verdict.empty),
        formatCount(verdict.reducers),
        formatBytes(verdict.bytes)
      );
    case 'even':
      return trans.__(
        '%1 reducers receive about as much of %2: %3 each',
        formatCount(verdict.reducers),
        formatBytes(verdict.bytes),
        formatBytes(verdict.eachBytes)
      );
  }
}

/** What became of the planned partitions, in a few words: `200 planned → 7 read`. */
export function outcomeWords(
  outcome: IShuffleOutcome,
  trans: ITranslation
): string {
  const planned = formatCount(outcome.planned);
  if (outcome.actual === null) {
    return trans._n(
      '%2 partition planned, not read yet',
      '%2 partitions planned, not read yet',
      outcome.planned,
      planned
    );
  }
  if (outcome.isLocal) {
    return trans._n(
      '%2 partition planned, read where it lies',
      '%2 partitions planned, read where they lie',
      outcome.planned,
      planned
    );
  }
  return outcome.actual === outcome.planned && outcome.skewed === 0
    ? trans._n(
        '%2 partition, read as planned',
        '%2 partitions, read as planned',
        outcome.planned,
        planned
      )
    : trans.__('%1 planned → %2 read', planned, formatCount(outcome.actual));
}

/** How the read partitions were made; '' when they are those that were planned. */
export function outcomeDetail(
  outcome: IShuffleOutcome,
  trans: ITranslation
): string {
  const { coalesced, skewed, splits } = outcome;
  const parts = [
    coalesced > 0
      ? trans._n(
          '%2 was made of several small ones',
          '%2 were made of several small ones',
          coalesced,
          formatCount(coalesced)
        )
      : '',
    skewed > 0
      ? trans._n(
          '%2 crowded one was split into %3',
          '%2 crowded ones were split into %3',
          skewed,
          formatCount(skewed),
          formatCount(splits)
        )
      : ''
  ];
  return parts.filter(part => part !== '').join('; ');
}

/** Explain what adaptive execution does to partitions. */
export function outcomeTerm(trans: ITranslation): ITerm {
  return {
    name: trans.__('Adaptive execution (AQE)'),
    what: trans.__(
      'When a shuffle is written, Spark knows how large its partitions are. It then reads small ones together and, in a join, splits crowded ones.'
    ),
    good: trans.__(
      'Good is as few tasks as keep all cores busy, and none far larger than the others.'
    )
  };
}

/** How exact the sizes are, in one sentence. */
export function limitsWords(
  limits: IShuffleLimits,
  maps: number,
  trans: ITranslation
): string {
  const parts = [
    limits.areAverages
      ? trans.__(
          'Above 2,000 reducers Spark keeps only the average of each map, and blocks over 100 MiB.'
        )
      : trans.__(
          'Sizes are never under the truth, and at most %1 over it.',
          formatShare(limits.over)
        ),
    limits.isAdded
      ? trans.__('Each cell adds up several maps or reducers.')
      : '',
    limits.sampled === null
      ? ''
      : trans.__(
          'Only %1 of %2 maps were read.',
          formatCount(limits.sampled),
          formatCount(maps)
        )
  ];
  return parts.filter(part => part !== '').join(' ');
}

/** A size of one cell, with how exact it is. */
export function sizeWords(
  bytes: number,
  limits: IShuffleLimits,
  trans: ITranslation
): string {
  if (bytes === 0) {
    return trans.__('nothing');
  }
  return limits.areAverages
    ? trans.__('about %1 (an average)', formatBytes(bytes))
    : trans.__(
        'about %1 (at most %2 over)',
        formatBytes(bytes),
        formatShare(limits.over)
      );
}
