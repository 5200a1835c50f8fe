import { quoted } from '../../analysis/exchange-keys';
import type { ITranslation } from '../../draw/words';

/**
 * Python that draws event times of a sample of a stream's rows over when they were read, as a query of its own.
 *
 * Of each batch at most 25 rows are taken, by chance and out of all of its partitions, and the newest 500 are drawn: Spark's driver and the
 * notebook hold no more, however much comes.
 *
 * @param column - the column of event times; null where it is not known.
 * @param variables - DataFrames that may hold the rows as they come in. Where there are several or none, a name that is to be replaced stands
 *   there, with a comment that says by what.
 */
export function eventTimesCode(
  column: string | null,
  variables: readonly string[],
  trans: ITranslation
): string {
  const [variable, ...others] = variables;
  const name =
    variable !== undefined && others.length === 0 ? variable : 'my_stream';
  const comments = [
    trans.__(
      'Draws event times of a sample of rows, at most 25 of each batch, over when they were read. The Stream tab below stops it, and so does event_times.stop().'
    )
  ];
  if (name !== variable) {
    comments.push(
      variables.length > 1
        ? trans.__(
            'Replace my_stream by the streaming DataFrame whose rows are to be sampled, as it was before they are grouped: one of %1.',
            variables.join(', ')
          )
        : trans.__(
            'Replace my_stream by the streaming DataFrame whose rows are to be sampled, as it was before they are grouped.'
          )
    );
  }
  if (column === null) {
    comments.push(trans.__('Replace my_time by its column of event times.'));
  }
  const delays = trans.__(
    'Batch %1: half of the sampled rows were read within %2 s of their event time, 95 % within %3 s, the latest after %4 s.',
    '{number}',
    '{delay(0.5):.1f}',
    '{delay(0.95):.1f}',
    '{delay(1):.1f}'
  );
  return `${comments.map(words => `# ${words.replace(/\s+/g, ' ')}`).join('\n')}
import time
from collections import deque
from datetime import datetime

from IPython.display import HTML, display
from pyspark.sql import functions as F


def sample_event_times(frame, column, name="event_times", most=25, kept=500):
    session = frame.sparkSession
    if "connect" in type(frame).__module__:
        raise TypeError(${text(trans.__('A sample needs Spark in this kernel; this DataFrame is another server’s (Spark Connect).'))})
    for other in session.streams.active:
        if other.name == name:
            other.stop()
    query = None
    points = deque(maxlen=kept)
    waiting = ${text(trans.__('waiting for the first batch'))}
    picture = display(HTML(waiting), display_id=True)

    def clock(seconds):
        return datetime.fromtimestamp(seconds).strftime("%H:%M:%S")

    def draw(number):
        delays = sorted(read - at for read, at in points)

        def delay(share):
            return delays[min(len(delays) - 1, int(share * len(delays)))]

        left, right = min(read for read, _ in points), max(read for read, _ in points)
        low, high = min(at for _, at in points), max(at for _, at in points)
        dots = "".join(
            f'<circle cx="{70 + 520 * (read - left) / max(right - left, 1):.0f}" '
            f'cy="{180 - 160 * (at - low) / max(high - low, 1):.0f}" r="2.5"/>'
            for read, at in points
        )
        labels = "".join(
            f'<text x="{x}" y="{y}" text-anchor="{anchor}">{words}</text>'
            for x, y, anchor, words in (
                (62, 24, "end", clock(high)),
                (62, 184, "end", clock(low)),
                (70, 202, "start", clock(left)),
                (590, 202, "end", clock(right)),
                (70, 10, "start", ${text(trans.__('event time'))}),
                (330, 202, "middle", ${text(trans.__('when it was read'))}),
            )
        )
        words = f${text(delays)}
        return (
            f'<p>{words}</p><svg viewBox="0 0 600 208" width="600" role="img" aria-label="{words}" '
            f'fill="currentColor" font-size="11" fill-opacity="0.7">{dots}{labels}</svg>'
        )

    def show(batch, number):
        times = batch.select(F.col(column).cast("timestamp").cast("double").alias("at")).dropna()
        read = time.time()
        try:
            rows = times.orderBy(F.rand()).limit(most).collect()
        except Exception:
            if query is None or query.isActive:
                raise
            return
        points.extend((read, row["at"]) for row in rows)
        if points:
            picture.update(HTML(draw(number)))

    writer = frame.writeStream.queryName(name).foreachBatch(show)
    query = writer.trigger(processingTime="1 second").start()
    return query


event_times = sample_event_times(${name}, ${text(column === null ? 'my_time' : quoted(column))})`;
}

/** A Python text. JSON's escapes are all Python's too. */
function text(value: string): string {
  return JSON.stringify(value);
}
