import type { CodeCell } from '@jupyterlab/cells';
import { isRunning } from '../analysis/run-summary';
import type { ITranslation } from '../draw/words';
import type { Application, CellRun } from '../model';
import type { ViewTab } from '../views/open-view';
import type { IStripActions } from '../views/strip/model';
import type { KernelLink } from './kernel-link';
import { linkErrorWords } from './link-error';
import { pinRun } from './pin';
import type { IStripState } from './strip-state';

/** Where a strip is: what its buttons need of the notebook around it. */
export interface IStripHost {
  readonly link: Pick<KernelLink, 'cancel' | 'session'>;
  readonly trans: ITranslation;
  /** What a person did to a cell's strip. */
  stateOf(cellId: string): IStripState;
  /** Show a strip as it is now. */
  refresh(cellId: string): void;
  /** The run that a cell's strip shows; null when the cell has no strip. */
  runShown(cellId: string): CellRun | null;
  /** The cell as it is in the notebook; null when it is gone or is no code. */
  codeCell(cellId: string): CodeCell | null;
  /** Show the cell's run in a tab of its own. */
  openDetails(cellId: string): void;
  /** Put code into a new cell below a cell, not run. */
  insertCell(cellId: string, code: string): void;
  /** Go to the cell of a run. */
  goToRun(runId: string): void;
  /** How the cell of a run is called. */
  cellName(runId: string): string | null;
  /** The runs of a cell that the notebook's file has held. */
  readonly saved: { held(cellId: string): readonly CellRun[] };
}

/** What the buttons of one strip do. */
export class StripActions implements IStripActions {
  constructor(
    private readonly cellId: string,
    private readonly host: IStripHost
  ) {}

  toggle(): void {
    const state = this.host.stateOf(this.cellId);
    state.open = !state.open;
    state.touched = true;
    this.host.refresh(this.cellId);
  }

  selectTab(tab: ViewTab): void {
    this.host.stateOf(this.cellId).tab = tab;
    this.host.refresh(this.cellId);
  }

  showAdvice(): void {
    const state = this.host.stateOf(this.cellId);
    state.open = true;
    state.touched = true;
    this.selectTab('advice');
  }

  selectRun(id: string): void {
    this.host.stateOf(this.cellId).runId = id;
    this.host.refresh(this.cellId);
  }

  resize(heightPx: number): void {
    this.host.stateOf(this.cellId).heightPx = heightPx;
    this.host.refresh(this.cellId);
  }

  cancelRun(): void {
    const run = this.host.runShown(this.cellId);
    const queries =
      run?.queries.filter(one => isRunning(one) && !one.query.isDStreams) ?? [];
    if (queries.length > 0) {
      // Cancelling the job of a batch would make the query fail; stopped, it can be started again where it was.
      for (const { application, query } of queries) {
        this.stopQuery(application.ordinal, query.runId);
      }
    } else if (run) {
      // Jobs of threads and of Spark Connect do not carry the run's id, so they are named one by one.
      const active = run.jobs.filter(
        ({ job }) => job.status === 'running' && job.attribution === 'time'
      );
      void this.cancel({
        run: run.id,
        application: 0,
        jobs: active.map(({ job }) => job.id)
      });
    }
  }

  cancelStage(application: number, stageId: number): void {
    void this.cancel({ application, stage: stageId });
  }

  stopQuery(application: number, queryRunId: string): void {
    void this.cancel({ application, query: queryRunId });
  }

  readonly pin = (): void => {
    const run = this.host.runShown(this.cellId);
    const cell = this.host.codeCell(this.cellId);
    if (run && cell) {
      void pinRun(cell, run, this.host.trans).catch((error: unknown) =>
        this.say(String((error as Error).message))
      );
    }
  };

  readonly openDetails = (): void => this.host.openDetails(this.cellId);

  readonly insertCell = (code: string): void =>
    this.host.insertCell(this.cellId, code);

  readonly applications = (): Iterable<Application> =>
    this.host.link.session.applications.values();

  readonly goToRun = (runId: string): void => this.host.goToRun(runId);

  readonly cellName = (runId: string): string | null =>
    this.host.cellName(runId);

  readonly savedRuns = (): readonly CellRun[] =>
    this.host.saved.held(this.cellId);

  dismissMessage(): void {
    this.say(null);
  }

  private async cancel(
    what: Parameters<KernelLink['cancel']>[0]
  ): Promise<void> {
    const state = this.host.stateOf(this.cellId);
    state.cancelling = true;
    this.say(null);
    const trans = this.host.trans;
    try {
      const cancelled = await this.host.link.cancel(what);
      state.cancelling = false;
      this.say(
        cancelled > 0 ? null : trans.__('There was no running job to cancel.')
      );
    } catch (error) {
      state.cancelling = false;
      this.say(trans.__('Could not cancel: %1', linkErrorWords(error, trans)));
    }
  }

  private say(message: string | null): void {
    this.host.stateOf(this.cellId).message = message;
    this.host.refresh(this.cellId);
  }
}
