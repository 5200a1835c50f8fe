import type { ComponentChild } from 'preact';
import { readFailure } from '../../analysis/failure';
import type { IStageRow, StageSortKey } from '../../analysis/stage-table';
import { stageName } from '../../analysis/task-columns';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatShare
} from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { figureTerm } from '../figure-terms';
import type { IGridColumn } from '../grid/grid';
import { sparkUi, StageUiLink } from '../spark-ui';
import { titleWords } from '../title-words';
import {
  progressWords,
  roleWords,
  rowStatusWords,
  statusClass
} from './stage-words';

/** What the cells of a stage table need. */
export interface IStageColumnsOptions {
  /** In the order of the table. */
  readonly rows: readonly IStageRow[];
  readonly trans: ITranslation;
  readonly onCancel: ((row: IStageRow) => void) | null;
  readonly onFailure: (row: IStageRow) => void;
  readonly openFailure: string | null;
}

type Write = (row: IStageRow) => ComponentChild;

/** The columns of a stage table; figures that are 0 for all stages are left out. */
export function stageColumns(options: IStageColumnsOptions): IGridColumn[] {
  const { rows, trans } = options;
  const some = (read: (row: IStageRow) => number): boolean =>
    rows.some(row => read(row) > 0);
  const column = (
    key: StageSortKey,
    width: number,
    write: Write,
    more: Partial<IGridColumn> = {}
  ): IGridColumn => ({
    key,
    term: figureTerm(key, trans),
    width,
    sortable: true,
    cell: position => {
      const row = rows[position];
      return row ? write(row) : '';
    },
    ...more
  });
  const cancels =
    options.onCancel !== null && rows.some(row => row.status === 'active');
  const hasUi = rows.some(row => sparkUi.value?.has(row.application));
  const number = { isNumber: true };
  const bytes = (
    key: StageSortKey & keyof IStageRow,
    read: (row: IStageRow) => number
  ): IGridColumn[] =>
    some(read)
      ? [
          column(
            key,
            // The figures fit; a language with longer heads needs more.
            Math.max(8.4, figureTerm(key, trans).name.length * 0.65),
            row => (read(row) > 0 ? formatBytes(read(row)) : ''),
            number
          )
        ]
      : [];
  return [
    column('stage', hasUi ? 7 : 5.5, row => (
      <>
        {stageName(row.stage)}
        <StageUiLink
          application={row.application}
          stage={row.stage}
          trans={trans}
        />
      </>
    )),
    column('title', 15, row => what(row, trans), {
      grows: true,
      cellTitle: position => {
        const row = rows[position];
        return (
          row &&
          `${roleWords(row.role, trans)}, ${titleWords(row.title, trans)}`
        );
      }
    }),
    column('state', cancels ? 11.5 : 8, row => state(row, options), {
      cellClass: position => {
        const row = rows[position];
        return `jp-Sparkglass-status ${row ? statusClass(row) : ''}`;
      }
    }),
    column('tasks', 10, row => progress(row, trans), {
      cellClass: () => 'jp-Sparkglass-progress'
    }),
    column(
      'durationMs',
      6,
      row => (row.durationMs === null ? '' : formatDuration(row.durationMs)),
      number
    ),
    ...bytes('inputBytes', row => row.inputBytes),
    ...bytes('shuffleReadBytes', row => row.shuffleReadBytes),
    ...bytes('shuffleWriteBytes', row => row.shuffleWriteBytes),
    ...bytes('outputBytes', row => row.outputBytes),
    ...bytes('diskSpillBytes', row => row.diskSpillBytes),
    ...(some(row => row.gcTimeMs)
      ? [
          column(
            'gcShare',
            5,
            row => (row.gcTimeMs > 0 ? formatShare(row.gcShare) : ''),
            {
              ...number,
              cellClass: position =>
                isHeavy(rows[position]) ? 'jp-mod-warm' : ''
            }
          )
        ]
      : []),
    ...(rows.some(row => row.failure !== null)
      ? [
          column('failure', 18, row => failure(row, options), {
            grows: true,
            cellTitle: position => {
              const text = rows[position]?.failure;
              return text ? readFailure(text).headline : undefined;
            }
          })
        ]
      : [])
  ];
}

/** The share from which Spark's executors page turns red, and not over in a blink. */
function isHeavy(row: IStageRow | undefined): boolean {
  return row !== undefined && row.gcShare > 0.1 && row.gcTimeMs >= 500;
}

function what(row: IStageRow, trans: ITranslation): ComponentChild {
  return (
    <>
      {roleWords(row.role, trans)}
      <i>{titleWords(row.title, trans)}</i>
    </>
  );
}

function state(
  row: IStageRow,
  { trans, onCancel }: IStageColumnsOptions
): ComponentChild {
  const words = rowStatusWords(row, trans);
  return row.status === 'active' && onCancel ? (
    <>
      {words}
      <button
        type="button"
        tabIndex={-1}
        class="jp-Sparkglass-textButton"
        aria-label={trans.__('Cancel stage %1', stageName(row.stage))}
        onClick={() => onCancel(row)}
      >
        {trans.__('Cancel')}
      </button>
    </>
  ) : (
    words
  );
}

function progress(row: IStageRow, trans: ITranslation): ComponentChild {
  if (row.status === 'skipped') {
    return progressWords(row, trans);
  }
  const share = (count: number): string =>
    `${row.tasks > 0 ? Math.min(100, (100 * count) / row.tasks) : 0}%`;
  return (
    <span
      class={statusClass(row)}
      style={{
        '--jp-sparkglass-done': share(row.tasksDone),
        '--jp-sparkglass-active': share(row.tasksDone + row.tasksActive)
      }}
      title={
        row.tasksActive > 0
          ? trans._n(
              '%2 task runs now',
              '%2 tasks run now',
              row.tasksActive,
              formatCount(row.tasksActive)
            )
          : undefined
      }
    >
      {progressWords(row, trans)}
    </span>
  );
}

function failure(
  row: IStageRow,
  { trans, onFailure, openFailure }: IStageColumnsOptions
): ComponentChild {
  return row.failure === null ? (
    ''
  ) : (
    <>
      <button
        type="button"
        tabIndex={-1}
        class="jp-Sparkglass-textButton"
        aria-expanded={
          openFailure === `${row.application.ordinal}:${row.stage.key}`
        }
        aria-label={trans.__('Why did stage %1 fail?', stageName(row.stage))}
        onClick={() => onFailure(row)}
      >
        {trans.__('Why?')}
      </button>
      {readFailure(row.failure).headline}
    </>
  );
}
