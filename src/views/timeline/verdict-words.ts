import type {
  ITimelineVerdict,
  TimelineReason
} from '../../analysis/timeline-verdict';
import {
  formatCount,
  formatDuration,
  formatShare,
  formatTimes
} from '../../draw/format';
import type { ITranslation } from '../../draw/words';

/** A timeline's verdict: its figures in a sentence, then what stands out. */
export function verdictWords(
  verdict: ITimelineVerdict,
  trans: ITranslation
): string {
  if (verdict.tasks === 0) {
    return verdict.dropped > 0
      ? droppedWords(verdict.dropped, trans)
      : trans.__('No task has run yet');
  }
  const count = formatCount(verdict.tasks);
  // An attempt that failed or was stopped is not a task done.
  const tasks =
    verdict.failed + verdict.killed === 0
      ? trans._n('%2 task', '%2 tasks', verdict.tasks, count)
      : trans._n('%2 task attempt', '%2 task attempts', verdict.tasks, count);
  const cores = trans._n('%1 core', '%1 cores', verdict.cores);
  const span = formatDuration(verdict.spanMs);
  const busy = formatShare(Math.min(1, verdict.busyShare));
  const figures =
    verdict.cores === 1
      ? trans.__(
          '%1 on %2 in %3; the core was busy %4 of the time',
          tasks,
          cores,
          span,
          busy
        )
      : trans.__(
          '%1 on %2 in %3; the cores were busy %4 of the time',
          tasks,
          cores,
          span,
          busy
        );
  const reasons = verdict.reasons.map(reason => reasonWords(reason, trans));
  return [figures, ...reasons].join('. ');
}

function droppedWords(dropped: number, trans: ITranslation): string {
  return trans._n(
    '%2 task is not drawn, as its detail was dropped to save memory',
    '%2 tasks are not drawn, as their detail was dropped to save memory',
    dropped,
    formatCount(dropped)
  );
}

/** One thing that stands out. */
function reasonWords(reason: TimelineReason, trans: ITranslation): string {
  switch (reason.kind) {
    case 'dropped':
      return droppedWords(reason.tasks, trans);
    case 'failed':
      return trans._n(
        '%1 attempt failed',
        '%1 attempts failed',
        reason.attempts
      );
    case 'straggler': {
      const { index, stageId, durationMs, medianMs } = reason.task;
      return trans.__(
        'Task %1 of stage %2 took %3, %4 the usual',
        index,
        stageId,
        formatDuration(durationMs),
        formatTimes(durationMs / Math.max(medianMs, 1))
      );
    }
    case 'starting':
      return trans.__(
        'Starting tasks took %1 of their time: fewer, larger partitions would help',
        formatShare(reason.share)
      );
    case 'gc':
      return trans.__(
        'Clearing memory (GC) took %1 of the tasks’ time',
        formatShare(reason.share)
      );
    case 'fetch':
      return trans.__(
        'Waiting for shuffled data took %1 of the tasks’ time',
        formatShare(reason.share)
      );
    case 'idleCores':
      return trans._n(
        'Only %1 core had tasks: more partitions would use the others',
        'Only %1 cores had tasks: more partitions would use the others',
        reason.busy
      );
  }
}
