import { jobBands, jobTimeMs } from '../../analysis/job-bands';
import { summarise } from '../../analysis/run-summary';
import { formatCount, formatDuration, formatShare } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { Application } from '../../model';

/** From this share of the time without a job on, that is the news. */
const MOSTLY_IDLE = 0.5;

/**
 * What an application comes to in one sentence: failures first, then time in which it had nothing to do, then its size.
 *
 * @param now - where what still runs ends, ms since 1970.
 */
export function overviewVerdict(
  application: Application,
  now: number,
  trans: ITranslation
): string {
  const jobs = application.jobs.size;
  if (jobs === 0) {
    return trans.__('No job ran.');
  }
  const { jobsFailed, tasks } = summarise(application);
  const bands = jobBands(application, now);
  const from = application.startTime ?? bands[0]?.from ?? now;
  const spanMs = Math.max(0, (application.endTime ?? now) - from);
  const what = trans.__(
    '%1 and %2 in %3',
    trans._n('%2 job', '%2 jobs', jobs, formatCount(jobs)),
    trans._n('%2 task', '%2 tasks', tasks, formatCount(tasks)),
    formatDuration(spanMs)
  );
  if (jobsFailed > 0) {
    return trans.__(
      '%1; %2',
      what,
      trans._n(
        '%2 job failed',
        '%2 jobs failed',
        jobsFailed,
        formatCount(jobsFailed)
      )
    );
  }
  const idle = spanMs > 0 ? 1 - jobTimeMs(bands) / spanMs : 0;
  return idle >= MOSTLY_IDLE
    ? trans.__('%1; no job ran for %2 of that time', what, formatShare(idle))
    : what;
}
