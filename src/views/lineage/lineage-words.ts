import type { ILineage, IStep } from '../../analysis/lineage';
import type { LineageVerdict } from '../../analysis/lineage-verdict';
import { jobTitle } from '../../analysis/stage-title';
import { stageName } from '../../analysis/task-columns';
import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { ICachedPartitions } from '../../analysis/cached-data';
import { rddName } from '../panel/storage-words';

/** What happened to the partitions of a job, in one plain line. */
export function verdictWords(
  verdict: LineageVerdict,
  trans: ITranslation
): string {
  switch (verdict.kind) {
    case 'unknown':
      return trans.__(
        'Spark did not tell how the partitions of this job hang together'
      );
    case 'hits':
      return hitWords(verdict, trans);
    case 'kept':
      return keptWords(verdict.step.cached!, trans);
    case 'part':
      return trans._n(
        '%1 of %2 partitions was enough; the others were left alone',
        '%1 of %2 partitions were enough; the others were left alone',
        verdict.ran,
        formatCount(verdict.of)
      );
    case 'reused':
      return trans._n(
        'The shuffled data of an earlier job was still there: its %1 partition was not worked out again',
        'The shuffled data of an earlier job was still there: its %1 partitions were not worked out again',
        verdict.step.partitions
      );
    case 'shuffled':
      return shuffledWords(verdict, trans);
    case 'together':
      return trans.__(
        '%1 partitions were put together into %2, without a shuffle',
        formatCount(verdict.from),
        formatCount(verdict.to)
      );
    case 'narrow':
      return verdict.partitions === 1
        ? trans.__('There is one partition only: nothing had to be moved')
        : trans.__(
            'Every partition was worked on by itself: nothing had to be moved'
          );
  }
}

function hitWords(
  { step, hits, of }: LineageVerdict & { kind: 'hits' },
  trans: ITranslation
): string {
  const counts = [formatCount(hits), formatCount(of)];
  const isOnDisk = step.cached !== null && step.cached.inMemory === 0;
  if (hits === of) {
    return isOnDisk
      ? trans._n(
          '%1 partition came from the disk, where it was kept: nothing before it was worked out again',
          'All %1 partitions came from the disk, where they were kept: nothing before them was worked out again',
          of
        )
      : trans._n(
          '%1 partition came from memory: nothing before it was worked out again',
          'All %1 partitions came from memory: nothing before them was worked out again',
          of
        );
  }
  return isOnDisk
    ? trans.__(
        '%1 of %2 partitions came from the disk, where they were kept; the others were worked out again',
        ...counts
      )
    : trans.__(
        '%1 of %2 partitions came from memory; the others were worked out again',
        ...counts
      );
}

function keptWords(cached: ICachedPartitions, trans: ITranslation): string {
  const { inMemory, onDisk, absent, places } = cached;
  const of = formatCount(places.length);
  if (absent === 0 && onDisk === 0) {
    return trans._n(
      '%1 partition is kept in memory now',
      'All %1 partitions are kept in memory now',
      places.length
    );
  }
  if (absent === 0 && inMemory === 0) {
    return trans._n(
      '%1 partition is kept on disk now',
      'All %1 partitions are kept on disk now',
      places.length
    );
  }
  if (absent === 0) {
    return trans.__(
      '%1 of %2 partitions are kept in memory now, the others on disk',
      formatCount(inMemory),
      of
    );
  }
  return trans.__(
    '%1 of %2 partitions are kept now; the others would be worked out again',
    formatCount(inMemory + onDisk),
    of
  );
}

function shuffledWords(
  verdict: LineageVerdict & { kind: 'shuffled' },
  trans: ITranslation
): string {
  const { from, to, empty, readAs, shuffles } = verdict;
  const moved =
    shuffles > 1
      ? trans.__(
          'Data was shuffled %1 times; the most from %2 partitions into %3',
          formatCount(shuffles),
          formatCount(from),
          formatCount(to)
        )
      : trans._n(
          '%1 partition was shuffled into %2',
          '%1 partitions were shuffled into %2',
          from,
          formatCount(to)
        );
  const rest = empty
    ? trans._n('%1 of them stayed empty', '%1 of them stayed empty', empty)
    : '';
  const fewer =
    readAs !== null && readAs < to
      ? trans.__('then put together into %1', formatCount(readAs))
      : '';
  return [moved, rest, fewer].filter(text => text !== '').join('; ');
}

/** What a step is called, in a word or two. */
export function stepName(
  lineage: ILineage,
  step: IStep,
  trans: ITranslation
): string {
  const { operators, kind } = step;
  const { scopes, plan, calls } = operators;
  if (step.isResult && kind !== 'cached' && kind !== 'shape') {
    const { action } = jobTitle(lineage.application, lineage.job).site;
    // PySpark runs take() and first() under this name.
    return action === null || action === 'runJob' ? trans.__('result') : action;
  }
  if (step.isReused) {
    return trans.__('kept from before');
  }
  switch (kind) {
    case 'written':
      return trans.__('shuffled data');
    case 'shuffle':
      return scopes[0] === 'AQEShuffleRead'
        ? trans.__('put together')
        : trans.__('after the shuffle');
    case 'cached': {
      const kept = step.rdds.find(rdd => rdd.isCached);
      return kept
        ? rddName(kept.name, kept.id, trans)
        : trans.__('cached data');
    }
    case 'source':
      return plan[0] ?? scopes[0] ?? calls[0] ?? trans.__('data');
    case 'shape':
      return scopes[0]?.startsWith('WholeStage')
        ? (plan[0] ?? scopes[0])
        : (scopes[0] ?? trans.__('step'));
    case 'end':
      return plan[plan.length - 1] ?? calls[0] ?? pythonOr(step, trans);
  }
}

function pythonOr(step: IStep, trans: ITranslation): string {
  return step.rdds.some(rdd => rdd.name === 'PythonRDD')
    ? trans.__('Python functions')
    : (step.operators.scopes[0] ?? trans.__('result'));
}

/** How many partitions a step has, in words. */
export function partitionWords(step: IStep, trans: ITranslation): string {
  return trans._n('%1 partition', '%1 partitions', step.partitions);
}

/** How much of a cached step is there, in a few words. */
export function cacheWords(step: IStep, trans: ITranslation): string {
  const { cached, isLetGo } = step;
  if (isLetGo) {
    return trans.__('no longer kept');
  }
  if (!cached) {
    return '';
  }
  if (!cached.isKnown) {
    return trans.__('cached; how much is not told');
  }
  return [
    cached.inMemory > 0
      ? trans.__('%1 in memory', formatCount(cached.inMemory))
      : '',
    cached.onDisk > 0 ? trans.__('%1 on disk', formatCount(cached.onDisk)) : '',
    cached.absent > 0 ? trans.__('%1 absent', formatCount(cached.absent)) : ''
  ]
    .filter(text => text !== '')
    .join(', ');
}

/** Which stage a step belongs to, and how that stands. */
export function stageWords(step: IStep, trans: ITranslation): string {
  const { stage, worker, isReused } = step;
  if (isReused) {
    return worker
      ? trans.__(
          'Stage %1, skipped: stage %2 had left its shuffle files',
          stageName(stage),
          stageName(worker)
        )
      : trans.__(
          'Stage %1, skipped: its shuffle files were still there',
          stageName(stage)
        );
  }
  return worker && worker !== stage
    ? trans.__(
        'Stage %1, done as stage %2',
        stageName(stage),
        stageName(worker)
      )
    : trans.__('Stage %1', stageName(stage));
}
