import type { IBatch, ISparkEvent } from '../events';
import { Session } from './session';

function kernel(...events: ISparkEvent[]): IBatch {
  return { application: 0, backfill: false, events, rows: null };
}

function spark(application: number, ...events: ISparkEvent[]): IBatch {
  return { application, backfill: false, events, rows: null };
}

function start(id: string, cell: string, number: number, time: number) {
  return {
    Event: 'SparkglassCellStart',
    'Run ID': id,
    'Cell ID': cell,
    Number: number,
    Time: time
  };
}

function end(id: string, time: number, more: object = {}): ISparkEvent {
  return {
    Event: 'SparkglassCellEnd',
    'Run ID': id,
    Time: time,
    Status: 'ok',
    ...more
  };
}

function job(id: number, time: number, properties: object = {}): ISparkEvent {
  return {
    Event: 'SparkListenerJobStart',
    'Job ID': id,
    'Submission Time': time,
    'Stage Infos': [],
    'Stage IDs': [],
    Properties: properties
  };
}

function jobsOf(session: Session, runId: string): (string | number)[][] {
  return session.runs
    .get(runId)!
    .jobs.map(({ application, job }) => [
      application.ordinal,
      job.id,
      job.attribution!
    ]);
}

describe('runs of cells', () => {
  it('have their status, their times and their DataFrames', () => {
    const session = new Session();
    session.apply(kernel(start('r1', 'cell', 1, 100)));
    const run = session.runs.get('r1')!;
    expect(session.activeRun).toBe(run);
    expect([run.status, run.startTime, run.endTime]).toEqual([
      'running',
      100,
      null
    ]);
    session.apply(
      kernel(
        end('r1', 150, {
          Status: 'error',
          Error: 'ValueError',
          DataFrames: [
            {
              Name: 'df',
              Operations: ['Range', 'Filter'],
              New: ['Filter'],
              Streaming: false
            },
            null,
            { Name: 5 }
          ]
        })
      )
    );
    expect(session.activeRun).toBeNull();
    expect([run.status, run.endTime, run.error]).toEqual([
      'error',
      150,
      'ValueError'
    ]);
    expect(run.dataFrames).toEqual([
      {
        name: 'df',
        operations: ['Range', 'Filter'],
        added: ['Filter'],
        streaming: false
      },
      { name: '', operations: [], added: [], streaming: false }
    ]);
    expect(run.usedSpark).toBe(true);
  });

  it('of a cell are in order, and each is there once', () => {
    const session = new Session();
    session.apply(
      kernel(
        start('r2', 'a', 2, 200),
        start('r1', 'a', 1, 100),
        start('r3', 'b', 3, 300),
        start('r2', 'a', 2, 200)
      )
    );
    expect(session.runsOfCell('a').map(run => run.id)).toEqual(['r1', 'r2']);
    const [first, second] = session.runsOfCell('a');
    expect([first!.previous, second!.previous]).toEqual([null, first]);
    expect(session.runsOfCell('b').map(run => run.number)).toEqual([3]);
    expect(session.runsOfCell('c')).toEqual([]);
    expect(session.activeRun!.id).toBe('r3');
  });

  it('may end before they are known to have begun', () => {
    const session = new Session();
    session.apply(kernel(end('r1', 150), start('r1', 'a', 1, 100)));
    const [run] = session.runsOfCell('a');
    expect([run!.status, run!.startTime, run!.endTime]).toEqual([
      'ok',
      100,
      150
    ]);
  });
});

describe('a job belongs to the run', () => {
  it('that its property names, whenever it was submitted', () => {
    const session = new Session();
    session.apply(
      kernel(start('r1', 'a', 1, 100), end('r1', 150), start('r2', 'b', 2, 160))
    );
    session.apply(
      spark(
        1,
        job(1, 170, { 'sparkglass.cell': 'r1' }),
        job(0, 120, { 'sparkglass.cell': 'r1' })
      )
    );
    expect(jobsOf(session, 'r1')).toEqual([
      [1, 0, 'property'],
      [1, 1, 'property']
    ]);
    expect(jobsOf(session, 'r2')).toEqual([]);
  });

  it('that is heard of later', () => {
    const session = new Session();
    session.apply(spark(1, job(0, 120, { 'sparkglass.cell': 'r1' })));
    expect(session.runs.size).toBe(0);
    session.apply(kernel(start('r1', 'a', 1, 100)));
    expect(jobsOf(session, 'r1')).toEqual([[1, 0, 'property']]);
  });

  it('that was running, when it names none', () => {
    const session = new Session();
    session.apply(
      kernel(start('r1', 'a', 1, 100), end('r1', 150), start('r2', 'b', 2, 160))
    );
    session.apply(spark(1, job(0, 150), job(1, 155), job(2, 170), job(3, 99)));
    expect(jobsOf(session, 'r1')).toEqual([[1, 0, 'time']]);
    expect(jobsOf(session, 'r2')).toEqual([[1, 2, 'time']]);
    const { jobs } = session.latest!;
    expect([jobs.get(1)!.cellRunId, jobs.get(3)!.attribution]).toEqual([
      null,
      null
    ]);
  });

  it('only once it is clear which', () => {
    const session = new Session();
    session.apply(kernel(start('r1', 'a', 1, 100)));
    session.apply(kernel(start('r2', 'b', 2, 200)));
    // When the first ended is not known.
    session.apply(spark(1, job(0, 150), job(1, 250)));
    expect(jobsOf(session, 'r1')).toEqual([]);
    expect(jobsOf(session, 'r2')).toEqual([[1, 1, 'time']]);
    session.apply(kernel(end('r1', 190)));
    expect(jobsOf(session, 'r1')).toEqual([[1, 0, 'time']]);
  });

  it('never by time when it is a batch of a stream', () => {
    const session = new Session();
    session.apply(kernel(start('r1', 'a', 1, 100)));
    session.apply(
      spark(
        1,
        job(0, 120, {
          'sql.streaming.queryId': 'q',
          'streaming.sql.batchId': '7'
        })
      )
    );
    expect(jobsOf(session, 'r1')).toEqual([]);
    const { streamQueryId, batchId } = session.latest!.jobs.get(0)!;
    expect([streamQueryId, batchId]).toEqual(['q', 7]);
  });

  it('once, even when its start comes twice', () => {
    const session = new Session();
    session.apply(kernel(start('r1', 'a', 1, 100)));
    session.apply(spark(1, job(0, 120), job(0, 120)));
    expect(jobsOf(session, 'r1').length).toBe(1);
  });
});
