import { render } from 'preact';
import type { IScope } from '../../analysis/scope';
import { tasksAsCsv } from '../../analysis/task-csv';
import {
  isText,
  TASK_COLUMN_NAMES,
  type TaskColumn
} from '../../analysis/task-columns';
import { TaskList } from '../../analysis/task-list';
import { readQuery, type TaskTerm } from '../../analysis/task-query';
import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { IGridColumn } from '../grid/grid';
import { boundHeight, Redraw } from '../redraw';
import { TermCard } from '../timeline/cards';
import { Tooltip } from '../timeline/tooltip';
import { copyText } from './clipboard';
import { queryErrorWords } from './query-words';
import { taskGridColumns, type ITaskCells } from './task-grid-columns';
import { Tasks } from './tasks';
import { stateWords } from './tasks-words';

/** What a tasks view is made with. */
export interface ITasksOptions {
  readonly scope: IScope;
  readonly trans: ITranslation;
  /** See {@link TasksView.setHeight}. */
  readonly height?: number;
}

/** Reading the model anew may take this part of the time, at most. */
const SHARE = 0.1;

/**
 * All tasks of a scope in a table that can be sorted, filtered and copied. Put
 * `node` into the page (it fills its parent), call {@link update} whenever the
 * model changed and {@link setTheme} whenever the theme did.
 */
export class TasksView {
  readonly node: HTMLElement;

  private scope: IScope;
  private readonly trans: ITranslation;
  private revision = 0;
  private readonly redraw: Redraw;
  private readonly tooltip: Tooltip;
  private readonly list = new TaskList(() => performance.now());
  private cells: ITaskCells | null = null;
  private columns: readonly IGridColumn[] = [];
  private columnNames = '';

  private part = 0;
  private filter = '';
  private terms: readonly TaskTerm[] = [];
  private filterError = '';
  private copied = '';
  private sort: TaskColumn | null = null;
  private isDescending = false;

  private isModelNew = true;
  private isStale = true;
  private freshAt = -Infinity;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: ITasksOptions) {
    this.scope = options.scope;
    this.trans = options.trans;
    this.node = document.createElement('div');
    this.node.className = 'jp-Sparkglass-tasks';
    if (options.height !== undefined) {
      boundHeight(this.node, options.height);
    }
    this.tooltip = new Tooltip(document);
    this.redraw = new Redraw(this.node, this.draw);
    this.update();
  }

  /** The model changed, or another run is to be shown. */
  update(scope: IScope = this.scope): void {
    if (scope.subject !== this.scope.subject) {
      this.freshAt = -Infinity;
      this.part = 0;
    }
    this.scope = scope;
    this.isModelNew = true;
    this.copied = '';
    this.redraw.heard();
  }

  /** As high as the view may get, px; without it, it is as high as its parent. */
  setHeight(heightPx: number): void {
    boundHeight(this.node, heightPx);
    this.redraw.ask();
  }

  /** Fonts or colours of the page changed. */
  setTheme(): void {
    this.redraw.ask();
  }

  dispose(): void {
    if (this.timer !== null) {
      clearTimeout(this.timer);
    }
    this.redraw.dispose();
    this.tooltip.dispose();
    render(null, this.node);
    this.node.remove();
  }

  private readonly draw = (): void => {
    this.refresh();
    const { list, trans } = this;
    render(
      <Tasks
        list={list}
        revision={++this.revision}
        columns={this.columns}
        sort={this.sort}
        isDescending={this.isDescending}
        filter={this.filter}
        filterError={this.filterError}
        copied={this.copied}
        part={this.part}
        trans={trans}
        onFilter={this.onFilter}
        onSort={this.onSort}
        onPart={this.onPart}
        onCopy={this.onCopy}
        onExplain={this.onExplain}
      />,
      this.node
    );
  };

  /** Take in what changed: the model, unless that was done so lately that it would take too much of the time. */
  private refresh(): void {
    const { list } = this;
    if (this.isModelNew) {
      const wait = list.costMs / SHARE - (performance.now() - this.freshAt);
      if (wait > 0) {
        this.timer ??= setTimeout(() => {
          this.timer = null;
          this.redraw.ask();
        }, wait);
      } else {
        list.read(this.scope, this.part);
        this.isModelNew = false;
        this.isStale = true;
      }
    }
    const runs =
      list.application?.source !== 'log' && (list.verdict?.running ?? 0) > 0;
    const sinceMs = runs ? this.redraw.sinceMs : 0;
    if (this.isStale) {
      this.isStale = false;
      list.arrange(
        {
          terms: this.terms,
          sort: this.sort,
          isDescending: this.isDescending,
          stateWords: stateWords(this.trans)
        },
        sinceMs
      );
      this.freshAt = performance.now();
    }
    this.fill(sinceMs);
    if (runs) {
      // Their durations grow.
      this.redraw.tick();
    }
  }

  /** Let the cells read what the list found. */
  private fill(sinceMs: number): void {
    const { application, rows, columns, verdict } = this.list;
    if (!application) {
      return;
    }
    const cells = {
      application,
      rows,
      now: application.now + sinceMs,
      origin: verdict?.firstLaunch ?? 0
    };
    const names = columns.join();
    if (!this.cells || names !== this.columnNames) {
      this.columnNames = names;
      this.cells = cells;
      this.columns = taskGridColumns(columns, cells, this.trans);
    } else {
      Object.assign(this.cells, cells);
    }
  }

  /** What was asked for is shown at once. */
  private again(): void {
    this.isStale = true;
    this.copied = '';
    this.redraw.ask();
  }

  private readonly onFilter = (text: string): void => {
    this.filter = text;
    const query = readQuery(text);
    if (query.error) {
      // What is shown stays until the filter can be read.
      this.filterError = queryErrorWords(query.error, this.trans);
      this.redraw.ask();
      return;
    }
    this.filterError = '';
    this.terms = query.terms;
    this.again();
  };

  private readonly onSort = (column: TaskColumn): void => {
    const isSame = this.sort === column;
    this.isDescending = isSame
      ? !this.isDescending
      : !isText(column) && !FIRST_FIRST.has(column);
    this.sort = column;
    this.again();
  };

  private readonly onPart = (part: number): void => {
    this.part = part;
    this.isModelNew = true;
    this.freshAt = -Infinity;
    this.again();
  };

  private readonly onCopy = (): void => {
    const { list, trans } = this;
    const { application } = list;
    if (!application || !this.cells) {
      return;
    }
    const count = list.rows.length;
    const csv = tasksAsCsv(
      application,
      list.rows,
      TASK_COLUMN_NAMES,
      this.cells.now
    );
    if (csv === null) {
      this.say(trans.__('Too many rows for the clipboard: filter them first'));
      return;
    }
    void copyText(csv, document).then(isThere =>
      this.say(
        isThere
          ? trans._n(
              'Copied %2 row',
              'Copied %2 rows',
              count,
              formatCount(count)
            )
          : trans.__('The browser did not allow copying')
      )
    );
  };

  private say(words: string): void {
    this.copied = words;
    this.redraw.ask();
  }

  private readonly onExplain = (
    column: IGridColumn | null,
    head: HTMLElement | null
  ): void => {
    if (column && head) {
      const box = head.getBoundingClientRect();
      this.tooltip.show(<TermCard term={column.term} />, box.left, box.bottom);
    } else {
      this.tooltip.hide();
    }
  };
}

/** Numbers that are read from the first, not from the largest. */
const FIRST_FIRST: ReadonlySet<TaskColumn> = new Set([
  'taskId',
  'index',
  'launchTime'
] as const);
