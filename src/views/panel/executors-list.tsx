import type { ComponentChild } from 'preact';
import { executorRows, type IExecutorRow } from '../../analysis/panel-figures';
import { formatBytes, formatCount, formatShare } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { Application } from '../../model';
import { hover, hovered } from '../selection';
import { Cores } from './cores';
import { panelTerm } from './panel-terms';
import { Heading, Term } from './term';

/** The share from which Spark's executors page turns red (`executorspage.js`). */
const MUCH_GC = 0.1;
/** More executors than this are not shown one by one. */
const MOST = 50;

/** The processes that run tasks: how busy, how full, how healthy. */
export function ExecutorsList(props: {
  application: Application | null;
  trans: ITranslation;
}): ComponentChild {
  const { application, trans } = props;
  const rows = application ? executorRows(application) : [];
  const active = rows.filter(row => row.executor.isActive).length;
  return (
    <section aria-label={trans.__('Executors')}>
      <Heading
        text={trans.__('Executors')}
        more={
          active < rows.length
            ? trans.__(
                '%1, %2 removed',
                formatCount(active),
                formatCount(rows.length - active)
              )
            : rows.length > 1
              ? formatCount(active)
              : ''
        }
      />
      {rows.length > 0 ? (
        <ul class="jp-Sparkglass-executors" onMouseLeave={() => hover(null)}>
          {rows.slice(0, MOST).map(row => (
            <ExecutorItem
              key={row.executor.id}
              row={row}
              application={application!}
              trans={trans}
            />
          ))}
        </ul>
      ) : (
        <p class="jp-Sparkglass-empty">
          {trans.__(
            'No executor yet. They appear when Spark has started; on a cluster that can take a minute.'
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

function ExecutorItem(props: {
  row: IExecutorRow;
  application: Application;
  trans: ITranslation;
}): ComponentChild {
  const { row, application, trans } = props;
  const { executor } = row;
  const over = hovered.value;
  const isHovered =
    over?.application === application.ordinal &&
    over.executorId === executor.id;
  return (
    <li
      class={`${executor.isActive ? '' : 'jp-mod-removed'}${
        isHovered ? ' jp-mod-hovered' : ''
      }`}
      onMouseEnter={() =>
        hover({ application: application.ordinal, executorId: executor.id })
      }
    >
      <b>{executor.id}</b>
      {executor.host && <i>{executor.host}</i>}
      {executor.isActive ? (
        <>
          {executor.cores > 0 && (
            <span>
              <Cores busy={row.busyCores} cores={executor.cores} />
              {trans.__(
                '%1 of %2 busy',
                formatCount(row.busyCores),
                formatCount(executor.cores)
              )}
            </span>
          )}
          {executor.maxMemoryBytes > 0 && <Memory row={row} trans={trans} />}
        </>
      ) : (
        <span title={executor.removeReason ?? undefined}>
          {executor.removeReason
            ? trans.__('removed: %1', executor.removeReason)
            : trans.__('removed')}
        </span>
      )}
      {executor.totalTasks > 0 && <Health row={row} trans={trans} />}
    </li>
  );
}

function Memory(props: {
  row: IExecutorRow;
  trans: ITranslation;
}): ComponentChild {
  const { row, trans } = props;
  const { memoryUsedBytes, maxMemoryBytes } = row.executor;
  const words = trans.__(
    '%1 of %2',
    formatBytes(memoryUsedBytes),
    formatBytes(maxMemoryBytes)
  );
  return (
    <span>
      <span
        class="jp-Sparkglass-meter"
        role="meter"
        aria-label={panelTerm('memory', trans).name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(row.memoryShare * 100)}
        aria-valuetext={words}
        style={{ '--jp-sparkglass-done': `${row.memoryShare * 100}%` }}
      />
      {words}
    </span>
  );
}

function Health(props: {
  row: IExecutorRow;
  trans: ITranslation;
}): ComponentChild {
  const { row, trans } = props;
  const { executor } = row;
  return (
    <span>
      {trans._n(
        '%2 task done',
        '%2 tasks done',
        executor.completedTasks,
        formatCount(executor.completedTasks)
      )}
      {executor.failedTasks > 0 && (
        <>
          {', '}
          {formatCount(executor.failedTasks)}{' '}
          <Term term={panelTerm('failed', trans)} />
        </>
      )}
      {executor.totalGcTimeMs > 0 && (
        <>
          {', '}
          <Term term={panelTerm('gc', trans)} />{' '}
          <span class={row.gcShare > MUCH_GC ? 'jp-mod-warm' : undefined}>
            {formatShare(row.gcShare)}
          </span>
        </>
      )}
    </span>
  );
}
