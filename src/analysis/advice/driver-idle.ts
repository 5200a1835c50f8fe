import type { Job } from '../../model';
import type { Advice } from './advice';
import { WORTH_MS, type IEvidence, type IRule } from './evidence';

/** Part of the run in which Spark had nothing to do. */
const PART_OF_RUN = 0.25;

interface IPause {
  readonly ms: number;
  readonly before: Job;
  readonly after: Job;
}

/**
 * Spark waits while the cell's own Python works between its jobs. Only of runs of cells: what lies between the cells of an application is
 * somebody who thinks.
 */
export const driverIdle: IRule = {
  id: 'driverIdle',
  needs: [],
  judge(evidence: IEvidence): readonly Advice[] {
    const { application, scope, from, to } = evidence;
    const pauses = scope.kind === 'run' ? pausesOf(evidence) : [];
    const idleMs = pauses.reduce((sum, { ms }) => sum + ms, 0);
    if (idleMs < WORTH_MS || idleMs < (to - from) * PART_OF_RUN) {
      return [];
    }
    const longest = pauses.reduce((a, b) => (b.ms > a.ms ? b : a));
    return [
      {
        rule: 'driverIdle',
        certainty: 'likely',
        about: {
          application,
          stage: null,
          taskRow: null,
          executionId: longest.after.sqlExecutionId,
          planNode: null,
          query: null
        },
        gainMs: idleMs,
        idleMs,
        wallMs: to - from,
        jobs: evidence.jobs.length,
        before: longest.before.id,
        after: longest.after.id,
        longestMs: longest.ms,
        tryThis: {
          kind: 'code',
          before: [
            'for key in keys:',
            '    rows = df.filter(F.col("key") == key).collect()'
          ],
          after: ['df.groupBy("key").agg(F.sum("value"))']
        }
      }
    ];
  }
};

/** Times between jobs in which no query was open either, longest included. */
function pausesOf({ application, jobs }: IEvidence): readonly IPause[] {
  const pauses: IPause[] = [];
  const spans = jobs
    .filter(job => job.submissionTime !== null)
    .map(job => {
      const execution = application.sql.get(job.sqlExecutionId ?? -1);
      return {
        job,
        from: Math.min(
          job.submissionTime!,
          execution?.submissionTime ?? Infinity
        ),
        to: Math.max(
          job.completionTime ?? Infinity,
          execution?.completionTime ?? -Infinity
        )
      };
    })
    .sort((a, b) => a.from - b.from);
  let last = spans[0];
  for (const span of spans.slice(1)) {
    if (last && span.from > last.to) {
      pauses.push({
        ms: span.from - last.to,
        before: last.job,
        after: span.job
      });
    }
    last = last && last.to > span.to ? last : span;
  }
  return pauses;
}
