import type { Advice, TryThis } from './advice';
import { aboutQuery, type IEvidence, type IRule } from './evidence';
import type { IQueryLoad } from './query-load';
import type { INotStoppedAdvice } from './stream-advice';

/** Nobody waits so long for rows and looks on, ms: ten minutes. */
const LONG_IDLE_MS = 10 * 60 * 1000;

/** What a query dies of when Spark ends around it. */
const SPARK_ENDED =
  /SparkContext was shut ?down|because SparkContext|stopped SparkContext|LiveListenerBus is stopped/i;

const CERTAINTY = { ended: 'sure', again: 'likely', idle: 'maybe' } as const;

/** A query that ran on until Spark ended, beside the one that its cell started when it ran again, or though nothing comes any more. */
export const notStopped: IRule = {
  id: 'notStopped',
  needs: [],
  isOfStreams: true,
  judge: ({ queries, left }: IEvidence): readonly Advice[] => [
    ...queries.flatMap(load =>
      endedWithSpark(load)
        ? [advice(load, 'ended')]
        : idleMsOf(load) >= LONG_IDLE_MS
          ? [advice(load, 'idle')]
          : []
    ),
    ...(queries.some(({ isRunning }) => isRunning)
      ? left.map(load => advice(load, 'again'))
      : [])
  ]
};

/** An end of the application that its query did not see: no event says that it ended, or it says that Spark went away. */
function endedWithSpark({ application, query }: IQueryLoad): boolean {
  return (
    application.endTime !== null &&
    (query.status === 'running' ||
      (query.status === 'failed' && SPARK_ENDED.test(query.exception ?? '')))
  );
}

function idleMsOf({ application, query, isRunning }: IQueryLoad): number {
  return isRunning && query.idleSince !== null
    ? application.now - query.idleSince
    : 0;
}

function advice(load: IQueryLoad, why: INotStoppedAdvice['why']): Advice {
  return {
    rule: 'notStopped',
    certainty: CERTAINTY[why],
    about: aboutQuery(load),
    gainMs: null,
    batches: load.query.batches.total,
    why,
    idleMs: why === 'idle' ? idleMsOf(load) : null,
    tryThis: tryThis(why)
  };
}

/** The last thing that a program does; and the first of a cell that may run again. */
function tryThis(why: INotStoppedAdvice['why']): TryThis {
  const stop = ['for query in spark.streams.active:', '    query.stop()'];
  return {
    kind: 'code',
    before: why === 'again' ? ['query = df.writeStream.start()'] : [],
    after: why === 'again' ? [...stop, 'query = df.writeStream.start()'] : stop
  };
}
