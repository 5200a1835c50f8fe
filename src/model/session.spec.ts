import { batchesOfLog, type IBatch, type ISparkEvent } from '../events';
import { linesOf } from './fixtures/read.cjs';
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

describe('a session', () => {
  it('tells once a batch that it changed', () => {
    const session = new Session();
    const told: number[] = [];
    session.changed.connect(revision => told.push(revision));
    session.apply(kernel());
    session.apply(spark(1, job(0, 1), job(1, 2)));
    expect(told).toEqual([1, 2]);
    expect(session.revision).toBe(2);
  });

  it('knows its kernel, its notices and what could not be read', () => {
    const session = new Session();
    expect(session.kernel).toBeNull();
    session.apply({
      ...kernel(
        {
          Event: 'SparkglassKernel',
          'Protocol Version': 1,
          'Sparkglass Version': '0.1.0',
          'Python Version': '3.11.2',
          'PySpark Version': null,
          'Ipykernel Version': '7.4',
          Time: 5
        },
        { Event: 'SparkglassNotice', Code: 'noJava', Time: 6 }
      ),
      badLines: 3
    });
    session.apply(
      spark(2, { Event: 'SparkglassNotice', Code: 'rowsDropped', Detail: 12 })
    );
    expect(session.kernel).toEqual({
      protocolVersion: 1,
      sparkglassVersion: '0.1.0',
      pythonVersion: '3.11.2',
      pysparkVersion: null,
      ipykernelVersion: '7.4',
      time: 5
    });
    expect(session.notices).toEqual([
      { code: 'noJava', detail: '', time: 6, application: 0 },
      { code: 'rowsDropped', detail: '12', time: 0, application: 2 }
    ]);
    expect(session.badLines).toBe(3);
  });

  it('keeps applications apart, and the kernel may speak of one', () => {
    const session = new Session();
    session.apply(spark(1, job(0, 1)));
    session.apply(
      kernel({
        Event: 'SparkglassApplication',
        Application: 2,
        'App ID': 'app-2',
        Master: 'local[4]',
        UI: 'http://localhost:4040',
        Cores: 4,
        Source: 'listener'
      })
    );
    expect([...session.applications.keys()]).toEqual([1, 2]);
    const { latest } = session;
    expect([latest!.id, latest!.cores, latest!.source]).toEqual([
      'app-2',
      4,
      'listener'
    ]);
    session.apply(
      kernel({
        Event: 'SparkglassApplicationEnd',
        Application: 1,
        Time: 9,
        Reason: 'gone'
      })
    );
    const first = session.applications.get(1)!;
    expect([first.endTime, first.endReason]).toEqual([9, 'gone']);
    expect(first.jobs.get(0)!.status).toBe('running');
  });

  it('reads what a log says of its application', () => {
    const session = new Session();
    batchesOfLog(linesOf('retries-4.3')).forEach(batch => session.apply(batch));
    const app = session.latest!;
    expect([app.name, app.user, app.sparkVersion, app.source]).toEqual([
      'retries',
      'reader',
      '4.3.0',
      'log'
    ]);
    expect(app.master).toBe('local-cluster[2,1,1024]');
    expect(app.javaVersion).toMatch(/^17/);
    expect(app.endTime).toBe(app.now);
    expect(app.endReason).toBe('stopped');
    expect(
      app.executors.get('driver')!.peak.get('JVMHeapMemory')
    ).toBeGreaterThan(1e7);
  });
});

describe('whatever is written in an event', () => {
  const hostile = [
    '__proto__',
    'constructor',
    '<script>',
    '',
    '\u0000',
    'a'.repeat(1e5)
  ];

  it.each(hostile)('is only text (%#)', text => {
    const session = new Session();
    session.apply(kernel(start(text || 'r', text, 1, 100)));
    session.apply(
      spark(
        1,
        { Event: text },
        job(0, 120, {
          'sparkglass.cell': text,
          'spark.job.tags': `${text},${text}`,
          [text]: text
        }),
        {
          Event: 'SparkListenerExecutorAdded',
          'Executor ID': text,
          'Executor Info': { Host: text }
        },
        {
          Event: 'SparkListenerExecutorMetricsUpdate',
          'Executor ID': text,
          'Executor Metrics Updated': [{ 'Executor Metrics': { [text]: 5 } }]
        }
      )
    );
    const app = session.latest!;
    expect(session.runsOfCell(text).length).toBe(1);
    expect(app.jobs.get(0)!.tags).toEqual(text === '' ? [] : [text]);
    expect(app.skippedEvents.get(text)).toBe(1);
    expect(({} as Record<string, unknown>)[text]).toBe(
      text === 'constructor'
        ? Object
        : text === '__proto__'
          ? Object.prototype
          : undefined
    );
  });

  it('may be of any kind without harm', () => {
    const names = [
      'SparkListenerJobStart',
      'SparkListenerJobEnd',
      'SparkListenerStageSubmitted',
      'SparkListenerStageCompleted',
      'SparkListenerExecutorAdded',
      'SparkListenerExecutorRemoved',
      'SparkListenerBlockManagerAdded',
      'SparkListenerBlockUpdated',
      'SparkListenerUnpersistRDD',
      'SparkListenerEnvironmentUpdate',
      'SparkListenerStageExecutorMetrics',
      'SparkListenerExecutorMetricsUpdate',
      'org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart',
      'org.apache.spark.sql.execution.ui.SparkListenerSQLAdaptiveExecutionUpdate',
      'org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd',
      'SparkglassApplication',
      'SparkglassStrings',
      'SparkglassTasksDropped',
      'SparkglassShuffle',
      'SparkglassQueue',
      'SparkglassCellStart',
      'SparkglassCellEnd',
      'SparkglassKernel',
      'SparkglassNotice'
    ];
    const fields = [
      'Job ID',
      'Stage Infos',
      'Stage IDs',
      'Properties',
      'Job Result',
      'Stage Info',
      'Executor ID',
      'Executor Info',
      'Block Manager ID',
      'Block Updated Info',
      'RDD ID',
      'Spark Properties',
      'Executor Metrics',
      'Executor Metrics Updated',
      'executionId',
      'sparkPlanInfo',
      'Base',
      'Values',
      'Stage ID',
      'Sums',
      'Shuffle ID',
      'Matrix',
      'Map Sizes',
      'Run ID',
      'Cell ID',
      'DataFrames',
      'Detail',
      'Time'
    ];
    const values = [
      null,
      5,
      -1,
      1e300,
      'x',
      true,
      [],
      [null, 1, 'x', {}],
      {},
      { Result: 7, 'Stage ID': 'x', 'RDD Info': 1 }
    ];
    const session = new Session();
    for (const name of names) {
      for (const value of values) {
        const event: Record<string, unknown> = { Event: name };
        fields.forEach(field => (event[field] = value));
        session.apply(spark(1, event as unknown as ISparkEvent));
        for (const field of fields) {
          session.apply(
            spark(1, {
              Event: name,
              'Job ID': 1,
              'Stage ID': 1,
              'Run ID': 'r',
              'Stage Info': { 'Stage ID': 1 },
              [field]: value
            })
          );
        }
      }
    }
    expect(session.latest!.jobs.get(1)!.status).not.toBe('running');
  });
});
