import type { ComponentChild } from 'preact';
import { isRunning } from '../../analysis/run-summary';
import { streamFigures } from '../../analysis/stream-figures';
import { formatCount, formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type {
  Application,
  CellRun,
  IRunQuery,
  StreamingQuery
} from '../../model';
import { QueryUiLink } from '../spark-ui';
import { isStopping } from '../streams/stopping';
import { queryState, queryTitle, streamVerdict } from '../streams/stream-words';
import { CellLink } from './cell-link';
import { AndMore, Heading } from './term';

/** What the list of streaming queries is drawn with. */
export interface IQueriesListProps {
  readonly application: Application;
  /** Runs by id, to find the cell a query came from. */
  readonly runs: ReadonlyMap<string, CellRun>;
  /** Driver time in ms since 1970. */
  readonly now: number;
  readonly trans: ITranslation;
  /** How the cell of a run is called, such as `[3]`; null when it is gone. */
  readonly cellName: (run: CellRun) => string | null;
  /** Scroll to a cell. */
  readonly onGoToCell: (cellId: string) => void;
  readonly onStop: (application: Application, query: StreamingQuery) => void;
}

/** So many queries that are over are shown, the newest. */
const MOST_OVER = 5;

/** The streaming queries of an application, one a row, those that run first; nothing where there is none. */
export function QueriesList(props: IQueriesListProps): ComponentChild {
  const { application, trans } = props;
  const entries = [...application.streams.values()]
    .reverse()
    .map(query => ({ application, query }));
  const running = entries.filter(isRunning);
  const over = entries.filter(entry => !isRunning(entry));
  if (entries.length === 0) {
    return null;
  }
  return (
    <section aria-label={trans.__('Streaming queries')}>
      <Heading
        text={trans.__('Streaming queries')}
        more={trans.__(
          '%1 running, %2 in all',
          formatCount(running.length),
          formatCount(entries.length)
        )}
      />
      <ul class="jp-Sparkglass-queries">
        {[...running, ...over.slice(0, MOST_OVER)].map(entry => (
          <QueryItem key={entry.query.runId} {...props} entry={entry} />
        ))}
      </ul>
      <AndMore count={over.length - MOST_OVER} trans={trans} />
    </section>
  );
}

function QueryItem(
  props: IQueriesListProps & { entry: IRunQuery }
): ComponentChild {
  const { entry, runs, now, trans, onStop } = props;
  const { application, query } = entry;
  const run = query.cellRunId === null ? undefined : runs.get(query.cellRunId);
  const verdict = streamVerdict(entry, streamFigures(query), trans);
  const { startTime, endTime } = query;
  return (
    <li>
      <b title={queryTitle(query, trans)}>{query.label}</b>
      <span class="jp-Sparkglass-streamState" data-state={query.status}>
        {queryState(entry, trans)}
      </span>
      <span title={trans.__('Time since it was started')}>
        {startTime === null
          ? ''
          : formatDuration(Math.max(0, (endTime ?? now) - startTime))}
      </span>
      <span>
        {run && (
          <CellLink
            run={run}
            trans={trans}
            caption={trans.__('Scroll to the cell that started this query')}
            cellName={props.cellName}
            onGoToCell={props.onGoToCell}
          />
        )}
        <QueryUiLink entry={entry} trans={trans} />
        {isRunning(entry) && !query.isDStreams && (
          <button
            type="button"
            class="jp-Sparkglass-textButton"
            disabled={isStopping(query)}
            aria-label={trans.__('Stop the query %1', query.label)}
            onClick={() => onStop(application, query)}
          >
            {trans.__('Stop')}
          </button>
        )}
      </span>
      <span class="jp-Sparkglass-query-verdict" title={verdict}>
        {verdict}
      </span>
    </li>
  );
}
