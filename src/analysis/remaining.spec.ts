import { batchesOfLog } from '../events';
import { answersTo, linesOf } from '../model/fixtures/read.cjs';
import { Session } from '../model';
import { summarise } from './run-summary';

/** What was estimated at every event of a log, and by how much the last task of the job was still away. */
interface IEstimate {
  readonly job: number;
  readonly activeStage: number | undefined;
  readonly done: number;
  readonly remainingMs: number | null;
  readonly trueMs: number;
}

function estimates(name: string): IEstimate[] {
  const spark = answersTo(name);
  const endOf = (id: number): number =>
    Date.parse(
      spark.jobs
        .find(job => job.jobId === id)
        .completionTime.replace('GMT', 'Z')
    );
  const session = new Session();
  const result: IEstimate[] = [];
  for (const batch of batchesOfLog(linesOf(name), { size: 1 })) {
    session.apply(batch);
    const app = session.latest!;
    const job = [...app.jobs.values()].find(each => each.status === 'running');
    if (job) {
      const active = job.stages.find(stage => stage.status === 'active');
      const { remainingMs } = summarise([{ application: app, job }]);
      result.push({
        job: job.id,
        activeStage: active?.id,
        done: active?.numCompletedIndices ?? 0,
        remainingMs,
        trueMs: endOf(job.id) - app.now
      });
    }
  }
  return result;
}

describe.each(['steady-3.5', 'steady-4.3'])('the log %s', name => {
  const all = estimates(name);
  const [first, second] = answersTo(name)
    .jobs.find(job => job.jobId === 1)
    .stageIds.slice()
    .sort((a: number, b: number) => a - b);

  it('has no estimate while a later stage has not begun', () => {
    const early = all.filter(
      ({ job, activeStage }) => job === 1 && activeStage === first
    );
    expect(early.length).toBeGreaterThan(60);
    expect(early.every(({ remainingMs }) => remainingMs === null)).toBe(true);
  });

  it('has none before 8 tasks of the last stage have finished', () => {
    const last = all.filter(
      ({ job, activeStage }) => job === 1 && activeStage === second
    );
    for (const { done, remainingMs } of last) {
      expect(remainingMs === null).toBe(done < 8);
    }
    expect(last.some(({ done }) => done >= 8)).toBe(true);
  });

  it('estimates within a half of what it took, mostly', () => {
    const known = all.filter(
      ({ job, done, remainingMs }) =>
        job === 1 && remainingMs !== null && done >= 10 && done <= 34
    );
    expect(known.length).toBeGreaterThan(20);
    const good = known.filter(
      ({ remainingMs, trueMs }) =>
        Math.abs(remainingMs! - trueMs) < Math.max(trueMs * 0.5, 250)
    );
    // Tasks took longer and shorter on the machine that wrote the log.
    expect(good.length / known.length).toBeGreaterThan(0.75);
  });

  it('has none while adaptive execution may add jobs', () => {
    const { sql } = answersTo(name);
    const last = Math.max(...sql[0].successJobIds);
    const adaptive = all.filter(({ job }) => job > 1 && job < last);
    expect(adaptive.some(({ done }) => done >= 8)).toBe(true);
    expect(adaptive.every(({ remainingMs }) => remainingMs === null)).toBe(
      true
    );
  });
});
