import { render } from 'preact';
import { inputFrames, watermarkColumnOf } from '../../analysis/event-times';
import type { IScope } from '../../analysis/scope';
import type { IRunQuery } from '../../model';
import { pressKey } from '../picture-input';
import { Redraw } from '../redraw';
import type { IScopeView, IScopeViewOptions } from '../scope-view';
import { select, selected } from '../selection';
import { Tooltip } from '../timeline/tooltip';
import { batchName, BatchCard } from './batch-card';
import { eventTimesCode } from './event-times-code';
import { StreamCharts } from './stream-charts';
import { Failure, Notes } from './stream-notes';
import { Output } from './stream-output';
import { Chosen, Head } from './stream-page';
import { Waiting } from './waiting';

/** The streaming queries of a scope, one at a time. */
export class StreamsView implements IScopeView {
  readonly node = document.createElement('div');

  private readonly head = document.createElement('div');
  private readonly chartsNode = document.createElement('div');
  private readonly foot = document.createElement('div');
  private readonly unseen = document.createElement('p');
  private readonly tooltip = new Tooltip(document);
  private readonly redraw: Redraw;
  private readonly sizes: ResizeObserver;
  private readonly charts: StreamCharts;
  private readonly forget: () => void;
  private scope: IScope;
  /** The query that was chosen; null = the newest. */
  private runId: string | null = null;
  /** The batch that was chosen, by its id. */
  private batchId = -1;
  /** The row at which the keyboard is. */
  private cursor = -1;

  constructor(private readonly options: IScopeViewOptions) {
    const { trans } = options;
    this.scope = options.scope;
    this.node.className = 'jp-Sparkglass-streams';
    this.chartsNode.className = 'jp-Sparkglass-streamCharts';
    this.chartsNode.tabIndex = 0;
    this.chartsNode.setAttribute('role', 'group');
    this.chartsNode.setAttribute(
      'aria-label',
      trans.__(
        'Batches over time. Left and right go from batch to batch, Enter chooses one.'
      )
    );
    this.chartsNode.addEventListener('keydown', this.onKey);
    this.unseen.className = 'jp-Sparkglass-unseen';
    this.unseen.setAttribute('aria-live', 'polite');
    this.node.append(this.head, this.chartsNode, this.foot, this.unseen);
    const { insertCell } = options.actions;
    this.charts = new StreamCharts(this.chartsNode, {
      trans,
      shown: () => this.shown,
      point: (row, x, y) => this.point(row, x, y),
      choose: row => this.choose(row),
      sample: insertCell ? () => this.sample(insertCell) : null,
      drawn: ({ query }) => {
        // So that a test can tell what has reached the screen.
        this.node.dataset.batches = String(query.batches.total);
        this.node.dataset.windows = String(this.charts.windows);
      }
    });
    this.redraw = new Redraw(this.node, () => this.draw());
    this.sizes = new ResizeObserver(() => {
      this.charts.resized();
      this.redraw.ask();
    });
    this.sizes.observe(this.chartsNode);
    this.forget = selected.subscribe(() => this.follow());
    this.update(options.scope);
  }

  update(scope: IScope): void {
    if (scope.subject !== this.scope.subject) {
      this.runId = null;
      this.batchId = -1;
    }
    this.scope = scope;
    this.redraw.heard();
  }

  setTheme(): void {
    this.charts.clear();
    this.redraw.ask();
  }

  dispose(): void {
    this.forget();
    this.sizes.disconnect();
    this.redraw.dispose();
    this.tooltip.dispose();
    this.charts.clear();
    render(null, this.head);
    render(null, this.foot);
    this.node.remove();
  }

  private sample(insertCell: (code: string) => void): void {
    const { shown } = this;
    if (shown) {
      insertCell(
        eventTimesCode(
          watermarkColumnOf(shown.application, shown.query),
          inputFrames(this.scope.run),
          this.options.trans
        )
      );
    }
  }

  private get shown(): IRunQuery | null {
    const queries = this.scope.queries();
    return (
      queries.find(({ query }) => query.runId === this.runId) ??
      queries[queries.length - 1] ??
      null
    );
  }

  /** Show the query that was chosen elsewhere, when it is one of these. */
  private follow(): void {
    const selection = selected.peek();
    const entry = this.scope
      .queries()
      .find(
        ({ application, query }) =>
          query.runId === selection?.queryRunId &&
          application.ordinal === selection.application
      );
    if (entry && entry.query.runId !== this.runId) {
      this.runId = entry.query.runId;
      this.batchId = -1;
      this.redraw.ask();
    }
  }

  private draw(): void {
    const { trans, actions } = this.options;
    const { shown } = this;
    this.chartsNode.hidden = !shown;
    if (!shown) {
      render(
        <p class="jp-Sparkglass-empty">
          {trans.__(
            'No streaming query was started here. One that writeStream.start() starts shows its batches here.'
          )}
        </p>,
        this.head
      );
      render(null, this.foot);
      return;
    }
    const { query } = shown;
    render(
      <>
        <Head
          queries={this.scope.queries()}
          shown={shown}
          trans={trans}
          actions={actions}
          onQuery={runId => {
            this.runId = runId;
            this.batchId = -1;
            this.redraw.ask();
          }}
        />
        <Failure shown={shown} trans={trans} />
      </>,
      this.head
    );
    const jobs = query.jobIds.get(this.batchId) ?? [];
    render(
      <>
        <Waiting query={query} trans={trans} />
        <Chosen
          shown={shown}
          row={this.batchId < 0 ? -1 : query.batches.rowOf(this.batchId)}
          trans={trans}
          onShow={tab => this.showJobs(shown, jobs, tab)}
          onClose={() => this.choose(-1)}
        />
        <Output query={query} batchId={this.batchId} trans={trans} />
        <Notes shown={shown} trans={trans} />
      </>,
      this.foot
    );
    this.charts.draw();
  }

  private point(row: number | null, x: number, y: number): void {
    const query = this.shown?.query;
    if (row === null || !query || row >= query.batches.length) {
      this.tooltip.hide();
      return;
    }
    this.cursor = row;
    this.tooltip.show(
      <BatchCard query={query} row={row} trans={this.options.trans} />,
      x,
      y
    );
  }

  private choose(row: number): void {
    this.tooltip.hide();
    const batchId = this.shown?.query.batches.at(row, 'batchId') ?? NaN;
    this.batchId = Number.isNaN(batchId) ? -1 : batchId;
    this.redraw.ask();
  }

  /** Light up the first of these jobs in another tab: in the timeline its first task, elsewhere the job. */
  private showJobs(
    shown: IRunQuery,
    jobs: readonly number[],
    tab: 'timeline' | 'stages' | 'plan'
  ): void {
    const { application } = shown;
    if (tab !== 'timeline') {
      // Of several jobs of a plan the last is the one that brings its result.
      const jobId = jobs[jobs.length - 1];
      const stage = application.jobs.get(jobId ?? -1)?.stages.at(-1);
      select({
        application: application.ordinal,
        ...(tab === 'plan' ? { jobId } : { stageKey: stage?.key })
      });
      this.options.actions.showTab(tab);
      return;
    }
    for (const id of jobs) {
      for (const stage of application.jobs.get(id)?.stages ?? []) {
        const [row] = stage.rows.view();
        if (row !== undefined) {
          select({
            application: application.ordinal,
            stageKey: stage.key,
            taskRow: row
          });
          this.options.actions.showTab('timeline');
          return;
        }
      }
    }
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const last = (this.shown?.query.batches.length ?? 0) - 1;
    const from = this.cursor < 0 ? last + 1 : this.cursor;
    const isMarked = this.tooltip.isShown || this.batchId >= 0;
    pressKey(
      event,
      {
        ArrowLeft: () => this.goTo(from - 1),
        ArrowRight: () => this.goTo(from + 1),
        Home: () => this.goTo(0),
        End: () => this.goTo(last),
        Enter: () => this.choose(this.cursor)
      },
      () => {
        this.choose(-1);
        return isMarked;
      }
    );
  };

  /** Go to a row by keyboard, and say what is there. */
  private goTo(row: number): void {
    const query = this.shown?.query;
    if (!query || query.batches.length === 0) {
      return;
    }
    const to = Math.max(0, Math.min(query.batches.length - 1, row));
    const { top, left } = this.chartsNode.getBoundingClientRect();
    this.point(to, left, top);
    this.unseen.textContent = batchName(query, to, this.options.trans);
  }
}
