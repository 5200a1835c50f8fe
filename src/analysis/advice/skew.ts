import type { Advice, TryThis } from './advice';
import {
  aboutStage,
  executionOf,
  settingOf,
  WORTH_MS,
  type IEvidence,
  type IRule
} from './evidence';
import { coresOf, total, type IStageLoad } from './stage-load';
import { Column } from '../../events';

/** A task this many times as long as half of the others is no accident of a busy machine. */
const TIMES_AS_LONG = 3;
/** It must have read this many times as much: a task that is slow for another reason is no skewed partition. */
const TIMES_AS_MUCH = 2;
/** Part of the stage's time in which nothing but the longest task mattered. */
const PART_OF_STAGE = 1 / 3;
/** One task says nothing of what is usual. */
const TASKS = 2;

/** One partition holds much more than the others, and the stage waits for its task. */
export const skew: IRule = {
  id: 'skew',
  needs: ['rows'],
  judge: ({ loads }: IEvidence): readonly Advice[] =>
    loads.filter(isSkewed).map(load => {
      const even = Math.max(
        load.sumMs / Math.min(coresOf(load.application), load.tasks),
        load.sumMs / load.tasks
      );
      return {
        rule: 'skew',
        certainty: 'sure',
        about: aboutStage(load, load.maxRow),
        gainMs: Math.max(0, load.spanMs - even),
        partition: load.application.tasks.index[load.maxRow]!,
        durationMs: load.maxMs,
        medianMs: load.medianMs,
        bytes: load.maxRowBytes,
        medianBytes: load.medianBytes,
        tryThis: tryThis(load)
      };
    })
};

function isSkewed(load: IStageLoad): boolean {
  const lost = load.maxMs - load.medianMs;
  return (
    load.tasks >= TASKS &&
    lost >= WORTH_MS &&
    lost >= load.spanMs * PART_OF_STAGE &&
    load.maxMs >= load.medianMs * TIMES_AS_LONG &&
    load.maxRowBytes > 0 &&
    load.maxRowBytes >= load.medianBytes * TIMES_AS_MUCH
  );
}

function tryThis(load: IStageLoad): TryThis {
  const { application } = load;
  const execution = executionOf(load);
  const read = total(load, Column.inputBytesRead);
  if (read > load.maxRowBytes && load.stage.parentIds.length === 0) {
    return {
      kind: 'code',
      before: ['df = spark.read.parquet(path)'],
      after: [
        `df = spark.read.parquet(path).repartition(${2 * coresOf(application)})`
      ]
    };
  }
  const adaptive = 'spark.sql.adaptive.enabled';
  if (execution && settingOf(application, execution, adaptive) === 'false') {
    return { kind: 'setting', key: adaptive, value: 'true', now: 'false' };
  }
  return execution
    ? {
        kind: 'code',
        before: ['df.groupBy("key").agg(F.sum("value").alias("value"))'],
        after: [
          'salted = df.withColumn("salt", (F.rand() * 16).cast("int"))',
          'parts = salted.groupBy("key", "salt").agg(F.sum("value").alias("value"))',
          'parts.groupBy("key").agg(F.sum("value").alias("value"))'
        ]
      }
    : {
        kind: 'code',
        before: ['pairs.groupByKey().mapValues(sum)'],
        after: ['pairs.reduceByKey(lambda a, b: a + b)']
      };
}
