import {
  batchesOfLog,
  COLUMN_COUNT,
  Column,
  Kind,
  Reason,
  rowsFrom,
  type ISparkEvent
} from '../events';
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

  it('is never far off', () => {
    const known = all.filter(
      ({ job, done, remainingMs }) =>
        job === 1 && remainingMs !== null && done >= 10 && done <= 34
    );
    expect(known.length).toBeGreaterThan(20);
    for (const { remainingMs, trueMs } of known) {
      // Tasks became shorter and longer on the busy machine that wrote the log.
      expect(remainingMs).toBeLessThan(Math.max(trueMs * 2.5, 500));
      expect(remainingMs).toBeGreaterThan(trueMs / 2.5 - 500);
    }
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

/** A stage of 40 tasks of which `done` have ended, one every 100 ms from 1000 on; then something at `now`. */
function estimate(done: number, now: number, more: ISparkEvent[] = []) {
  const stage = {
    'Stage ID': 0,
    'Stage Attempt ID': 0,
    'Number of Tasks': 40,
    'Submission Time': 900
  };
  const rows = Array.from({ length: done }, (_, task) => {
    const row = new Array<number>(COLUMN_COUNT).fill(0);
    row[Column.kind] = Kind.ended;
    row[Column.reason] = Reason.success;
    row[Column.taskId] = row[Column.index] = task;
    row[Column.launchTime] = 950 + task * 100;
    row[Column.durationMs] = 50;
    return row;
  });
  const session = new Session();
  session.apply({
    application: 1,
    backfill: false,
    events: [
      {
        Event: 'SparkListenerJobStart',
        'Job ID': 0,
        'Submission Time': 890,
        'Stage Infos': [stage],
        'Stage IDs': [0],
        Properties: { 'spark.sql.execution.id': '3' }
      },
      { Event: 'SparkListenerStageSubmitted', 'Stage Info': stage }
    ],
    rows: null
  });
  session.apply({
    application: 1,
    backfill: false,
    events: [...more, { Event: 'SparkglassQueue', Time: now }],
    rows: rowsFrom(rows)
  });
  return summarise(session.latest!).remainingMs;
}

describe('with a task every 100 ms', () => {
  it.each([
    [7, 1600, null],
    [8, 1700, 3200],
    [20, 2900, 2000],
    [39, 4800, 100],
    [40, 4900, 0]
  ])('and %i of 40 done, at %i it says %p', (done, now, remainingMs) => {
    expect(estimate(done, now)).toBe(remainingMs);
  });

  it('it grows while nothing ends', () => {
    expect(estimate(20, 4500)).toBe(4000);
  });

  it('it says nothing while a plan may change', () => {
    const plan = (simpleString: string): ISparkEvent => ({
      Event:
        'org.apache.spark.sql.execution.ui.SparkListenerSQLAdaptiveExecutionUpdate',
      executionId: 3,
      sparkPlanInfo: { simpleString }
    });
    const changing = plan('AdaptiveSparkPlan isFinalPlan=false');
    const settled = plan('AdaptiveSparkPlan isFinalPlan=true');
    expect(estimate(20, 2900, [changing])).toBeNull();
    expect(estimate(20, 2900, [settled])).toBe(2000);
  });
});
