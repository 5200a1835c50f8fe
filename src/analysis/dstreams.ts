// Derived (2): how DStreams do, by the jobs of their batches, which are all that Spark's listener tells of them.
import type { Application, Job, StreamingQuery } from '../model';
import { nthSmallest } from './nth';

/** Batches may be without jobs for so many times the time between two of them, and at least for so long, ms. */
const QUIET_BATCHES = 5;
const QUIET_MS = 10_000;
/** The newest batches that say how far apart they are. */
const RECENT = 20;

/**
 * The time between two batches, ms: the shortest of the newest, as a batch without jobs leaves a gap; NaN while there is only one.
 */
export function batchIntervalMs(query: StreamingQuery): number {
  const times = query.batches.column('time').slice(-RECENT - 1);
  const gaps = times.subarray(1).map((time, i) => time - times[i]!);
  return gaps.length > 0 ? gaps.reduce((a, b) => Math.min(a, b)) : NaN;
}

/** The median time from the time of a batch to the end of its last job, over the newest batches, ms; NaN while there is none. */
export function totalDelayMs(query: StreamingQuery): number {
  const waited = query.batches.column('waitedMs').slice(-RECENT);
  const took = query.batches.column('durationMs').slice(-RECENT);
  const delays = waited.map((wait, i) => wait + took[i]!);
  return delays.length > 0 ? nthSmallest(delays, delays.length >> 1) : NaN;
}

/** How long no batch has had a job, ms; 0 while one works. */
export function quietMs(app: Application, query: StreamingQuery): number {
  const { batches } = query;
  const last = batches.length - 1;
  const jobs = [...query.jobIds.values()].at(-1) ?? [];
  if (jobs.some(id => app.jobs.get(id)?.status === 'running')) {
    return 0;
  }
  const end =
    batches.at(last, 'time') +
    batches.at(last, 'waitedMs') +
    batches.at(last, 'durationMs');
  return Math.max(0, app.now - end) || 0;
}

/** Whether DStreams have had nothing to do for so long that they may have been stopped: that is not told. */
export function isQuiet(app: Application, query: StreamingQuery): boolean {
  const interval = batchIntervalMs(query) || 0;
  return quietMs(app, query) > Math.max(QUIET_MS, QUIET_BATCHES * interval);
}

/** The jobs that are the receivers of DStreams: they begin with the first batch, and carry nothing that says whose they are. */
export function receiversOf(app: Application, query: StreamingQuery): Job[] {
  const { batches, startTime } = query;
  const until = batches.at(batches.length - 1, 'time') || app.now;
  const earliest =
    (startTime ?? app.now) - 2 * Math.max(1000, batchIntervalMs(query) || 0);
  return [...app.jobs.values()].filter(
    job =>
      isReceiver(job) &&
      (job.submissionTime ?? 0) >= earliest &&
      (job.submissionTime ?? 0) <= until
  );
}

/** Whether a job is a receiver of DStreams: `ReceiverTracker` starts it as a job of one task, which runs as long as they do. */
export function isReceiver(job: Job): boolean {
  return /^Streaming job running receiver \d+$/.test(job.description ?? '');
}
