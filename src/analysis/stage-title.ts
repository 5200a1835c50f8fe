import type { Application, Job, StageAttempt } from '../model';
import { readCallSite, type ICallSite } from './call-site';

/** What a job or a stage was asked for. */
export interface ITitle {
  /** What the user called it, or null. */
  readonly description: string | null;
  /** Which call of the user's it serves. */
  readonly site: ICallSite;
}

/** Calls that PySpark makes under another name than the user's. */
const PYTHON_NAMES: ReadonlyMap<string, string> = new Map([
  ['showString', 'show'],
  ['getRowsToPython', 'show'],
  ['collectToPython', 'collect'],
  ['toPythonIterator', 'toLocalIterator'],
  ['collectAsArrowToPython', 'toPandas'],
  ['readRDDFromFile', 'parallelize']
]);

/** What a job was asked for: the user's own description, else the call. */
export function jobTitle(application: Application, job: Job): ITitle {
  const execution =
    job.sqlExecutionId === null
      ? undefined
      : application.sql.get(job.sqlExecutionId);
  const site = named(job.name);
  return {
    description: plain(job.description),
    site:
      execution && site.action === null ? named(execution.description) : site
  };
}

/**
 * What a stage was asked for. Stages that adaptive execution starts carry the
 * name of a thread pool; the job's query then says it.
 */
export function stageTitle(
  application: Application,
  stage: StageAttempt,
  job: Job | null
): ITitle {
  const own = named(stage.name);
  const jobs = job ? jobTitle(application, job) : null;
  return {
    description: plain(stage.description) ?? jobs?.description ?? null,
    site: own.action === null && jobs ? jobs.site : own
  };
}

/**
 * A description without the tags that Spark's own UI takes in one (`UIUtils.makeDescription`), as those of DStreams have, and without the
 * two ids in front of a batch's number (`StreamExecution.getBatchDescriptionString`), which leave it no room; null for none.
 */
function plain(description: string | null): string | null {
  return (
    description
      ?.replace(/<\/?(?:a|span|br)\b[^>]*>/g, '')
      .replace(/^(?:id|runId) = [0-9a-f-]{36}\n/gm, '')
      .trim() || null
  );
}

/** A call site with the name that Python's users know a call by. */
export function named(text: string): ICallSite {
  const site = readCallSite(text);
  const name = site.action === null ? undefined : PYTHON_NAMES.get(site.action);
  return name ? { ...site, action: name } : site;
}
