import type { IStripActions, StripTab } from '../views/strip/model';
import { linkErrorWords } from './link-error';
import type { NotebookStrips } from './notebook-strips';
import { pinRun } from './pin';

/** What the buttons of one strip do. */
export class StripActions implements IStripActions {
  constructor(
    private readonly cellId: string,
    private readonly strips: NotebookStrips
  ) {}

  toggle(): void {
    const state = this.strips.stateOf(this.cellId);
    state.open = !state.open;
    state.touched = true;
    this.strips.refresh(this.cellId);
  }

  selectTab(tab: StripTab): void {
    this.strips.stateOf(this.cellId).tab = tab;
    this.strips.refresh(this.cellId);
  }

  selectRun(id: string): void {
    this.strips.stateOf(this.cellId).runId = id;
    this.strips.refresh(this.cellId);
  }

  resize(heightPx: number): void {
    this.strips.stateOf(this.cellId).heightPx = heightPx;
    this.strips.refresh(this.cellId);
  }

  cancelRun(): void {
    const run = this.strips.runShown(this.cellId);
    if (run) {
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

  readonly pin = (): void => {
    const run = this.strips.runShown(this.cellId);
    if (run) {
      void pinRun(this.strips, this.cellId, run).catch((error: unknown) =>
        this.say(String((error as Error).message))
      );
    }
  };

  dismissMessage(): void {
    this.say(null);
  }

  private async cancel(
    what: Parameters<NotebookStrips['link']['cancel']>[0]
  ): Promise<void> {
    const state = this.strips.stateOf(this.cellId);
    state.cancelling = true;
    this.say(null);
    const trans = this.strips.service.trans;
    try {
      const cancelled = await this.strips.link.cancel(what);
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
    this.strips.stateOf(this.cellId).message = message;
    this.strips.refresh(this.cellId);
  }
}
