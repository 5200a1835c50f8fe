import type { IRunSummary, RunState } from '../../analysis/run-summary';
import type { ITheme } from '../../draw/theme';
import type { CellRun } from '../../model';

/** The tabs of an open strip, in order. */
export const STRIP_TABS = ['timeline', 'stages', 'tasks'] as const;
export type StripTab = (typeof STRIP_TABS)[number];

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
  /** The runs of this cell, oldest first; one of them is `run`. */
  readonly runs: readonly IRunChoice[];
  /** True when it was read from the saved notebook: nothing here is live. */
  readonly recorded: boolean;
  /** How many of the tasks a recording kept; null when all. */
  readonly recordedTasks: number | null;
  readonly open: boolean;
  readonly tab: StripTab;
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
  selectTab(tab: StripTab): void;
  selectRun(id: string): void;
  resize(heightPx: number): void;
  cancelRun(): void;
  cancelStage(application: number, stageId: number): void;
  /** Null where there is nothing to pin to: in a pinned strip itself. */
  readonly pin: (() => void) | null;
  dismissMessage(): void;
}
