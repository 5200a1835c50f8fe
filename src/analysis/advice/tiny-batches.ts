import { streamFigures } from '../stream-figures';
import type { Advice } from './advice';
import { aboutQuery, type IEvidence, type IRule } from './evidence';
import { median } from './query-load';

/** So many batches with rows are a habit. */
const ENOUGH = 20;
/** Fewer rows are read, computed and written in a moment: the time of such a batch is that of starting it. */
const FEW_ROWS = 100;
/** A batch of few rows that takes longer has other work than starting, ms. */
const LONG_MS = 5000;
/** It works more than it waits. */
const BUSY = 0.5;

/** A query that starts batch after batch, each for a handful of rows. */
export const tinyBatches: IRule = {
  id: 'tinyBatches',
  needs: [],
  isOfStreams: true,
  judge: ({ queries }: IEvidence): readonly Advice[] =>
    queries.flatMap(load => {
      const { query, recent } = load;
      const medianRows = median(recent.map(({ rows }) => rows));
      const medianMs = median(recent.map(({ durationMs }) => durationMs));
      const { busyShare } = streamFigures(query);
      if (
        recent.length < ENOUGH ||
        medianRows >= FEW_ROWS ||
        medianMs >= LONG_MS ||
        !(busyShare >= BUSY)
      ) {
        return [];
      }
      return [
        {
          rule: 'tinyBatches',
          certainty: 'likely',
          about: aboutQuery(load),
          gainMs: null,
          batches: query.batches.total,
          medianRows,
          medianMs,
          busyShare,
          tryThis: {
            kind: 'code',
            before: ['df.writeStream.start()'],
            after: [
              'df.writeStream.trigger(processingTime="10 seconds").start()'
            ]
          }
        }
      ];
    })
};
