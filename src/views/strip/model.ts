import type { IRunSummary, RunState } from '../../analysis/run-summary';
import type { ITheme } from '../../draw/theme';
import type { Application, CellRun } from '../../model';
import type { ViewTab } from '../open-view';

/** One of the runs a strip can show. */
export interface IRunChoice {
  readonly id: string;
  readonly state: RunState;
  /** ms since 1970. */
  readonly startTime: number;
}

/** All that a strip shows. Another object whenever something changed. */
export interface IStripModel {
  readonly run: CellRun;
  readonly summary: IRunSummary;
  /** How many hints there are for it; empty for none. */
  readonly hints: string;
  /** The runs of this cell, oldest first; one of them is `run`. */
  readonly runs: readonly IRunChoice[];
  /** True when it was read from the saved notebook: nothing here is live. */
  readonly recorded: boolean;
  /** How many of the tasks a recording kept; null when all. */
  readonly recordedTasks: number | null;
  readonly open: boolean;
  readonly tab: ViewTab;
  /** Of the open body, in pixels. */
  readonly heightPx: number;
  /** A line that must be read: what went wrong with the last request. */
  readonly message: string | null;
  /** True between asking to cancel and Spark's answer. */
  readonly cancelling: boolean;
  readonly theme: ITheme;
  /** Revision of the model underneath: the same run object goes on changing. */
  readonly revision: number;
}

/** What a user can do to a strip. */
export interface IStripActions {
  toggle(): void;
  selectTab(tab: ViewTab): void;
  selectRun(id: string): void;
  /** Open the advice. */
  showAdvice(): void;
  resize(heightPx: number): void;
  cancelRun(): void;
  cancelStage(application: number, stageId: number): void;
  /** Stop a streaming query, by the id of its run. */
  stopQuery(application: number, queryRunId: string): void;
  /** Null where there is nothing to pin to: in a pinned strip itself. */
  readonly pin: (() => void) | null;
  /** Show the same in a tab of its own; null where there is none. */
  readonly openDetails: (() => void) | null;
  /** Put code into a new cell below this one, not run; null where there is no notebook. */
  readonly insertCell: ((code: string) => void) | null;
  /** The applications of the kernel; null where there are none but the run's. */
  readonly applications: (() => Iterable<Application>) | null;
  /** Go to the cell of a run, by its id; null where there is no notebook. */
  readonly goToRun: ((runId: string) => void) | null;
  /** How the cell of a run is called; null where there is no notebook. */
  readonly cellName: ((runId: string) => string | null) | null;
  /** The runs of the cell that the notebook's file has held, oldest first; null where there is no notebook. */
  readonly savedRuns: (() => readonly CellRun[]) | null;
  dismissMessage(): void;
}
