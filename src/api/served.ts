import type { Application } from '../model';

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

/** Whether the log is of that Spark or a later one; each is answered as the History Server of its own version answers. */
export function isSince(
  app: Application,
  major: number,
  minor: number
): boolean {
  const [own = 0, ownMinor = 0] = app.sparkVersion.split('.').map(Number);
  return own > major || (own === major && ownMinor >= minor);
}
