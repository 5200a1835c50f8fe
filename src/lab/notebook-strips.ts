import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import type { Cell, CodeCell, ICellModel } from '@jupyterlab/cells';
import type { IDisposable } from '@lumino/disposable';
import type { PanelLayout } from '@lumino/widgets';
import { goesOn, summarise, type IRunSummary } from '../analysis/run-summary';
import { frames } from '../draw/frames';
import type { ITheme } from '../draw/theme';
import type { ITranslation } from '../draw/words';
import type { CellRun, Changed } from '../model';
import type { IStripModel } from '../views/strip/model';
import { goToRun, insertBelow, promptOfRun } from './cell-places';
import type { KernelLink } from './kernel-link';
import { Hints } from './hints';
import { SavedRuns } from './saved-runs';
import type { Preferences } from './preferences';
import { StripActions, type IStripHost } from './strip-actions';
import { choice, isOnlyCurves, newsOf } from './strip-runs';
import { heightOf, newStripState, type IStripState } from './strip-state';
import { StripWidget } from './strip-widget';

/** A running strip's clock moves at least this often. */
const CLOCK_MS = 500;

/** What the strips of a notebook take from the page they are in. */
export interface IStripPage {
  readonly preferences: Preferences;
  readonly trans: ITranslation;
  readonly theme: ITheme;
  readonly themeChanged: Changed<ITheme>;
  openDetails(panel: NotebookPanel, cellId: string): void;
}

/**
 * The strips of one notebook: which cells have one, and what each shows.
 *
 * A cell gets a strip with its first use of Spark and only then; cells without Spark are never touched.
 */
export class NotebookStrips implements IDisposable, IStripHost {
  constructor(
    private readonly panel: NotebookPanel,
    readonly link: KernelLink,
    private readonly page: IStripPage
  ) {
    this.saved = new SavedRuns(page.preferences, () => this.wish());
    this.hints = new Hints(page.trans, cellId => this.refresh(cellId));
    this.forget = [
      link.changed.connect(() => this.wish()),
      page.themeChanged.connect(() => this.redraw()),
      page.preferences.changed.connect(() => this.redraw())
    ];
    NotebookActions.outputCleared.connect(this.onCleared, this);
    NotebookActions.executionScheduled.connect(this.onScheduled, this);
    void panel.context.ready.then(() => {
      if (!this._disposed) {
        panel.model?.cells.changed.connect(this.onContent, this);
        this.wish();
      }
    });
  }

  get trans(): ITranslation {
    return this.page.trans;
  }

  get isDisposed(): boolean {
    return this._disposed;
  }

  dispose(): void {
    if (this._disposed) {
      return;
    }
    this._disposed = true;
    this.forget.forEach(forget => forget());
    frames.forget(this.sync);
    clearTimeout(this.tick);
    NotebookActions.outputCleared.disconnect(this.onCleared, this);
    NotebookActions.executionScheduled.disconnect(this.onScheduled, this);
    this.panel.model?.cells.changed.disconnect(this.onContent, this);
    this.saved.dispose();
    for (const widget of this.widgets.values()) {
      widget.dispose();
    }
    this.widgets.clear();
  }

  /** What a person did to a cell's strip. */
  stateOf(cellId: string): IStripState {
    let state = this.states.get(cellId);
    if (!state) {
      state = newStripState();
      this.states.set(cellId, state);
    }
    return state;
  }

  /** Show a strip as it is now: after something was done to it. */
  refresh(cellId: string): void {
    this.settled.delete(cellId);
    this.wish();
  }

  /** What the buttons of a cell's strip do. */
  actionsOf(cellId: string): StripActions {
    return new StripActions(cellId, this);
  }

  /** The cell as it is in the notebook; null when it is gone or is no code. */
  codeCell(cellId: string): CodeCell | null {
    const cell = this.panel.content.widgets.find(
      widget => widget.model.id === cellId
    );
    return cell?.model.type === 'code' ? (cell as CodeCell) : null;
  }

  openDetails(cellId: string): void {
    this.page.openDetails(this.panel, cellId);
  }

  insertCell(cellId: string, code: string): void {
    void insertBelow(this.panel, cellId, code);
  }

  goToRun(runId: string): void {
    void goToRun(this.panel, this.link.session, runId);
  }

  cellName(runId: string): string | null {
    return promptOfRun(this.panel, this.link.session, runId);
  }

  /** Close every strip that is open. */
  closeAll(): void {
    for (const [cellId, state] of this.states) {
      if (state.open) {
        state.open = false;
        state.touched = true;
        this.refresh(cellId);
      }
    }
  }

  /** The run that a cell's strip shows; null when the cell has no strip. */
  runShown(cellId: string): CellRun | null {
    const state = this.stateOf(cellId);
    const all = this.link.session.runsOfCell(cellId);
    const newest = all[all.length - 1];
    if (newest && newest.id !== state.newestId) {
      // A cell that is run again shows its new run, whichever was chosen before.
      state.newestId = newest.id;
      state.runId = null;
    }
    if (newest && newest.endTime !== null && !newest.usedSpark) {
      return null;
    }
    const runs = this.runsOf(cellId);
    return (
      runs.find(run => run.id === state.runId) ?? runs[runs.length - 1] ?? null
    );
  }

  private runsOf(cellId: string): readonly CellRun[] {
    const live = this.link.session
      .runsOfCell(cellId)
      .filter(run => run.usedSpark && !this.cleared.has(run.id));
    const cell = this.cells.get(cellId);
    return live.length > 0 || !cell ? live : this.saved.runsOf(cell);
  }

  private wish(): void {
    frames.act(this.sync);
  }

  private redraw(): void {
    this.settled.clear();
    this.wish();
  }

  private readonly sync = (): void => {
    clearTimeout(this.tick);
    if (this._disposed || !this.panel.model) {
      return;
    }
    if (!this.page.preferences.now.enabled) {
      this.dropAll();
      return;
    }
    this.cells.clear();
    for (const cell of this.panel.model.cells) {
      this.cells.set(cell.id, cell);
    }
    for (const cell of this.panel.content.widgets) {
      const id = cell.model.id;
      if (cell.model.type !== 'code' || this.isSettled(cell)) {
        continue;
      }
      const run = this.runShown(id);
      if (run) {
        this.show(cell, run);
      } else {
        this.drop(id);
      }
    }
  };

  private show(cell: Cell, run: CellRun): void {
    const id = cell.model.id;
    const model = this.modelOf(id, run);
    const state = this.stateOf(id);
    const limitMs = this.page.preferences.now.autoOpenSeconds * 1000;
    if (!state.touched && run.curves.length > 0) {
      state.tab = 'curve';
      // Somebody asked for the picture: it does not wait as details do.
      state.open = limitMs > 0 && run.curves.some(({ hasPoints }) => hasPoints);
    } else if (!state.touched && run.queries.length > 0) {
      state.tab = 'streams';
    } else if (isOnlyCurves(run)) {
      state.tab = 'curve';
    }
    const lively = model.summary.state === 'running' && !model.recorded;
    if (
      lively &&
      !state.touched &&
      limitMs > 0 &&
      model.summary.durationMs > limitMs
    ) {
      state.open = true;
      state.touched = true;
    }
    if (lively) {
      clearTimeout(this.tick);
      this.tick = setTimeout(() => this.wish(), CLOCK_MS);
    }
    const shown = { ...model, open: state.open };
    const widget = this.widgets.get(id);
    if (widget && !widget.isDisposed && widget.parent === cell) {
      widget.show_(shown);
    } else {
      void this.attach(cell, shown);
    }
    if (run.endTime !== null && model.summary.state !== 'running') {
      if (this.ranHere.has(id)) {
        this.saved.keep(cell.model, run);
      }
      const runs = this.link.session.runsOfCell(id);
      const newest = runs[runs.length - 1];
      if (newest?.endTime !== null) {
        // Do not sum it up with every batch.
        this.settled.set(id, { cell, newest, news: newsOf(runs) });
      }
    }
  }

  /** Nothing changes until the cell is run again, a stream or thread that it left behind starts a job, or a curve goes on. */
  private isSettled(cell: Cell): boolean {
    const id = cell.model.id;
    const settled = this.settled.get(id);
    if (settled?.cell !== cell) {
      return false;
    }
    const runs = this.link.session.runsOfCell(id);
    return (
      settled.newest === runs[runs.length - 1] && settled.news === newsOf(runs)
    );
  }

  private modelOf(cellId: string, run: CellRun): IStripModel {
    const state = this.stateOf(cellId);
    const runs = this.runsOf(cellId);
    const recorded = this.saved.isSaved(run);
    return {
      run,
      summary: this.saved.summaryOf(run) ?? this.withClock(summarise(run)),
      hints: recorded || goesOn(run) ? '' : this.hints.of(run),
      runs: runs.map(choice),
      recorded,
      recordedTasks: recorded ? this.saved.tasksKept(run) : null,
      open: state.open,
      tab: state.tab,
      heightPx: heightOf(state),
      message: state.message,
      cancelling: state.cancelling,
      theme: this.page.theme,
      revision: this.link.session.revision
    };
  }

  /** Spark says nothing while a long task runs; the clock goes on all the same. */
  private withClock(summary: IRunSummary): IRunSummary {
    if (summary.state !== 'running') {
      return summary;
    }
    const since = this.link.sinceLastBatchMs;
    return {
      ...summary,
      durationMs: summary.durationMs + since,
      remainingMs:
        summary.remainingMs === null
          ? null
          : Math.max(0, summary.remainingMs - since)
    };
  }

  private async attach(cell: Cell, model: IStripModel): Promise<void> {
    const id = cell.model.id;
    if (this.attaching.has(cell)) {
      return;
    }
    this.attaching.add(cell);
    // Before that a cell is a placeholder whose layout is empty.
    await cell.ready;
    this.attaching.delete(cell);
    if (this._disposed || cell.isDisposed) {
      return;
    }
    this.drop(id);
    const widget = new StripWidget(id, model, this.actionsOf(id), this.trans);
    const layout = cell.layout as PanelLayout;
    const outputs = layout.widgets.findIndex(child =>
      child.hasClass('jp-Cell-outputWrapper')
    );
    layout.insertWidget(outputs < 0 ? layout.widgets.length : outputs, widget);
    this.widgets.set(id, widget);
    this.refresh(id);
  }

  private drop(cellId: string): void {
    this.widgets.get(cellId)?.dispose();
    this.widgets.delete(cellId);
  }

  private dropAll(): void {
    for (const id of [...this.widgets.keys()]) {
      this.drop(id);
    }
    this.settled.clear();
  }

  private onContent(
    _: unknown,
    change: { type: string; newValues: readonly ICellModel[] }
  ): void {
    if (change.type === 'add') {
      change.newValues.forEach(
        cell => void this.saved.dropCopy(cell, this.cells)
      );
    }
    this.wish();
  }

  private onCleared(_: unknown, args: { notebook: unknown; cell: Cell }): void {
    if (args.notebook === this.panel.content) {
      this.clear(args.cell.model.id);
    }
  }

  private onScheduled(
    _: unknown,
    args: { notebook: unknown; cell: Cell }
  ): void {
    if (args.notebook === this.panel.content) {
      this.ranHere.add(args.cell.model.id);
    }
  }

  /** Forget what a cell's strip shows, as its outputs are forgotten. */
  clear(cellId: string): void {
    for (const run of this.link.session.runsOfCell(cellId)) {
      if (run.endTime !== null) {
        this.cleared.add(run.id);
      }
    }
    const cell = this.cells.get(cellId);
    if (cell) {
      this.saved.clear(cell);
    }
    this.refresh(cellId);
  }

  private _disposed = false;
  private tick: ReturnType<typeof setTimeout> | undefined;
  readonly saved: SavedRuns;
  private readonly hints: Hints;
  private readonly forget: readonly (() => void)[];
  private readonly widgets = new Map<string, StripWidget>();
  private readonly states = new Map<string, IStripState>();
  private readonly attaching = new Set<Cell>();
  /** Cells that this page ran. Another page that only looks on must not change the file under the one that did. */
  private readonly ranHere = new Set<string>();
  private readonly cells = new Map<string, ICellModel>();
  /** Runs whose outputs were cleared. */
  private readonly cleared = new Set<string>();
  /** Cells whose strip shows all there is: the widget it was shown in, the newest run then, and how much was known of the runs. */
  private readonly settled = new Map<
    string,
    { cell: Cell; newest: CellRun | undefined; news: number }
  >();
}
