import { isRunning } from '../../analysis/run-summary';
import { streamFigures } from '../../analysis/stream-figures';
import { formatCount, formatDuration, formatNumber } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { IRunQuery } from '../../model';

/** The queries that a cell started in one sentence: `3 batches · 41 rows · 10 rows a second · a batch takes 120 ms`. */
export function streamsSentence(
  queries: readonly IRunQuery[],
  trans: ITranslation
): string {
  const [first] = queries;
  if (queries.length > 1 || !first) {
    return trans._n(
      '%1 streaming query, %2 running',
      '%1 streaming queries, %2 running',
      queries.length,
      queries.filter(isRunning).length
    );
  }
  const figures = streamFigures(first.query);
  const parts = [
    trans._n(
      '%2 batch',
      '%2 batches',
      figures.batches,
      formatCount(figures.batches)
    )
  ];
  if (!first.query.isDStreams || figures.rows > 0) {
    parts.push(
      trans._n('%2 row', '%2 rows', figures.rows, formatCount(figures.rows))
    );
  }
  if (!first.query.isDStreams && !Number.isNaN(figures.inputRate)) {
    parts.push(trans.__('%1 rows a second', formatNumber(figures.inputRate)));
  }
  if (!Number.isNaN(figures.medianMs)) {
    parts.push(trans.__('a batch takes %1', formatDuration(figures.medianMs)));
  }
  return parts.join(' · ');
}
