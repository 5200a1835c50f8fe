import type { ComponentChild } from 'preact';
import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { INotice, Session } from '../../model';

/** Only the newest of each kind, and no more than so many. */
const MOST = 5;

/** What the kernel side has to say, in one line each: what happened, and what to do about it. */
export function Notices(props: {
  session: Session;
  trans: ITranslation;
}): ComponentChild {
  const { session, trans } = props;
  const lines = noticesOf(session)
    .map(notice => noticeWords(notice, trans))
    .filter(words => words !== null);
  if (lines.length === 0) {
    return null;
  }
  return (
    <ul class="jp-Sparkglass-notices">
      {lines.map(words => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  );
}

function noticesOf(session: Session): INotice[] {
  const newest = new Map<string, INotice>();
  for (const notice of session.notices) {
    newest.delete(notice.code);
    newest.set(notice.code, notice);
  }
  const latest = session.latest;
  if (latest && latest.droppedRows > 0) {
    newest.set('rowsDropped', {
      code: 'rowsDropped',
      detail: String(latest.droppedRows),
      time: latest.now,
      application: latest.ordinal
    });
  }
  return [...newest.values()].slice(-MOST);
}

/** A notice (docs/protocol.md, section 5) in words; null for a code that this page does not know. */
export function noticeWords(
  notice: INotice,
  trans: ITranslation
): string | null {
  const count = formatCount(Number(notice.detail));
  switch (notice.code) {
    case 'noJava':
      return trans.__(
        'Spark could not start because no Java was found. Install Java 17 where the kernel runs, or set JAVA_HOME, and restart the kernel.'
      );
    case 'sparkTooOld':
      return trans.__(
        'This is Spark %1. Sparkglass needs Spark 3.5 or newer.',
        notice.detail
      );
    case 'compileFailed':
      return trans.__(
        'The listener could not be compiled in this Spark, so jobs and stages are read twice a second, without single tasks. (%1)',
        notice.detail
      );
    case 'attachFailed':
      return trans.__(
        'Could not attach to this Spark; Spark itself is not affected. (%1)',
        notice.detail
      );
    case 'rowsDropped':
      return trans.__(
        '%1 tasks came faster than they could be kept one by one. They are counted in all totals, but not shown one by one.',
        count
      );
    case 'eventsDropped':
      return trans.__(
        'Spark dropped %1 events because it was too busy to report them, so some numbers may be too low.',
        count
      );
    case 'driverGone':
      return trans.__(
        'Spark’s driver process ended by itself. Make a new session, or restart the kernel.'
      );
    case 'connectRemote':
      return trans.__(
        'This session runs on a remote Spark Connect server, which reports its progress only.'
      );
    default:
      return null;
  }
}
