import type { StageAttempt } from '../model';

/** What a stage takes its rows from. */
export type StageSource =
  | 'files'
  /** An RDD or DataFrame that is marked for caching. */
  | 'cache'
  | 'rows'
  | 'shuffle'
  /** Two or more shuffles, matched row by row. */
  | 'join'
  /** Two or more shuffles, one after the other. */
  | 'shuffles';

/** Where a stage puts its rows. */
export type StageTarget = 'shuffle' | 'files' | 'result';

/** What a stage is for, told from its RDDs. */
export interface IStageRole {
  readonly from: StageSource;
  /** Format of the files it reads, such as `parquet`; null when none or unknown. */
  readonly format: string | null;
  readonly to: StageTarget;
  /** How many shuffles it reads. */
  readonly shuffles: number;
}

const FILES = /^(?:FileScanRDD|HadoopRDD|NewHadoopRDD|DataSourceRDD|JDBCRDD)/;
const JOIN = /^(?:ZippedPartitionsRDD|CoGroupedRDD|CartesianRDD)/;
const FILE_WRITER = /^(?:WriteFiles|Execute Insert|Append|Overwrite|Create)/;

/**
 * Tell what a stage is for.
 *
 * @param feeds - whether another stage is known to read what it writes.
 */
export function stageRole(stage: StageAttempt, feeds: boolean): IStageRole {
  let top = -1;
  let format: string | null = null;
  let files = false;
  let joins = false;
  let writes = false;
  let caches = false;
  let shuffles = false;
  for (const rdd of stage.rddInfos) {
    const name = rdd.Name ?? '';
    const scope = scopeName(rdd.Scope);
    const level = rdd['Storage Level'];
    const scan = /^Scan (\w+)/.exec(scope);
    files ||= FILES.test(name) || (scan !== null && name !== 'ExistingRDD');
    format ??= FILES.test(name) && scan ? scan[1]! : null;
    joins ||= JOIN.test(name);
    writes ||= FILE_WRITER.test(scope);
    caches ||= level?.['Use Memory'] === true || level?.['Use Disk'] === true;
    // With adaptive execution the stage that reads it comes in a later job;
    // that it writes a shuffle shows in its last RDD.
    const id = rdd['RDD ID'] ?? -1;
    if (id > top) {
      top = id;
      shuffles = scope === 'Exchange' || name === 'PairwiseRDD';
    }
  }
  const parents = stage.parentIds.length;
  return {
    from: sourceOf(parents, { files, joins, caches }),
    format,
    to: feeds || shuffles ? 'shuffle' : writes ? 'files' : 'result',
    shuffles: parents
  };
}

function sourceOf(
  shuffles: number,
  has: { files: boolean; joins: boolean; caches: boolean }
): StageSource {
  if (shuffles > 0) {
    return shuffles === 1 ? 'shuffle' : has.joins ? 'join' : 'shuffles';
  }
  return has.caches ? 'cache' : has.files ? 'files' : 'rows';
}

/** `Scope` is JSON text; what can't be read has no name. */
function scopeName(scope: string | undefined): string {
  if (!scope) {
    return '';
  }
  try {
    const parsed: unknown = JSON.parse(scope);
    const name = (parsed as { name?: unknown } | null)?.name;
    return typeof name === 'string' ? name : '';
  } catch {
    return '';
  }
}
