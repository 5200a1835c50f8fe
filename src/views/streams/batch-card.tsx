import {
  formatBytes,
  formatClock,
  formatCount,
  formatDuration
} from '../../draw/format';
import type { PhaseName } from '../../draw/palette';
import type { ITranslation } from '../../draw/words';
import type { BatchColumn, StreamingQuery } from '../../model';
import { BATCH_PHASES, colourOf, phaseWords } from './chart-data';

interface IProps {
  readonly query: StreamingQuery;
  readonly row: number;
  readonly trans: ITranslation;
}

/** What to call the batch, or batches, of a row. */
export function batchName(
  query: StreamingQuery,
  row: number,
  trans: ITranslation
): string {
  const id = query.batches.at(row, 'batchId');
  const many = query.batches.at(row, 'batches');
  if (query.isDStreams) {
    // Numbers of such batches are ours alone: Spark calls them by their times.
    const time = formatClock(query.batches.at(row, 'time')).slice(0, 8);
    return many > 1
      ? trans.__('%1 batches from %2', formatCount(many), time)
      : trans.__('Batch of %1', time);
  }
  return many > 1
    ? trans.__('Batches %1 to %2', formatCount(id), formatCount(id + many - 1))
    : trans.__('Batch %1', formatCount(id));
}

/** A batch, or several that are kept as one, in words and numbers. */
export function BatchCard({ query, row, trans }: IProps) {
  const { batches } = query;
  const value = (column: BatchColumn): number => batches.at(row, column);
  const facts: [string, string, PhaseName?][] = [];
  if (!Number.isNaN(value('inputRows'))) {
    facts.push([trans.__('rows in'), formatCount(value('inputRows'))]);
  }
  facts.push([trans.__('took'), formatDuration(value('durationMs'))]);
  const add = (
    words: string,
    column: BatchColumn,
    format: (value: number) => string,
    phase?: PhaseName
  ): void => {
    if (value(column) > 0) {
      facts.push([words, format(value(column)), phase]);
    }
  };
  add(phaseWords('waitedMs', trans), 'waitedMs', formatDuration);
  for (const [column, phase] of BATCH_PHASES) {
    add(phaseWords(column, trans), column, formatDuration, phase);
  }
  add(trans.__('rows out'), 'sinkRows', formatCount);
  add(trans.__('rows kept as state'), 'stateRows', formatCount);
  add(trans.__('memory of the state'), 'stateBytes', formatBytes);
  add(trans.__('rows that came too late'), 'lateRows', formatCount);
  add(trans.__('rows that wait'), 'backlogRows', formatCount);
  add(trans.__('newest event time'), 'eventTimeMax', formatClock);
  add(trans.__('watermark'), 'watermark', formatClock);
  return (
    <div class="jp-Sparkglass-card">
      <strong>{batchName(query, row, trans)}</strong>{' '}
      <span>{formatClock(value('time'))}</span>
      <dl>
        {facts.map(([words, number, phase]) => (
          <div key={words}>
            <dt>
              {phase && (
                <span
                  class="jp-Sparkglass-streamSwatch"
                  style={{ '--jp-sparkglass-swatch': colourOf({ phase }) }}
                />
              )}
              {words}
            </dt>
            <dd>{number}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
