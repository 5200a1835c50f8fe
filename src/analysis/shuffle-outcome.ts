// A derivation of exchanges and stages (3): what became of the partitions that a shuffle was planned with.
import { textOf } from '../events';
import type { Application, IShuffleRead, StageAttempt } from '../model';
import { exchangeOf } from './exchanges';
import { metricOf } from './plan-metrics';
import { StageOrigins } from './stage-origin';

/** Run of reduce partitions that one task reads, or a part of the maps of one that several share. */
export type ReadSpec =
  | { readonly kind: 'coalesced'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'partial';
      readonly reducer: number;
      readonly fromMap: number;
      readonly toMap: number;
    };

/** What became of the partitions that a shuffle was planned with. */
export interface IShuffleOutcome {
  readonly planned: number;
  /** Partitions in which they were read; null as long as nobody has. */
  readonly actual: number | null;
  /** Partitions that were made of several, as Spark counts them. */
  readonly coalesced: number;
  /** Crowded partitions, and into how many they were split. */
  readonly skewed: number;
  readonly splits: number;
  /** Each task reads what is on its machine: no rows move (`AQEShuffleRead local`). */
  readonly isLocal: boolean;
  /** Which task read what; null where it is not known. `to` and `toMap` are not included. */
  readonly specs: readonly ReadSpec[] | null;
}

/** What each task reads, as the listener told it; null where that is not all, or is local: then tasks read maps and not reducers. */
export function readSpecs(
  read: IShuffleRead | undefined
): readonly ReadSpec[] | null {
  if (!read || read.local || read.specs.length < read.partitions) {
    return null;
  }
  return read.specs.map(({ reducerFrom, reducerTo, maps }) =>
    maps
      ? {
          kind: 'partial',
          reducer: reducerFrom,
          fromMap: maps.from,
          toMap: maps.to
        }
      : { kind: 'coalesced', from: reducerFrom, to: reducerTo }
  );
}

/**
 * What became of a shuffle's partitions: from the specs of the read when they are known, else from the metrics of `AQEShuffleRead`,
 * else from the number of tasks of the stage that reads it.
 *
 * @param stage - the one that wrote it.
 * @param planned - its number of reduce partitions.
 */
export function shuffleOutcome(
  application: Application,
  stage: StageAttempt,
  planned: number,
  specs: readonly ReadSpec[] | null
): IShuffleOutcome {
  const exchange = exchangeOf(application, stage);
  const reader = readerOf(application, stage);
  const values =
    exchange && application.sqlMetrics.metricsOf(exchange.execution);
  const value = (name: string): number | null =>
    values && exchange.read
      ? (metricOf(exchange.read, values, name)?.total ?? null)
      : null;
  const split = specs ? splitOf(specs) : null;
  return {
    planned,
    actual:
      specs?.length ??
      value('number of partitions') ??
      reader?.numTasks ??
      null,
    coalesced: split?.coalesced ?? value('number of coalesced partitions') ?? 0,
    skewed: split?.skewed ?? value('number of skewed partitions') ?? 0,
    splits: split?.splits ?? value('number of skewed partition splits') ?? 0,
    isLocal: /\blocal\b/.test(textOf(exchange?.read?.simpleString, '')),
    specs
  };
}

function splitOf(specs: readonly ReadSpec[]): {
  coalesced: number;
  skewed: number;
  splits: number;
} {
  const split = new Set<number>();
  let [coalesced, splits] = [0, 0];
  for (const spec of specs) {
    if (spec.kind === 'partial') {
      split.add(spec.reducer);
      splits++;
    } else {
      coalesced += spec.to - spec.from > 1 ? 1 : 0;
    }
  }
  return { coalesced, skewed: split.size, splits };
}

/**
 * A stage that reads what a stage wrote; null before one was submitted.
 *
 * With adaptive execution it comes in a later job, which lists the writer once more under another id and skips it.
 */
export function readerOf(
  application: Application,
  stage: StageAttempt
): StageAttempt | null {
  let origins: StageOrigins | null = null;
  for (const reader of application.stages.values()) {
    if (reader.id <= stage.id || reader.status === 'skipped') {
      continue;
    }
    for (const id of reader.parentIds) {
      if (id === stage.id) {
        return reader;
      }
      const parent = application.attemptsOf(id).at(-1);
      if (
        parent &&
        parent.rddInfos.length > 0 &&
        parent.status !== 'complete' &&
        (origins ??= new StageOrigins(application)).of(parent)?.id === stage.id
      ) {
        return reader;
      }
    }
  }
  return null;
}
