import { readFailure } from '../../analysis/failure';
import {
  isSpeculative,
  numberReader,
  TASK_COLUMNS,
  textReader,
  type TaskColumn
} from '../../analysis/task-columns';
import {
  formatBytes,
  formatClock,
  formatCount,
  formatDuration
} from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { Application } from '../../model';
import { figureTerm } from '../figure-terms';
import type { IGridColumn } from '../grid/grid';
import { stateWords } from './tasks-words';

/** What the cells of a task table are read from; changed in place. */
export interface ITaskCells {
  application: Application;
  rows: Int32Array;
  /** Driver time, ms since 1970. */
  now: number;
  /** Times are counted from here, ms since 1970. */
  origin: number;
}

const WIDTHS: Partial<Record<TaskColumn, number>> = {
  taskId: 6,
  stage: 5.5,
  index: 6,
  attempt: 6.5,
  state: 8,
  executor: 7,
  host: 12,
  locality: 11,
  error: 22
};

/** The columns of a task table. */
export function taskGridColumns(
  columns: readonly TaskColumn[],
  cells: ITaskCells,
  trans: ITranslation
): IGridColumn[] {
  return columns.map(column => {
    const term = figureTerm(column, trans);
    const kind = TASK_COLUMNS[column];
    return {
      key: column,
      term,
      // Heads are long, figures short: both must fit.
      width: WIDTHS[column] ?? Math.max(7, term.name.length * 0.62 + 2.5),
      isNumber: kind !== 'text' && kind !== 'id',
      grows: column === 'error',
      sortable: true,
      cell: position => cellText(column, cells, position, trans),
      ...(column === 'state' && {
        cellClass: (position: number): string =>
          `jp-Sparkglass-status jp-mod-${stateName(cells, position)}`
      }),
      ...(column === 'launchTime' && {
        cellTitle: (position: number): string =>
          formatClock(
            cells.application.tasks.launchTime[cells.rows[position]!]!
          )
      })
    };
  });
}

function stateName(cells: ITaskCells, position: number): string {
  return textReader(cells.application, 'state')(cells.rows[position]!);
}

function cellText(
  column: TaskColumn,
  { application, rows, now, origin }: ITaskCells,
  position: number,
  trans: ITranslation
): string {
  const row = rows[position];
  if (row === undefined) {
    return '';
  }
  const kind = TASK_COLUMNS[column];
  if (kind === 'text') {
    return textOf(application, column, row, trans);
  }
  const value = numberReader(application, column, now)(row);
  switch (kind) {
    case 'id':
      return String(value);
    case 'time':
      return formatDuration(value - origin);
    case 'ms':
      return value > 0 || column === 'durationMs' ? formatDuration(value) : '';
    case 'ns':
      return value > 0 ? formatDuration(value / 1e6) : '';
    case 'bytes':
      return value > 0 ? formatBytes(value) : '';
    case 'count':
      return value > 0 ? formatCount(value) : '';
  }
}

function textOf(
  application: Application,
  column: TaskColumn,
  row: number,
  trans: ITranslation
): string {
  const text = textReader(application, column)(row);
  switch (column) {
    case 'state': {
      const state = stateWords(trans)[application.tasks.state[row]!] ?? '';
      return isSpeculative(application, row)
        ? trans.__('%1 (copy)', state)
        : state;
    }
    case 'error':
      return text === '' ? '' : readFailure(text).headline;
    default:
      return text;
  }
}
