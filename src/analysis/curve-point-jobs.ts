// A range (3) of the jobs: those that made one point of a line.
import type { Application, CurveLine, Job } from '../model';

/** A job, and whose it is. */
export interface IPointJob {
  readonly application: Application;
  readonly job: Job;
}

/** The jobs that made a point, by id: those of its micro-batch, and those that its learner's step ran. */
export function jobsOfPoint(
  line: CurveLine,
  row: number,
  applications: Iterable<Application>
): readonly IPointJob[] {
  const { points, curve } = line;
  const batchId = points.at(row, 'batchId');
  const runId = points.originOf(row)?.queryRunId ?? null;
  const elapsed = points.column('elapsedMs');
  // Those that ended after the point before it, and not after it; what ended after all is of the last.
  const from = row > 0 ? elapsed[row - 1]! + curve.startTime : -Infinity;
  const to =
    row < points.length - 1 ? elapsed[row]! + curve.startTime : Infinity;
  const found: IPointJob[] = [];
  for (const application of applications) {
    const ids = new Set(
      runId === null || Number.isNaN(batchId)
        ? []
        : application.streams.get(runId)?.jobIds.get(batchId)
    );
    const jobs: Job[] = [];
    for (const id of ids) {
      const job = application.jobs.get(id);
      if (job && job.curve === null) {
        jobs.push(job);
      }
    }
    for (const job of application.jobsOfLine(curve.id, line.id)) {
      const time = job.completionTime ?? application.now;
      if (ids.has(job.id) || (time > from && time <= to)) {
        jobs.push(job);
      }
    }
    jobs.sort((a, b) => a.id - b.id);
    found.push(...jobs.map(job => ({ application, job })));
  }
  return found;
}
