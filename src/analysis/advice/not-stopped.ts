import type { Advice } from './advice';
import { aboutQuery, type IEvidence, type IRule } from './evidence';
import type { IQueryLoad } from './query-load';

/** Nobody waits so long for rows and looks on, ms: ten minutes. */
const LONG_IDLE_MS = 10 * 60 * 1000;

/** What a query dies of when Spark ends around it. */
const SPARK_ENDED =
  /SparkContext was shut ?down|because SparkContext|stopped SparkContext|LiveListenerBus is stopped/i;

/** A query that ran on until Spark ended, or that runs on though nothing comes any more. */
export const notStopped: IRule = {
  id: 'notStopped',
  needs: [],
  isOfStreams: true,
  judge: ({ queries }: IEvidence): readonly Advice[] =>
    queries.flatMap(load => {
      const idleMs = idleOf(load);
      if (idleMs === null && !endedWithSpark(load)) {
        return [];
      }
      return [
        {
          rule: 'notStopped',
          certainty: idleMs === null ? 'sure' : 'maybe',
          about: aboutQuery(load),
          gainMs: null,
          batches: load.query.batches.total,
          idleMs,
          tryThis: {
            kind: 'code',
            before: [],
            after: ['for query in spark.streams.active:', '    query.stop()']
          }
        }
      ];
    })
};

/** An end of the application that its query did not see: no event says that it ended, or it says that Spark went away. */
function endedWithSpark({ application, query }: IQueryLoad): boolean {
  return (
    application.endTime !== null &&
    (query.status === 'running' ||
      (query.status === 'failed' && SPARK_ENDED.test(query.exception ?? '')))
  );
}

function idleOf({ application, query, isRunning }: IQueryLoad): number | null {
  const idleMs =
    isRunning && query.idleSince !== null
      ? application.now - query.idleSince
      : 0;
  return idleMs >= LONG_IDLE_MS ? idleMs : null;
}
