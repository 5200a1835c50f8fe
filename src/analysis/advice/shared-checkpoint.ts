import type { StreamingQuery } from '../../model';
import type { Advice } from './advice';
import { aboutQuery, type IEvidence, type IRule } from './evidence';
import type { IQueryLoad } from './query-load';

/**
 * By name since Spark 3.4 or 4.0, and the sentences that came before. The query that fails says the first, when another program writes to
 * its checkpoint. The others are raised by `start()` to whoever called it, and no event of Spark tells of them: they stand in a query's
 * exception only where a function of its own `foreachBatch` started the second one.
 */
const CONFLICT =
  /CONCURRENT_STREAM_LOG_UPDATE|CONCURRENT_QUERY|_LEGACY_ERROR_TEMP_2207|Multiple streaming queries are concurrently using|another query with same id is already active|another streaming query using the same checkpoint/i;
/** A query that is stopped because another takes its checkpoint ends just before that one begins, ms. */
const JUST_BEFORE_MS = 60_000;

/** Two queries that write to one checkpoint: one of them is stopped or fails. */
export const sharedCheckpoint: IRule = {
  id: 'sharedCheckpoint',
  needs: [],
  isOfStreams: true,
  judge: ({ application, queries }: IEvidence): readonly Advice[] =>
    queries.flatMap(load => {
      const { query } = load;
      if (
        CONFLICT.test(query.errorClass ?? '') ||
        CONFLICT.test(query.exception ?? '')
      ) {
        return [advice(load, null, false)];
      }
      const others = [...application.streams.values()];
      const next = others.find(other => took(other, query));
      if (next) {
        return [advice(load, next.label, false)];
      }
      // Said once: of the one that lost it, where that is in sight.
      const last = others.find(
        other => took(query, other) && !queries.some(one => one.query === other)
      );
      return last ? [advice(load, last.label, true)] : [];
    })
};

/**
 * Whether a query was started with the checkpoint of another that still ran: Spark then stops that one
 * (`spark.sql.streaming.stopActiveRunOnRestart`) and says nothing. The same query started again has the same name.
 */
function took(later: StreamingQuery, earlier: StreamingQuery): boolean {
  return (
    later !== earlier &&
    later.id === earlier.id &&
    earlier.status === 'stopped' &&
    later.name !== null &&
    earlier.name !== null &&
    later.name !== earlier.name &&
    later.startTime !== null &&
    earlier.endTime !== null &&
    (earlier.startTime ?? 0) < later.startTime &&
    later.startTime - earlier.endTime <= JUST_BEFORE_MS
  );
}

function advice(
  load: IQueryLoad,
  other: string | null,
  tookIt: boolean
): Advice {
  return {
    rule: 'sharedCheckpoint',
    certainty: other === null ? 'sure' : 'likely',
    about: aboutQuery(load),
    gainMs: null,
    other,
    tookIt,
    tryThis: {
      kind: 'code',
      before: ['.option("checkpointLocation", "checkpoints/shared")'],
      after: [
        `.option("checkpointLocation", "checkpoints/${load.query.label}")`
      ]
    }
  };
}
