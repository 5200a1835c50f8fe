import type { ComponentChild } from 'preact';
import {
  partitionNumber,
  PARTITION_METRICS,
  usedMetrics,
  valuesOf
} from '../../analysis/partitions';
import type { IMeasured } from '../../analysis/partitions-verdict';
import { stageName, STATE_NAMES } from '../../analysis/task-columns';
import { formatCount, formatShare } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { statusOfTask } from './task-status';
import { metricTerm, valueWords } from './words';

/** Everything about one partition. */
export function PartitionCard(props: {
  measured: IMeasured;
  index: number;
  /** How many partitions share its pixel. */
  among: number;
  now: number;
  trans: ITranslation;
}): ComponentChild {
  const { measured, index, among, now, trans } = props;
  const { application, stage, partitions, skew, metric } = measured;
  const { tasks, strings } = application;
  const row = partitions.rows[index]!;
  const state = row < 0 ? 'pending' : STATE_NAMES[tasks.state[row]!]!;
  const failures = partitions.failures[index]!;
  const one = {
    count: 1,
    rows: Int32Array.of(row),
    failures: Uint8Array.of(0)
  };
  const used = usedMetrics(stage);
  return (
    <>
      {among > 1 && (
        <p class="jp-Sparkglass-card-soft">
          {trans.__(
            'The largest of %1 partitions that share this pixel:',
            formatCount(among)
          )}
        </p>
      )}
      <header>
        <strong>
          {trans.__('Partition %1', partitionNumber(tasks, partitions, index))}
        </strong>
        <span class={`jp-Sparkglass-state jp-mod-${state}`}>
          {statusOfTask(state, trans)}
        </span>
      </header>
      <p class="jp-Sparkglass-card-soft">
        {trans.__('Task %1 of stage %2', index, stageName(stage))}
      </p>
      {row >= 0 && (
        <dl>
          {PARTITION_METRICS.filter(each => used.includes(each)).map(each => {
            const value = valuesOf(application, one, each, now)[0]!;
            const share =
              each === metric && skew.total > 0
                ? ` (${formatShare(value / skew.total)})`
                : '';
            return (
              <>
                <dt>{metricTerm(each, trans).name}</dt>
                <dd>{valueWords(each, value) + share}</dd>
              </>
            );
          })}
          <dt>{trans.__('Executor')}</dt>
          <dd>{strings[tasks.executor[row]!] ?? ''}</dd>
          {failures > 0 && (
            <>
              <dt>{trans.__('Failed attempts')}</dt>
              <dd>{formatCount(failures)}</dd>
            </>
          )}
        </dl>
      )}
      <p class="jp-Sparkglass-card-soft">
        {trans.__(
          'Click, or press Enter, to choose its task: the timeline and the table of tasks show it too.'
        )}
      </p>
    </>
  );
}
