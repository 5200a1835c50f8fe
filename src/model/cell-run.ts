import type { Application } from './application';
import type { Curve } from './curve';
import type { Job } from './job';
import type { StreamingQuery } from './streaming-query';

/** A variable that holds a DataFrame which a run made or changed. */
export interface IDataFrameNote {
  readonly name: string;
  /** Operators of its logical plan, from the source up. */
  readonly operations: readonly string[];
  /** Those the run added. */
  readonly added: readonly string[];
  readonly streaming: boolean;
}

/** A job and the application it ran in. */
export interface IRunJob {
  readonly application: Application;
  readonly job: Job;
}

/** A streaming query and the application it runs in. */
export interface IRunQuery {
  readonly application: Application;
  readonly query: StreamingQuery;
}

/** One execution of one cell. */
export class CellRun {
  constructor(
    /** `Run ID`; what jobs carry as `sparkglass.cell`. */
    readonly id: string
  ) {}

  cellId = '';
  /** The run of the same cell before it. */
  previous: CellRun | null = null;
  /** Counts the runs of its kernel from 1. */
  number = 0;
  /** ms since 1970. */
  startTime = 0;
  endTime: number | null = null;
  status: 'running' | 'ok' | 'error' = 'running';
  /** Class name of the exception. */
  error: string | null = null;
  dataFrames: readonly IDataFrameNote[] = [];
  /** In the order of submission. */
  readonly jobs: IRunJob[] = [];
  /** Streaming queries that it started, in the order in which they were heard of. */
  readonly queries: IRunQuery[] = [];
  /** Training curves that it opened, in the order in which they were heard of. */
  readonly curves: Curve[] = [];

  /** Whether there is anything to show for it: of Spark, or a curve. */
  get usedSpark(): boolean {
    return (
      this.jobs.length > 0 ||
      this.queries.length > 0 ||
      this.dataFrames.length > 0 ||
      this.curves.length > 0
    );
  }
}
