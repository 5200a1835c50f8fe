import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { waitingByPartition, type StreamingQuery } from '../../model';

/** More partitions than these are counted, not shown: those that have the most stand for them. */
const MOST = 12;

interface IProps {
  readonly query: StreamingQuery;
  readonly trans: ITranslation;
}

/** Where the rows wait that the newest batch left; nothing where none do. */
export function Waiting({ query, trans }: IProps) {
  const waiting = waitingByPartition(query.sources).filter(
    ({ rows }) => rows > 0
  );
  const ordered = [...waiting].sort((a, b) => b.rows - a.rows);
  const [most] = ordered;
  if (!most) {
    return null;
  }
  const more = waiting.length - MOST;
  // In the source's order: ranked, they would change places from batch to batch.
  const shown = new Set(ordered.slice(0, MOST));
  return (
    <div class="jp-Sparkglass-streamWaiting">
      <span>{trans.__('Rows that wait, by partition:')}</span>
      <ul>
        {waiting
          .filter(one => shown.has(one))
          .map(({ partition, rows }) => (
            <li
              key={partition}
              style={{
                '--jp-sparkglass-share': `${(100 * rows) / most.rows}%`
              }}
            >
              {partition} <strong>{formatCount(rows)}</strong>
            </li>
          ))}
      </ul>
      {more > 0 && <span>{trans._n('and %1 more', 'and %1 more', more)}</span>}
    </div>
  );
}
