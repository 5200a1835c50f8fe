import type { ComponentChild } from 'preact';
import { cachedRows, type ICachedRow } from '../../analysis/panel-figures';
import { formatBytes, formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { Application } from '../../model';
import { panelTerm } from './panel-terms';
import { levelWords, rddName } from './storage-words';
import { Term } from './term';

/** More than this is not shown one by one. */
const MOST = 50;

/** What cache() and persist() keep. */
export function CachedData(props: {
  application: Application | null;
  trans: ITranslation;
}): ComponentChild {
  const { application, trans } = props;
  const rows = application ? cachedRows(application) : [];
  const term = panelTerm('cached', trans);
  return (
    <section aria-label={term.name}>
      <h3 class="jp-Sparkglass-panel-heading">
        <Term term={term} />
        {rows.length > 0 && <span>{formatCount(rows.length)}</span>}
      </h3>
      {rows.length > 0 ? (
        <ul class="jp-Sparkglass-cached">
          {rows.slice(0, MOST).map(row => (
            <CachedItem key={row.rdd.id} row={row} trans={trans} />
          ))}
        </ul>
      ) : (
        <p class="jp-Sparkglass-empty">
          {trans.__(
            'Nothing is cached. If you use the same DataFrame several times, df.cache() keeps its rows after the first action.'
          )}
        </p>
      )}
      {rows.length > MOST && (
        <p class="jp-Sparkglass-soft">
          {trans._n('and %1 more', 'and %1 more', rows.length - MOST)}
        </p>
      )}
    </section>
  );
}

function CachedItem(props: {
  row: ICachedRow;
  trans: ITranslation;
}): ComponentChild {
  const { row, trans } = props;
  const { rdd } = row;
  const name = rddName(rdd.name, rdd.id, trans);
  const isKnown = rdd.numCachedPartitions > 0;
  return (
    <li style={{ '--jp-sparkglass-done': `${row.share * 100}%` }}>
      <b title={rdd.name}>{name}</b>
      <span>{levelWords(rdd.storageLevel, trans)}</span>
      <span>
        {isKnown ? (
          <>
            <span class="jp-Sparkglass-meter" aria-hidden="true" />
            {trans.__(
              '%1 of %2',
              formatCount(rdd.numCachedPartitions),
              formatCount(rdd.numPartitions)
            )}{' '}
            <Term term={panelTerm('partitions', trans)} />
          </>
        ) : (
          trans.__('marked; nothing of it is known to be cached')
        )}
      </span>
      {isKnown && (
        <span>
          {[
            rdd.memoryUsedBytes > 0 || rdd.diskUsedBytes === 0
              ? trans.__('%1 in memory', formatBytes(rdd.memoryUsedBytes))
              : '',
            rdd.diskUsedBytes > 0
              ? trans.__('%1 on disk', formatBytes(rdd.diskUsedBytes))
              : ''
          ]
            .filter(text => text !== '')
            .join(', ')}
        </span>
      )}
    </li>
  );
}
