// Derived (3): by which keys a shuffle sends its rows, and which of a run's DataFrames has these rows.
import type { Application, CellRun, StageAttempt } from '../model';
import { exchangeRule, type ExchangeKey } from './exchange-keys';
import { exchangeOf } from './exchanges';
import { StageOrigins } from './stage-origin';

/** What is to be counted to find the heavy keys of a shuffle. */
export type HeavyKeys =
  | {
      readonly kind: 'columns';
      readonly keys: readonly ExchangeKey[];
      /** Keys that the plan's words leave out. */
      readonly cut: number;
    }
  /** An RDD of pairs. */
  | { readonly kind: 'pairs' };

/** The keys of the shuffle that a stage wrote; null when it has none: rows went round in turn, or all to one place. */
export function keysWrittenBy(
  application: Application,
  writer: StageAttempt
): HeavyKeys | null {
  const exchange = exchangeOf(application, writer);
  if (exchange) {
    const rule = exchangeRule(exchange.node);
    return 'keys' in rule && rule.keys.length > 0
      ? { kind: 'columns', keys: rule.keys, cut: rule.cut }
      : null;
  }
  const isPairs = writer.rddInfos.some(rdd => rdd.Name === 'PairwiseRDD');
  return isPairs ? { kind: 'pairs' } : null;
}

/** The keys of the largest shuffle that a stage reads; null when it reads none that has keys. */
export function keysReadBy(
  application: Application,
  reader: StageAttempt
): HeavyKeys | null {
  let origins: StageOrigins | null = null;
  const writers = reader.parentIds.flatMap(id => {
    const parent = application.attemptsOf(id).at(-1);
    if (!parent) {
      return [];
    }
    const origin =
      parent.status === 'complete'
        ? parent
        : (origins ??= new StageOrigins(application)).of(parent);
    return origin ? [origin] : [];
  });
  const written = (stage: StageAttempt): number =>
    application.shuffles
      .get(stage.shuffleDepId ?? -1)
      ?.mapSizesBytes.reduce((sum, bytes) => sum + bytes, 0) ?? 0;
  for (const writer of writers.sort((a, b) => written(b) - written(a))) {
    const keys = keysWrittenBy(application, writer);
    if (keys) {
      return keys;
    }
  }
  return null;
}

/** Operators above which rows are no longer those that a shuffle moved. */
const MOVES =
  /^(?:Aggregate|Join|Distinct|Deduplicate|Window|Repartition|RepartitionByExpression|RebalancePartitions|Sort|Union|Except|Intersect|Generate|FlatMap\w*|CoGroup|Hint|Limit|GlobalLimit|LocalLimit)$/;

/**
 * The DataFrames of a run whose rows may be those before a shuffle: nothing in their plans moves rows. Where there is one, it is the
 * one; where there are several (the sides of a join), only the reader of the code knows.
 */
export function rowsBeforeShuffle(run: CellRun | null): readonly string[] {
  return (run?.dataFrames ?? [])
    .filter(
      note =>
        !note.streaming &&
        /^[A-Za-z_]\w*$/.test(note.name) &&
        !note.operations.some(operation => MOVES.test(operation))
    )
    .map(note => note.name);
}
