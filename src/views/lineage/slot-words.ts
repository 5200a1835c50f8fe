import { CachePlace } from '../../analysis/cached-data';
import type { IStep } from '../../analysis/lineage';
import type { IWeave } from '../../analysis/lineage-weave';
import { formatBytes, formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { stepName } from './lineage-words';

/** Which partitions a cell stands for, from 0 as Spark counts them. */
export function slotName(
  step: IStep,
  first: number,
  end: number,
  trans: ITranslation
): string {
  return end - first === 1
    ? trans.__(
        'Partition %1 of %2',
        formatCount(first),
        formatCount(step.partitions)
      )
    : trans.__(
        'Partitions %1–%2 of %3',
        formatCount(first),
        formatCount(end - 1),
        formatCount(step.partitions)
      );
}

/** What a cell is made of, in a sentence; '' where rows begin. */
export function slotSource(
  woven: IWeave,
  step: IStep,
  slot: number,
  trans: ITranslation
): string {
  const { links, steps } = woven.lineage;
  const parts = links.flatMap((link, i) => {
    if (link.to !== step.id) {
      return [];
    }
    const before = steps[link.from]!;
    const name = stepName(woven.lineage, before, trans);
    const { from, to, isExact } = woven.threads[i]!;
    if (!isExact) {
      return trans.__(
        'some of the %1 partitions of “%2”: Spark does not tell which',
        formatCount(before.partitions),
        name
      );
    }
    const slots = woven.slots[link.from]!;
    let [count, only] = [0, -1];
    for (let t = 0; t < from.length; t++) {
      if (to[t] === slot) {
        count += slots[from[t]! + 1]! - slots[from[t]!]!;
        only = slots[from[t]!]!;
      }
    }
    return count === 0
      ? []
      : count === 1
        ? trans.__('partition %1 of “%2”', formatCount(only), name)
        : trans._n(
            '%1 partition of “%2”',
            '%1 partitions of “%2”',
            count,
            name
          );
  });
  return parts.length > 0 ? trans.__('Made of %1', parts.join(', ')) : '';
}

/** Whether a partition is kept, and whether it had to be worked out. */
export function slotPlace(
  woven: IWeave,
  step: IStep,
  slot: number,
  trans: ITranslation
): string {
  const slots = woven.slots[step.id]!;
  const facts = woven.tasks[step.id]!;
  const first = slots[slot]!;
  const isOne = slots[slot + 1]! - first === 1;
  const { cached } = step;
  const words: string[] = [];
  if (isOne && facts.fromCache[first]) {
    words.push(trans.__('This job took it from the cache.'));
  } else if (isOne && facts.spared[first]) {
    words.push(
      trans.__(
        'It was not worked out again: what is made of it was in the cache.'
      )
    );
  } else if (
    isOne &&
    facts.isTold &&
    facts.rows[first]! < 0 &&
    !step.isReused
  ) {
    words.push(trans.__('No task has worked on it.'));
  }
  if (isOne && cached?.isKnown) {
    const size = formatBytes(cached.bytes[first]!);
    const place = cached.places[first]!;
    words.push(
      place === CachePlace.absent
        ? trans.__('It is not in the cache now.')
        : place === CachePlace.disk
          ? trans.__('It is kept on disk now: %1.', size)
          : trans.__('It is kept in memory now: %1.', size)
    );
  }
  return words.join(' ');
}
