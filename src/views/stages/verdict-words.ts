import type { FailureKind } from '../../analysis/failure';
import type { StageCause, StagesVerdict } from '../../analysis/stages-verdict';
import { stageName } from '../../analysis/task-columns';
import {
  formatBytes,
  formatCount,
  formatShare,
  formatTimes
} from '../../draw/format';
import type { ITranslation } from '../../draw/words';

/** What happened to the stages, in one plain line. */
export function verdictWords(
  verdict: StagesVerdict,
  trans: ITranslation
): string {
  switch (verdict.kind) {
    case 'nothing':
      return trans.__('No stage yet');
    case 'waiting':
      return trans._n(
        '%1 stage waits to start',
        '%1 stages wait to start',
        verdict.stages
      );
    case 'running':
      return runningWords(verdict, trans);
    case 'cancelled':
      return trans.__(
        'Stage %1 was cancelled after %2 of %3 tasks',
        stageName(verdict.row.stage),
        formatCount(verdict.row.tasksDone),
        formatCount(verdict.row.tasks)
      );
    case 'cutOff':
      return trans.__(
        'Spark ended while stage %1 ran, after %2 of %3 tasks',
        stageName(verdict.row.stage),
        formatCount(verdict.row.tasksDone),
        formatCount(verdict.row.tasks)
      );
    case 'failed':
      if (verdict.failedStages > 1) {
        return trans.__(
          '%1 stages failed; the last was stage %2: %3',
          formatCount(verdict.failedStages),
          stageName(verdict.row.stage),
          verdict.headline
        );
      }
      return trans.__(
        'Stage %1 failed: %2',
        stageName(verdict.row.stage),
        verdict.headline
      );
    case 'repeated':
      return repeatedWords(
        String(verdict.row.stage.id),
        verdict.failure,
        trans
      );
    case 'dominant': {
      const name = stageName(verdict.row.stage);
      const cause = causeWords(verdict.cause, trans);
      const share = formatShare(Math.min(verdict.share, 1));
      return cause
        ? trans.__('Stage %1 took %2 of the time: %3', name, share, cause)
        : trans.__('Stage %1 took %2 of the time', name, share);
    }
    case 'done':
      return doneWords(verdict, trans);
  }
}

function runningWords(
  verdict: StagesVerdict & { kind: 'running' },
  trans: ITranslation
): string {
  const { row, active, pending } = verdict;
  const name = stageName(row.stage);
  const done = formatCount(row.tasksDone);
  const tasks = formatCount(row.tasks);
  const now =
    active > 1
      ? trans.__(
          '%1 stages run; stage %2 has done %3 of %4 tasks',
          active,
          name,
          done,
          tasks
        )
      : trans.__('Stage %1 runs: %2 of %3 tasks done', name, done, tasks);
  return pending > 0
    ? `${now}${trans._n('; %1 more waits', '; %1 more wait', pending)}`
    : now;
}

function repeatedWords(
  id: string,
  failure: FailureKind,
  trans: ITranslation
): string {
  return failure === 'shuffleLost'
    ? trans.__(
        'All done, but stage %1 had to be run again: data it needed was lost',
        id
      )
    : trans.__('All done, but stage %1 had to be run again', id);
}

function causeWords(cause: StageCause, trans: ITranslation): string {
  switch (cause.kind) {
    case 'straggler':
      return trans.__(
        'its task %1 took %2 as long as the others',
        cause.index,
        formatTimes(cause.times)
      );
    case 'fetch':
      return trans.__(
        'its tasks spent %1 of it waiting for shuffled data',
        formatShare(cause.share)
      );
    case 'gc':
      return trans.__(
        'clearing memory (GC) took %1 of it',
        formatShare(cause.share)
      );
    case 'spill':
      return trans.__(
        'memory was too small, %1 went to disk',
        formatBytes(cause.bytes)
      );
    case 'fewTasks':
      return trans._n(
        'it had %1 task for %2 cores',
        'it had %1 tasks for %2 cores',
        cause.tasks,
        cause.cores
      );
    case 'shuffled':
      return trans.__('it read %1 of shuffled data', formatBytes(cause.bytes));
    case 'read':
      return trans.__('it read %1', formatBytes(cause.bytes));
    case 'none':
      return '';
  }
}

function doneWords(
  verdict: StagesVerdict & { kind: 'done' },
  trans: ITranslation
): string {
  const { stages, skipped, failedTasks } = verdict;
  const done =
    stages === 0
      ? ''
      : stages === 1
        ? trans.__('The stage is done')
        : stages === 2
          ? trans.__('Both stages are done')
          : trans.__('All %1 stages done', formatCount(stages));
  const reused = trans._n(
    '%2 was skipped because its result was still there',
    '%2 were skipped because their result was still there',
    skipped,
    formatCount(skipped)
  );
  const parts = [
    done,
    skipped > 0 ? reused : '',
    failedTasks > 0
      ? trans._n(
          '%2 task failed and was tried again',
          '%2 tasks failed and were tried again',
          failedTasks,
          formatCount(failedTasks)
        )
      : ''
  ].filter(text => text !== '');
  return parts.length > 0 ? parts.join('; ') : trans.__('No stage ran');
}
