// Derived (3) from the sizes of a shuffle: what its numbers mean, and the one thing worth saying of them.
import { Column } from '../events';
import type { IShuffle } from '../model';
import type { IScope } from './scope';
import { maxOverOthers, skewOf, topShare } from './skew';

/** Above so many reducers Spark keeps one average a map (`spark.shuffle.minNumPartitionsToHighlyCompress`, its default). */
export const MOST_EXACT_REDUCERS = 2000;

/** A size from its byte: `MapStatus.decompressSize`, 1.1 to the power of it; 0 is 0. */
export function sizeOf(logSize: number): number {
  return logSize === 0 ? 0 : 1.1 ** logSize;
}

/** A run of maps or reducers that one number stands for; `to` is included. */
export interface IRun {
  readonly from: number;
  readonly to: number;
}

/**
 * Which of `count` things a slot of `slots` stands for: the i-th thing is in slot `floor(i · slots / count)`, as the kernel side
 * adds them up.
 */
export function runOfSlot(slot: number, slots: number, count: number): IRun {
  return {
    from: Math.ceil((slot * count) / slots),
    to: Math.max(
      Math.ceil((slot * count) / slots),
      Math.ceil(((slot + 1) * count) / slots) - 1
    )
  };
}

/** How exact the sizes of a shuffle are. */
export interface IShuffleLimits {
  /** At most so much over the truth, as a part of it: 0.1, and 0.21 where sums are rounded up once more. */
  readonly over: number;
  /** Only averages are known: above {@link MOST_EXACT_REDUCERS} reducers. */
  readonly areAverages: boolean;
  /** Several maps or reducers share a cell. */
  readonly isAdded: boolean;
  /** Only so many maps were read, of how many; null when all were. */
  readonly sampled: number | null;
}

/** Say how exact the sizes of a shuffle are. */
export function limitsOf(shuffle: IShuffle): IShuffleLimits {
  const { matrix, maps, reducers, sampledMaps } = shuffle;
  const isAdded =
    matrix !== null && (matrix.rows < maps || matrix.columns < reducers);
  return {
    over: isAdded ? 0.21 : 0.1,
    areAverages: reducers > MOST_EXACT_REDUCERS,
    isAdded,
    sampled: sampledMaps < maps ? sampledMaps : null
  };
}

/** The one thing worth saying of a shuffle. */
export type ShuffleVerdict =
  | { readonly kind: 'empty' }
  /** A reducer (or a run of them) gets far more than the others. */
  | {
      readonly kind: 'crowded';
      readonly reducers: IRun;
      readonly share: number;
      readonly bytes: number;
    }
  /** A map (or a run of them) sent far more than the others. */
  | {
      readonly kind: 'lavish';
      readonly maps: IRun;
      readonly share: number;
      readonly bytes: number;
    }
  | { readonly kind: 'single'; readonly bytes: number }
  /** At least half of the reducers get nothing. */
  | {
      readonly kind: 'sparse';
      readonly empty: number;
      readonly reducers: number;
      readonly bytes: number;
    }
  | {
      readonly kind: 'even';
      readonly reducers: number;
      readonly bytes: number;
      readonly eachBytes: number;
    };

/** So many times the others' median is crowded. */
const CROWDED = 2;
/** … and has such a part of the whole: of thousands, one is always twice as large. */
const NOTABLE = 0.1;
/** Nobody waits for less than this, bytes. */
const WORTH_BYTES = 4096;
/** So many reducers with nothing in half of them are too many. */
const MANY = 8;

/** Judge a shuffle by what its reducers get, then by what its maps sent. */
export function judgeShuffle(shuffle: IShuffle): ShuffleVerdict {
  const { maps, reducers } = shuffle;
  const reduce = skewOf(Float64Array.from(shuffle.reduceSizesBytes));
  const map = skewOf(Float64Array.from(shuffle.mapSizesBytes));
  const bytes = reduce.total;
  const used = reduce.count - reduce.empty;
  if (bytes === 0) {
    return { kind: 'empty' };
  }
  if (reducers === 1 || (reduce.count === reducers && used === 1)) {
    return { kind: 'single', bytes };
  }
  const isCrowded = (skew: typeof map): boolean =>
    skew.count > 1 &&
    skew.max >= WORTH_BYTES &&
    topShare(skew) >= NOTABLE &&
    // Those that have nothing are another matter.
    maxOverOthers(skew.sorted.subarray(skew.empty)) >= CROWDED;
  if (isCrowded(reduce)) {
    return {
      kind: 'crowded',
      reducers: runOfSlot(reduce.maxAt, reduce.count, reducers),
      share: topShare(reduce),
      bytes
    };
  }
  if (reduce.count >= MANY && reduce.empty * 2 >= reduce.count) {
    const empty = Math.round((reduce.empty / reduce.count) * reducers);
    return { kind: 'sparse', empty, reducers, bytes };
  }
  if (isCrowded(map)) {
    return {
      kind: 'lavish',
      maps: runOfSlot(map.maxAt, map.count, maps),
      share: topShare(map),
      bytes
    };
  }
  return { kind: 'even', reducers, bytes, eachBytes: bytes / reducers };
}

/** Whether stages of a scope wrote shuffles whose sizes nobody kept: those in a log that Spark itself wrote. */
export function hasUnknownShuffles(scope: IScope): boolean {
  return scope
    .parts()
    .some(({ stages }) =>
      stages.some(
        stage =>
          stage.status === 'complete' &&
          stage.shuffleDepId === null &&
          stage.sums[Column.shuffleBytesWritten]! > 0
      )
    );
}
