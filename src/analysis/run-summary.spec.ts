import { batchesOfLog, type IBatch, type ISparkEvent } from '../events';
import { answersTo, linesOf, logs } from '../model/fixtures/read.cjs';
import { Session, type Application, type IRunJob } from '../model';
import { isCancelled, summarise, type IRunSummary } from './run-summary';

function sessionOf(lines: readonly string[], ...more: ISparkEvent[]): Session {
  const session = new Session();
  batchesOfLog(lines).forEach(batch => session.apply(batch));
  session.apply(batchOf(1, ...more));
  return session;
}

function batchOf(application: number, ...events: ISparkEvent[]): IBatch {
  return { application, backfill: false, events, rows: null };
}

function jobsOf(app: Application, ...ids: number[]): IRunJob[] {
  return ids.map(id => ({ application: app, job: app.jobs.get(id)! }));
}

function summaryOf(name: string, ...ids: number[]): IRunSummary {
  return summarise(jobsOf(sessionOf(linesOf(name)).latest!, ...ids));
}

describe.each(logs)('the log %s', name => {
  const { stages } = answersTo(name);
  const { jobs } = answersTo(name);
  const summary = summarise(sessionOf(linesOf(name)).latest!);
  const total = (field: string): number =>
    stages.reduce((sum, stage) => sum + stage[field], 0);

  it('adds up to what Spark says of its stages', () => {
    // Of a stage that a later job lists again, Spark forgets what it did.
    const forgotten = name.startsWith('together');
    expect(summary.jobs).toBe(jobs.length);
    expect(summary.jobsFailed).toBe(
      jobs.filter(job => job.status === 'FAILED').length
    );
    expect(summary.tasksFailed).toBe(total('numFailedTasks'));
    expect(summary.tasksKilled).toBe(total('numKilledTasks'));
    expect(summary.tasksDone).toBe(
      total('numCompletedIndices') + (forgotten ? 6 : 0)
    );
    expect(summary.stagesFailed).toBe(
      stages.filter(stage => stage.status === 'FAILED').length
    );
    expect(summary.tasksActive).toBe(0);
    if (!forgotten) {
      expect(summary.inputBytes).toBe(total('inputBytes'));
      expect(summary.inputRecords).toBe(total('inputRecords'));
      expect(summary.outputBytes).toBe(total('outputBytes'));
      expect(summary.shuffleReadBytes).toBe(total('shuffleReadBytes'));
      expect(summary.shuffleWriteBytes).toBe(total('shuffleWriteBytes'));
      expect(summary.runTimeMs).toBe(total('executorRunTime'));
      expect(summary.gcTimeMs).toBe(total('jvmGcTime'));
    }
  });

  it('has a bar of all attempts that ran, in order', () => {
    const ran = stages
      .filter(stage => stage.submissionTime !== undefined)
      .map(stage => `${stage.stageId}.${stage.attemptId}`)
      .reverse();
    expect(summary.segments.map(segment => segment.stageKey)).toEqual(ran);
    const whole = summary.segments.reduce((sum, { share }) => sum + share, 0);
    expect(whole).toBeCloseTo(1, 12);
  });

  it('never says more is done than there is, while it runs', () => {
    const session = new Session();
    let last = 0;
    for (const batch of batchesOfLog(linesOf(name), { size: 5 })) {
      session.apply(batch);
      const now = summarise(session.latest!);
      expect(now.tasksDone).toBeLessThanOrEqual(now.tasks);
      expect(now.stagesDone).toBeLessThanOrEqual(now.stages);
      expect(now.durationMs).toBeGreaterThanOrEqual(last);
      expect(now.remainingMs ?? 0).toBeGreaterThanOrEqual(0);
      expect(now.endTime === null).toBe(
        now.state === 'running' || now.jobs === 0
      );
      for (const { done, share } of now.segments) {
        expect(done).toBeGreaterThanOrEqual(0);
        expect(done).toBeLessThanOrEqual(1);
        expect(share).toBeGreaterThan(0);
      }
      last = now.durationMs;
    }
  });
});

describe('what was skipped', () => {
  it('is no part of what ran', () => {
    const { stages, stagesDone, stagesSkipped, tasks, tasksDone, ...rest } =
      summaryOf('everyday-4.3', 1);
    expect([stages, stagesDone, stagesSkipped]).toEqual([1, 1, 1]);
    expect([tasks, tasksDone, rest.tasksSkipped]).toEqual([3, 3, 4]);
    expect(rest.segments.length).toBe(1);
  });

  it('may have run for another job of the same run', () => {
    const both = summaryOf('everyday-4.3', 0, 1);
    expect([both.stages, both.stagesSkipped]).toEqual([3, 1]);
  });

  it.each(['together-3.5', 'together-4.3'])(
    'is a stage that was over before the job: %s',
    name => {
      const { stages, tasks, tasksSkipped } = summaryOf(name, 4);
      expect([stages, tasks, tasksSkipped]).toEqual([1, 2, 6]);
      // Shared by three jobs, it is there once.
      const all = summaryOf(name, 1, 3, 4);
      expect([all.stages, all.tasks, all.tasksDone]).toEqual([4, 12, 12]);
      expect([all.stagesSkipped, all.tasksSkipped]).toEqual([0, 0]);
    }
  );
});

describe('a stage that was tried again', () => {
  it('is one stage of two attempts, and its tasks are there once', () => {
    const summary = summaryOf('retries-4.3', 1);
    expect([summary.stages, summary.stagesDone]).toEqual([2, 2]);
    expect([summary.stagesFailed, summary.tasksFailed]).toEqual([1, 3]);
    expect([summary.tasks, summary.tasksDone]).toEqual([7, 7]);
    expect(
      summary.segments.map(({ stageKey, state }) => [stageKey, state])
    ).toEqual([
      ['2.1', 'complete'],
      ['3.0', 'failed'],
      ['3.1', 'complete']
    ]);
    expect(summary.state).toBe('succeeded');
  });
});

describe('the state', () => {
  it.each(['failures-3.5', 'failures-4.3'])(
    'tells failed from cancelled: %s',
    name => {
      const state = (...ids: number[]): string => summaryOf(name, ...ids).state;
      expect([state(0, 1), state(2), state(3), state(4)]).toEqual([
        'succeeded',
        'failed',
        'cancelled',
        'failed'
      ]);
      expect([state(0, 3), state(2, 3)]).toEqual(['cancelled', 'failed']);
    }
  );

  it.each([
    ['Job 3 cancelled because Stage 5 was cancelled', true],
    ['[SPARK_JOB_CANCELLED] Job 12 cancelled  SQLSTATE: XXKDA', true],
    ['Job aborted due to stage failure: ValueError: Job 3 cancelled', false],
    ['order cancelled', false],
    [null, false]
  ])('knows the words of Spark: %s', (error, cancelled) => {
    const [entry] = jobsOf(sessionOf(linesOf('failures-4.3')).latest!, 3);
    entry!.job.error = error;
    expect(isCancelled(entry!.job)).toBe(cancelled);
  });

  it('is running until the last job has ended', () => {
    const lines = linesOf('retries-4.3');
    const last = lines.findIndex(line =>
      line.startsWith('{"Event":"SparkListenerJobEnd","Job ID":4')
    );
    const before = summarise(sessionOf(lines.slice(0, last)).latest!);
    expect([before.state, before.endTime, before.jobsDone]).toEqual([
      'running',
      null,
      4
    ]);
    const after = summarise(sessionOf(lines.slice(0, last + 1)).latest!);
    expect([after.state, after.jobsDone]).toEqual(['succeeded', 5]);
    const { jobs } = answersTo('retries-4.3');
    const time = (text: string): number => Date.parse(text.replace('GMT', 'Z'));
    expect(after.startTime).toBe(time(jobs[4].submissionTime));
    expect(after.endTime).toBe(time(jobs[0].completionTime));
    expect(after.durationMs).toBe(after.endTime! - after.startTime!);
  });

  it('is failed when the driver died under a job', () => {
    const lines = linesOf('retries-4.3');
    const middle = lines.findIndex(line => line.includes('"ExecutorLost'));
    const { latest } = sessionOf(lines.slice(0, middle), {
      Event: 'SparkglassApplicationEnd',
      Time: 1795519999999,
      Reason: 'gone'
    });
    const summary = summarise(latest!);
    expect([summary.state, summary.jobsFailed]).toEqual(['failed', 1]);
    expect(summary.stagesActive).toBe(0);
    expect(summary.tasksActive).toBe(0);
    expect(summary.segments[summary.segments.length - 1]!.state).toBe('failed');
    expect(summary.remainingMs).toBeNull();
  });
});

describe('a run of a cell', () => {
  const start = {
    Event: 'SparkglassCellStart',
    'Run ID': 'r',
    'Cell ID': 'c',
    Number: 1,
    Time: 100
  };
  const end = (more: object): ISparkEvent => ({
    Event: 'SparkglassCellEnd',
    'Run ID': 'r',
    Time: 130,
    Status: 'ok',
    ...more
  });

  function runOf(...events: ISparkEvent[]): IRunSummary {
    const session = new Session();
    session.apply(batchOf(0, ...events));
    return summarise(session.runs.get('r')!);
  }

  it('is running before its first job', () => {
    const summary = runOf(start);
    expect([summary.state, summary.startTime, summary.endTime]).toEqual([
      'running',
      100,
      null
    ]);
  });

  it('is planned when it made DataFrames only', () => {
    const summary = runOf(start, end({ DataFrames: [{ Name: 'df' }] }));
    expect(summary.state).toBe('planned');
    expect([summary.startTime, summary.endTime, summary.durationMs]).toEqual([
      100, 130, 30
    ]);
    expect([summary.segments, summary.remainingMs]).toEqual([[], null]);
  });

  it('without Spark is what the cell was', () => {
    expect(runOf(start, end({})).state).toBe('succeeded');
    expect(runOf(start, end({ Status: 'error' })).state).toBe('failed');
  });

  it('is running between two jobs', () => {
    const session = sessionOf(linesOf('steady-4.3').slice(0, -1));
    session.apply(batchOf(0, { ...start, Time: 0 }));
    const run = session.runs.get('r')!;
    expect(run.jobs.length).toBe(session.latest!.jobs.size);
    expect(summarise(run).state).toBe('running');
    session.apply(batchOf(0, { ...end({}), Time: 9e12 }));
    expect(summarise(run).state).toBe('succeeded');
  });
});

it('sums up an application without jobs, and no jobs at all', () => {
  const empty = summarise(
    sessionOf(['{"Event":"SparkListenerLogStart"}']).latest!
  );
  expect(empty).toEqual(summarise([]));
  expect([empty.state, empty.startTime, empty.durationMs]).toEqual([
    'succeeded',
    null,
    0
  ]);
});
