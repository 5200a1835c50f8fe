import type { IRunSummary } from '../../analysis/run-summary';
import { formatBytes, formatCount, formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { IDataFrameNote } from '../../model';

/** Reading or shuffling less than this is not worth a word in the line. */
const WORTH_SAYING_BYTES = 1024;

/**
 * A run in one sentence: `3 jobs · 5 stages · 1,204 tasks · 3.2 s · read 1.3 GiB · shuffled 210 MiB`.
 */
export function runSentence(run: IRunSummary, trans: ITranslation): string {
  const parts = [
    trans._n('%2 job', '%2 jobs', run.jobs, formatCount(run.jobs)),
    trans._n('%2 stage', '%2 stages', run.stages, formatCount(run.stages)),
    taskWords(run, trans),
    formatDuration(run.durationMs)
  ];
  if (run.inputBytes >= WORTH_SAYING_BYTES) {
    parts.push(trans.__('read %1', formatBytes(run.inputBytes)));
  }
  if (run.shuffleWriteBytes >= WORTH_SAYING_BYTES) {
    parts.push(trans.__('shuffled %1', formatBytes(run.shuffleWriteBytes)));
  }
  if (run.spillBytes >= WORTH_SAYING_BYTES) {
    parts.push(trans.__('spilled %1', formatBytes(run.spillBytes)));
  }
  if (run.tasksFailed > 0) {
    parts.push(
      trans._n(
        '%2 task failed',
        '%2 tasks failed',
        run.tasksFailed,
        formatCount(run.tasksFailed)
      )
    );
  }
  if (run.state === 'running' && run.remainingMs !== null) {
    parts.push(trans.__('about %1 left', formatDuration(run.remainingMs)));
  }
  return parts.join(' · ');
}

function taskWords(run: IRunSummary, trans: ITranslation): string {
  const tasks = formatCount(run.tasks);
  return run.state === 'running' && run.tasksDone < run.tasks
    ? trans.__('%1 of %2 tasks', formatCount(run.tasksDone), tasks)
    : trans._n('%2 task', '%2 tasks', run.tasks, tasks);
}

/** The state in one word: what a glyph and a colour say too. */
export function stateWord(
  state: IRunSummary['state'],
  trans: ITranslation
): string {
  switch (state) {
    case 'planned':
      return trans.__('Planned');
    case 'running':
      return trans.__('Running');
    case 'succeeded':
      return trans.__('Done');
    case 'failed':
      return trans.__('Failed');
    case 'cancelled':
      return trans.__('Cancelled');
  }
}

/** What a cell did that described DataFrames and ran nothing. */
export function plannedSentence(
  notes: readonly IDataFrameNote[],
  trans: ITranslation
): string {
  const shown = notes.slice(0, 3).map(note => {
    const steps = note.added.length > 0 ? note.added : note.operations;
    const path = steps.slice(0, 6).join(' → ');
    return `${note.name}: ${steps.length > 6 ? `${path} → …` : path}`;
  });
  const more = notes.length - shown.length;
  const list =
    more > 0
      ? `${shown.join('; ')}; ${trans._n('%1 more', '%1 more', more)}`
      : shown.join('; ');
  return trans.__('Nothing ran yet · %1', list);
}

/** Why nothing ran: shown when a planned strip is opened, and as its tooltip. */
export function plannedReason(
  notes: readonly IDataFrameNote[],
  trans: ITranslation
): string {
  return notes.some(note => note.streaming)
    ? trans.__(
        'This cell only described a stream; nothing ran yet. Spark works when a query is started, such as with writeStream.start().'
      )
    : trans.__(
        'This cell only described a plan; nothing ran yet. Spark works when an action such as count() or show() asks for a result.'
      );
}
