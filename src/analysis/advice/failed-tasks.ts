import { readFailure, type FailureKind } from '../failure';
import type { Advice, TryThis } from './advice';
import { aboutStage, type IEvidence, type IRule } from './evidence';
import { coresOf, type IStageLoad } from './stage-load';

/**
 * Tasks failed and Spark ran them again. Always worth a word: a run that succeeds by luck fails the next time. When there was no second
 * try, the cell says the error itself.
 */
export const failedTasks: IRule = {
  id: 'failedTasks',
  needs: [],
  judge: ({ loads, batchLoads, application }: IEvidence): readonly Advice[] =>
    // Of the batches of streams one is enough to say it.
    [
      ...loads.filter(wasRunAgain),
      ...batchLoads.filter(wasRunAgain).slice(-1)
    ].map(load => {
      const { tasks, strings } = application;
      const error = load.failedRow < 0 ? 0 : tasks.error[load.failedRow]!;
      const { kind, headline } = readFailure(
        error > 0
          ? (strings[error - 1] ?? '')
          : (load.stage.failureReason ?? '')
      );
      return {
        rule: 'failedTasks',
        certainty: 'sure',
        about: aboutStage(load, load.failedRow),
        gainMs: load.failedMs / coresOf(application),
        tasks: load.stage.numFailedTasks,
        lostMs: load.failedMs,
        failure: kind,
        headline,
        tryThis: tryThis(kind)
      };
    })
};

function wasRunAgain({ stage }: IStageLoad): boolean {
  return (
    stage.numFailedTasks > 0 &&
    (stage.status === 'complete' || stage.numFailedTasks > 1)
  );
}

function tryThis(kind: FailureKind): TryThis {
  return kind === 'memory' || kind === 'executorLost' || kind === 'workerCrash'
    ? { kind: 'code', before: ['df'], after: ['df.repartition(200)'] }
    : {
        kind: 'code',
        before: ['rdd.map(parse)'],
        after: [
          'def safe(row):',
          '    try:',
          '        return [parse(row)]',
          '    except ValueError:',
          '        return []',
          'rdd.flatMap(safe)'
        ]
      };
}
