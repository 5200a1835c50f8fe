import { isRunning } from '../../analysis/run-summary';
import { streamFigures } from '../../analysis/stream-figures';
import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { IRunQuery } from '../../model';
import type { IScopeActions } from '../scope-view';
import { QueryUiLink } from '../spark-ui';
import { batchName, BatchCard } from './batch-card';
import { isStopping } from './stopping';
import {
  pathWords,
  queryState,
  queryTitle,
  streamVerdict
} from './stream-words';

interface IHeadProps {
  readonly queries: readonly IRunQuery[];
  readonly shown: IRunQuery;
  readonly trans: ITranslation;
  readonly actions: IScopeActions;
  readonly onQuery: (runId: string) => void;
}

/** Which query is shown, how it does, and the way to stop it. */
export function Head({ queries, shown, trans, actions, onQuery }: IHeadProps) {
  const { query } = shown;
  const stopQuery = query.isDStreams ? null : actions.stopQuery;
  const verdict = streamVerdict(shown, streamFigures(query), trans);
  return (
    <div class="jp-Sparkglass-streamHead">
      {queries.length > 1 ? (
        <select
          class="jp-Sparkglass-select"
          aria-label={trans.__('Streaming query')}
          value={query.runId}
          onChange={event => onQuery(event.currentTarget.value)}
        >
          {queries.map(entry => (
            <option key={entry.query.runId} value={entry.query.runId}>
              {`${entry.query.label} · ${queryState(entry, trans)}`}
            </option>
          ))}
        </select>
      ) : (
        <strong title={queryTitle(query, trans)}>{query.label}</strong>
      )}
      <span class="jp-Sparkglass-streamState" data-state={query.status}>
        {queryState(shown, trans)}
      </span>
      <span
        class="jp-Sparkglass-streamVerdict"
        title={query.exception ?? verdict}
      >
        {verdict}
      </span>
      <span class="jp-Sparkglass-streamPath" title={pathWords(query)}>
        {pathWords(query)}
      </span>
      <QueryUiLink entry={shown} trans={trans} />
      {stopQuery && isRunning(shown) && (
        <button
          type="button"
          class="jp-Sparkglass-button"
          disabled={isStopping(query)}
          title={trans.__(
            'Stop this query, as query.stop() does. A batch that is broken off is done again when the query is started again from its checkpoint.'
          )}
          onClick={() => stopQuery(shown.application, query)}
        >
          {trans.__('Stop the query')}
        </button>
      )}
    </div>
  );
}

interface IFootProps {
  readonly shown: IRunQuery;
  /** The chosen row of the table of batches; -1 for none. */
  readonly row: number;
  readonly trans: ITranslation;
  /** Go to a tab where the work of the batch lights up. */
  readonly onShow: (tab: 'timeline' | 'stages' | 'plan') => void;
  readonly onClose: () => void;
}

/** The batch that was chosen, and its jobs. */
export function Chosen({ shown, row, trans, onShow, onClose }: IFootProps) {
  if (row < 0) {
    return null;
  }
  const { application, query } = shown;
  const jobs = query.jobIds.get(query.batches.at(row, 'batchId')) ?? [];
  const hasPlan = jobs.some(
    id => (application.jobs.get(id)?.sqlExecutionId ?? null) !== null
  );
  return (
    <div class="jp-Sparkglass-streamBatch">
      <BatchCard query={query} row={row} trans={trans} />
      <p>
        {jobs.length > 0
          ? trans._n(
              'Its job: %2',
              'Its %1 jobs: %2',
              jobs.length,
              jobs.map(formatCount).join(', ')
            )
          : trans.__('It had no rows and no jobs, or they are forgotten.')}
      </p>
      {jobs.length > 0 &&
        (
          [
            ['timeline', trans.__('Show its tasks')],
            ['stages', trans.__('Show its stages')],
            ['plan', trans.__('Show its plan')]
          ] as const
        )
          .filter(([tab]) => tab !== 'plan' || hasPlan)
          .map(([tab, words]) => (
            <button
              key={tab}
              type="button"
              class="jp-Sparkglass-button"
              onClick={() => onShow(tab)}
            >
              {words}
            </button>
          ))}
      <button
        type="button"
        class="jp-Sparkglass-button jp-mod-quiet"
        aria-label={trans.__('Close %1', batchName(query, row, trans))}
        onClick={onClose}
      >
        {trans.__('Close')}
      </button>
    </div>
  );
}
