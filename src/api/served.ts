import type { Application } from '../model';

/** Each log is answered as the History Server of its own version answers. */
export { isSince } from '../model';

/** One event log, read, and what is known of its file. */
export interface IServedLog {
  readonly application: Application;
  /** When the file was last written, ms since 1970. */
  readonly modifiedTime: number;
  /** The folder that is served, as a URL. */
  readonly folder: string;
}

/** What Spark's formats depend on. */
export interface IServed {
  readonly log: IServedLog;
  readonly application: Application;
  /** Now, ms since 1970: what Spark counts up to while an application runs. */
  readonly now: number;
}
