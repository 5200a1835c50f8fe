import type { ComponentChild } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { TaskColumn } from '../../analysis/task-columns';
import { textReader } from '../../analysis/task-columns';
import type { TaskList } from '../../analysis/task-list';
import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { FailureNote } from '../failure-note';
import { Grid, type IGridColumn } from '../grid/grid';
import {
  hover,
  hovered,
  select,
  selected,
  type ISelection
} from '../selection';
import { verdictWords } from './tasks-words';

/** What the tasks view is drawn with. */
export interface ITasksProps {
  readonly list: TaskList;
  /**
   * Another number each time: the model goes on changing in the same objects,
   * and a component that reads signals is not drawn again for the same props.
   */
  readonly revision: number;
  readonly columns: readonly IGridColumn[];
  readonly sort: TaskColumn | null;
  readonly isDescending: boolean;
  readonly filter: string;
  /** Why the filter can't be read, or ''. */
  readonly filterError: string;
  /** What the last copy came to, or ''. */
  readonly copied: string;
  /** Which application of the scope is shown. */
  readonly part: number;
  readonly trans: ITranslation;
  readonly onFilter: (text: string) => void;
  readonly onSort: (column: TaskColumn) => void;
  readonly onPart: (part: number) => void;
  readonly onCopy: () => void;
  readonly onExplain: (
    column: IGridColumn | null,
    head: HTMLElement | null
  ) => void;
}

/** A line about the tasks in scope, a filter, and a table of them. */
export function Tasks(props: ITasksProps): ComponentChild {
  const { list, trans } = props;
  const { application, verdict } = list;
  if (!application || !verdict || list.total === 0) {
    return (
      <p class="jp-Sparkglass-empty">
        {list.droppedRows > 0
          ? trans._n(
              '%2 task ran, but its details were dropped to save memory. Its figures are in the stages’ sums.',
              '%2 tasks ran, but their details were dropped to save memory. Their figures are in the stages’ sums.',
              list.droppedRows,
              formatCount(list.droppedRows)
            )
          : trans.__(
              'No task has run yet. Spark cuts the work of a stage into tasks, one a partition; each will be a row here.'
            )}
      </p>
    );
  }
  return (
    <>
      <Head {...props} words={verdictWords(verdict, application, trans)} />
      <Table {...props} />
    </>
  );
}

function Head(props: ITasksProps & { words: string }): ComponentChild {
  const { list, trans, filterError } = props;
  return (
    <div class="jp-Sparkglass-tasks-head">
      <div class="jp-Sparkglass-verdict" title={props.words}>
        {props.words}
      </div>
      {list.applications.length > 1 && (
        <select
          aria-label={trans.__('Spark session')}
          value={props.part}
          onChange={event => props.onPart(Number(event.currentTarget.value))}
        >
          {list.applications.map((application, i) => (
            <option key={application.ordinal} value={i}>
              {trans.__('Session %1', application.ordinal)}
            </option>
          ))}
        </select>
      )}
      <Filter {...props} />
      <button
        type="button"
        class="jp-Sparkglass-textButton"
        title={trans.__('Copy the rows that the filter lets through')}
        disabled={list.rows.length === 0}
        onClick={props.onCopy}
      >
        {trans.__('Copy as CSV')}
      </button>
      <span class="jp-Sparkglass-tasks-status" role="status">
        {filterError !== ''
          ? ''
          : props.copied !== ''
            ? props.copied
            : list.rows.length < list.total
              ? trans.__(
                  '%1 of %2',
                  formatCount(list.rows.length),
                  formatCount(list.total)
                )
              : ''}
      </span>
      {list.droppedRows > 0 && (
        <span class="jp-Sparkglass-tasks-status">
          {trans._n(
            '%2 more task is in the sums only, to save memory',
            '%2 more tasks are in the sums only, to save memory',
            list.droppedRows,
            formatCount(list.droppedRows)
          )}
        </span>
      )}
    </div>
  );
}

const EXAMPLES = [
  'state:failed',
  'stage:3',
  'duration > 100ms',
  'read > 1MiB',
  'spill > 0',
  '-executor:driver'
];

function Filter(props: ITasksProps): ComponentChild {
  const { trans, filter, filterError, onFilter } = props;
  const [isOpen, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="search"
        class="jp-Sparkglass-filter"
        aria-label={trans.__('Filter tasks')}
        aria-invalid={filterError !== ''}
        placeholder={trans.__('Filter: failed, stage:3, duration > 100ms')}
        spellcheck={false}
        value={filter}
        onInput={event => onFilter(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Escape' && filter !== '') {
            event.stopPropagation();
            onFilter('');
          }
        }}
      />
      <button
        type="button"
        class="jp-Sparkglass-textButton"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {trans.__('Examples')}
      </button>
      <p class="jp-Sparkglass-filter-error" role="alert">
        {filterError}
      </p>
      {isOpen && (
        <p class="jp-Sparkglass-filter-examples">
          {trans.__('All conditions must hold; a minus in front means “not”:')}
          {EXAMPLES.map(example => (
            <button
              key={example}
              type="button"
              class="jp-Sparkglass-textButton"
              onClick={() => {
                onFilter(example);
                input.current?.focus();
              }}
            >
              <code>{example}</code>
            </button>
          ))}
        </p>
      )}
    </>
  );
}

function Table(props: ITasksProps): ComponentChild {
  const { list, trans } = props;
  const application = list.application!;
  const { tasks, stageList } = application;
  const keyOf = (position: number): ISelection | null => {
    const row = list.rows[position];
    return row === undefined
      ? null
      : {
          application: application.ordinal,
          stageKey: stageList[tasks.stage[row]!]?.key,
          taskRow: row
        };
  };
  const mark =
    selected.value?.application === application.ordinal ? selected.value : null;
  const over =
    hovered.value?.application === application.ordinal ? hovered.value : null;
  const chosen = mark?.taskRow;
  const error =
    chosen === undefined ? '' : textReader(application, 'error')(chosen);
  return (
    <>
      <Grid
        label={trans.__('Tasks')}
        columns={props.columns}
        count={list.rows.length}
        sortKey={props.sort}
        isDescending={props.isDescending}
        order={list.order}
        idAt={position => list.rows[position]!}
        positionOf={row => list.positionOf(row)}
        rowClass={position => {
          const row = list.rows[position]!;
          const stage = stageList[tasks.stage[row]!]?.key;
          return (
            (over?.taskRow === row ? 'jp-mod-hovered ' : '') +
            (mark && mark.taskRow === undefined && mark.stageKey === stage
              ? 'jp-mod-related'
              : '')
          );
        }}
        isSelected={position => list.rows[position] === chosen}
        reveal={
          chosen === undefined
            ? null
            : {
                position: list.positionOf(chosen),
                token: `${application.ordinal}:${chosen}`
              }
        }
        onSort={key => props.onSort(key as TaskColumn)}
        onSelect={position => {
          const key = keyOf(position);
          select(key && key.taskRow === chosen ? null : key);
        }}
        onHover={position => hover(keyOf(position))}
        onExplain={props.onExplain}
      />
      {list.rows.length === 0 && (
        <p class="jp-Sparkglass-empty">
          {trans.__('No task passes the filter.')}
        </p>
      )}
      {chosen !== undefined && error !== '' && (
        <FailureNote
          title={trans.__('Task %1', tasks.taskId[chosen]!)}
          text={error}
          trans={trans}
          onClose={() => select(null)}
        />
      )}
    </>
  );
}
