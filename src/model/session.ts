import type { IBatch } from '../events';
import type { Application } from './application';
import type { CellRun } from './cell-run';
import { Changed } from './changed';

/** Something the panel must say in one line; codes in docs/protocol.md, section 5. */
export interface INotice {
  readonly code: string;
  readonly detail: string;
  /** ms since 1970. */
  readonly time: number;
  /** Ordinal of the application it is about; 0 = the kernel. */
  readonly application: number;
}

/** The kernel, as it introduced itself. */
export interface IKernelInfo {
  readonly protocolVersion: number;
  readonly sparkglassVersion: string;
  readonly pythonVersion: string;
  readonly pysparkVersion: string | null;
  readonly ipykernelVersion: string | null;
  /** ms since 1970. */
  readonly time: number;
}

/**
 * Everything one kernel, one log or one saved cell said.
 */
export class Session {
  /** Emits the new `revision` after every batch. */
  readonly changed = new Changed<number>();

  /** Counts batches. */
  get revision(): number {
    return this._revision;
  }

  /** By ordinal. */
  readonly applications = new Map<number, Application>();

  /** The application that came last. */
  get latest(): Application | null {
    return null;
  }

  /** By run id, oldest first. */
  readonly runs = new Map<string, CellRun>();

  /** The run that is going on. */
  get activeRun(): CellRun | null {
    return null;
  }

  readonly notices: readonly INotice[] = [];
  readonly kernel: IKernelInfo | null = null;
  /** Lines that could not be read. */
  readonly badLines: number = 0;

  /** The runs of a cell, oldest first. */
  runsOfCell(cellId: string): readonly CellRun[] {
    return [];
  }

  /** Take in what happened: the only way to write the model. One `changed` a batch. */
  apply(batch: IBatch): void {
    this._revision++;
    this.changed.emit(this._revision);
  }

  private _revision = 0;
}
