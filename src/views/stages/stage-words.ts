import type { IStageRole } from '../../analysis/stage-role';
import type { IStageRow } from '../../analysis/stage-table';
import { stageName } from '../../analysis/task-columns';
import { formatCount, formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { StageStatus } from '../../model';

/** How a stage stands, with what Spark's status leaves out. */
export function rowStatusWords(row: IStageRow, trans: ITranslation): string {
  return row.isCancelled
    ? trans.__('cancelled')
    : row.isCutOff
      ? trans.__('cut off')
      : row.neverRan
        ? trans.__('never ran')
        : statusWords(row.status, trans);
}

/** The class that a stage's glyph and colour hang on. */
export function statusClass(row: IStageRow): string {
  return row.isCancelled ? 'jp-mod-killed' : `jp-mod-${row.status}`;
}

/** What a stage takes its rows from. */
export function sourceWords(role: IStageRole, trans: ITranslation): string {
  switch (role.from) {
    case 'files':
      return role.format
        ? trans.__('read %1 files', role.format)
        : trans.__('read files');
    case 'cache':
      return trans.__('cached data');
    case 'rows':
      return trans.__('make rows');
    case 'shuffle':
      return trans.__('take shuffle');
    case 'join':
      return trans.__('join %1 shuffles', role.shuffles);
    case 'shuffles':
      return trans.__('take %1 shuffles', role.shuffles);
  }
}

/** What a stage is for: `read csv files → shuffle`. */
export function roleWords(role: IStageRole, trans: ITranslation): string {
  const source = sourceWords(role, trans);
  switch (role.to) {
    case 'shuffle':
      return trans.__('%1 → shuffle', source);
    case 'files':
      return trans.__('%1 → write files', source);
    case 'result':
      return trans.__('%1 → result', source);
  }
}

/** How a stage stands. */
export function statusWords(status: StageStatus, trans: ITranslation): string {
  switch (status) {
    case 'pending':
      return trans.__('waiting');
    case 'active':
      return trans.__('running');
    case 'complete':
      return trans.__('done');
    case 'failed':
      return trans.__('failed');
    case 'skipped':
      return trans.__('skipped');
  }
}

/** How far a stage is: `24/24`, `3/20 (2 failed)`. */
export function progressWords(row: IStageRow, trans: ITranslation): string {
  if (row.status === 'skipped') {
    return row.neverRan
      ? `0/${formatCount(row.tasks)}`
      : trans.__('%1 skipped', formatCount(row.tasks));
  }
  const count = `${formatCount(row.tasksDone)}/${formatCount(row.tasks)}`;
  const more = [
    row.tasksFailed > 0
      ? trans._n(
          '%2 failed',
          '%2 failed',
          row.tasksFailed,
          formatCount(row.tasksFailed)
        )
      : '',
    row.tasksKilled > 0
      ? trans._n(
          '%2 killed',
          '%2 killed',
          row.tasksKilled,
          formatCount(row.tasksKilled)
        )
      : ''
  ].filter(text => text !== '');
  return more.length > 0 ? `${count}, ${more.join(', ')}` : count;
}

/** A stage in one sentence, for a screen reader and for a pointer. */
export function stageSentence(row: IStageRow, trans: ITranslation): string {
  const name = trans.__('Stage %1', stageName(row.stage));
  const parts = [
    roleWords(row.role, trans),
    rowStatusWords(row, trans),
    row.status === 'skipped'
      ? ''
      : trans.__('tasks: %1', progressWords(row, trans)),
    row.durationMs === null ? '' : formatDuration(row.durationMs)
  ].filter(text => text !== '');
  return `${name}: ${parts.join(', ')}`;
}
