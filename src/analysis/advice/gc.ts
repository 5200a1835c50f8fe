import { Column } from '../../events';
import type { Advice } from './advice';
import {
  aboutStage,
  settingOf,
  WORTH_MS,
  type IEvidence,
  type IRule
} from './evidence';
import { coresOf, total } from './stage-load';

/** Spark's executors page marks an executor at a tenth; at twice that it is felt. */
const SHARE = 0.2;
/** What Spark gives a driver or an executor unless told otherwise. */
const DEFAULT_MEMORY = '1g';

/** Clearing memory took a large part of the tasks' time. */
export const gc: IRule = {
  id: 'gc',
  needs: [],
  judge({ loads, application }: IEvidence): readonly Advice[] {
    const heavy = loads.filter(
      load =>
        total(load, Column.jvmGcTimeMs) >=
          SHARE * total(load, Column.executorRunTimeMs) &&
        load.spanMs >= WORTH_MS
    );
    const sum = (column: number): number =>
      heavy.reduce((all, load) => all + total(load, column), 0);
    const gcMs = sum(Column.jvmGcTimeMs);
    const cores = coresOf(application);
    const worst = heavy.reduce(
      (a, b) =>
        a && total(a, Column.jvmGcTimeMs) >= total(b, Column.jvmGcTimeMs)
          ? a
          : b,
      heavy[0]
    );
    if (!worst || gcMs / cores < WORTH_MS / 2) {
      return [];
    }
    const key = application.master.startsWith('local')
      ? 'spark.driver.memory'
      : 'spark.executor.memory';
    const memory = settingOf(application, null, key);
    return [
      {
        rule: 'gc',
        certainty: 'likely',
        about: aboutStage(worst),
        gainMs: gcMs / cores,
        gcMs,
        runMs: sum(Column.executorRunTimeMs),
        memory,
        tryThis: {
          kind: 'code',
          before: [`.config("${key}", "${memory ?? DEFAULT_MEMORY}")`],
          after: [`.config("${key}", "${twice(memory ?? DEFAULT_MEMORY)}")`]
        }
      }
    ];
  }
};

/** Twice an amount of memory as Spark writes it: `512m`, `1g`. */
function twice(memory: string): string {
  const match = /^(\d+)([a-z]*)$/i.exec(memory);
  return match ? `${2 * Number(match[1])}${match[2]}` : memory;
}
