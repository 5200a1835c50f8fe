import { formatCount } from '../draw/format';
import type { Sparkglass } from './sparkglass';

/** What the status bar says of the notebook in front; null when it has no live Spark. */
export function statusOf(
  service: Sparkglass
): { words: string; explained: string } | null {
  const link = service.current?.link;
  const application = link?.session.latest;
  if (!link || !application || link.state !== 'live') {
    return null;
  }
  let busy = 0;
  let cores = 0;
  for (const executor of application.executors.values()) {
    if (executor.isActive) {
      busy += executor.activeTasks;
      cores += executor.cores;
    }
  }
  let running = 0;
  for (const job of application.jobs.values()) {
    running += job.status === 'running' ? 1 : 0;
  }
  const { trans } = service;
  const all = cores || application.cores;
  return {
    words: trans.__(
      'Spark: %1 of %2 cores busy · %3',
      formatCount(Math.min(busy, all)),
      formatCount(all),
      trans._n('%2 job', '%2 jobs', running, formatCount(running))
    ),
    explained: trans.__(
      'Cores that work on a task right now, and jobs that are running. Click for the Spark panel.'
    )
  };
}
