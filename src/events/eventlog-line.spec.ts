import { linesOf, logs } from '../model/fixtures/read.cjs';
import { Column, Flag, Kind, Reason } from './columns';
import { errorText } from './end-reason';
import { batchesOfLog, RowBuilder } from './eventlog-line';
import { valueAt } from './rows';
import type { ISparkEvent, ISparkglassStrings } from './index';

const info = {
  'Task ID': 5,
  Index: 3,
  Attempt: 1,
  'Partition ID': 9,
  'Launch Time': 1000,
  'Executor ID': '2',
  Host: 'node',
  Locality: 'NO_PREF',
  Speculative: true,
  'Getting Result Time': 0,
  'Finish Time': 0,
  Failed: false,
  Killed: false
};

function built(...events: object[]): ReturnType<RowBuilder['take']> {
  const builder = new RowBuilder();
  events.forEach(event => builder.push(event as ISparkEvent));
  return builder.take();
}

function valuesOf(
  batch: ReturnType<RowBuilder['take']>,
  row: number,
  names: (keyof typeof Column)[]
): number[] {
  return names.map(name => valueAt(batch.rows!, Column[name], row));
}

it('makes a row of a start', () => {
  const batch = built({
    Event: 'SparkListenerTaskStart',
    'Stage ID': 7,
    'Stage Attempt ID': 2,
    'Task Info': info
  });
  expect(batch.events).toEqual([
    { Event: 'SparkglassStrings', Base: 0, Values: ['2', 'node'] }
  ]);
  expect(
    valuesOf(batch, 0, [
      'after',
      'kind',
      'taskId',
      'stageId',
      'stageAttemptId',
      'index',
      'attempt',
      'partitionId',
      'launchTime',
      'executor',
      'host',
      'locality',
      'flags'
    ])
  ).toEqual([
    1,
    Kind.started,
    5,
    7,
    2,
    3,
    1,
    9,
    1000,
    0,
    1,
    2,
    Flag.speculative
  ]);
});

it('makes a row of an end, and texts come before it', () => {
  const batch = built({
    Event: 'SparkListenerTaskEnd',
    'Stage ID': 7,
    'Stage Attempt ID': 0,
    'Task End Reason': { Reason: 'TaskKilled', 'Kill Reason': 'enough' },
    'Task Info': {
      ...info,
      'Finish Time': 1750,
      'Getting Result Time': 1600,
      Killed: true
    },
    'Task Metrics': {
      'Executor Run Time': 500,
      'Shuffle Read Metrics': { 'Total Records Read': 12 },
      'Shuffle Write Metrics': { 'Shuffle Write Time': 34 },
      'Output Metrics': { 'Records Written': 56 }
    }
  });
  // What a task does not tell of its executor's memory counts as zeros.
  expect(batch.events.map(({ Event }) => Event)).toEqual([
    'SparkglassTaskPeaks',
    'SparkglassStrings'
  ]);
  const strings = batch.events[1] as unknown as ISparkglassStrings;
  const [error] = valuesOf(batch, 0, ['error']);
  expect(strings.Values![error! - 1]).toBe('enough');
  expect(
    valuesOf(batch, 0, [
      'after',
      'reason',
      'durationMs',
      'gettingResult',
      'flags',
      'executorRunTimeMs',
      'shuffleRecordsRead',
      'shuffleWriteTimeNs',
      'outputRecordsWritten',
      'inputBytesRead'
    ])
  ).toEqual([
    2,
    Reason.taskKilled,
    750,
    601,
    Flag.speculative | Flag.killed | Flag.metrics,
    500,
    12,
    34,
    56,
    0
  ]);
});

it('says since when a result is fetched', () => {
  const batch = built({
    Event: 'SparkListenerTaskGettingResult',
    'Task Info': { ...info, 'Getting Result Time': 1000 }
  });
  expect(valuesOf(batch, 0, ['kind', 'taskId', 'gettingResult'])).toEqual([
    Kind.gettingResult,
    5,
    1
  ]);
});

it('survives tasks that say nothing of themselves', () => {
  const batch = built(
    { Event: 'SparkListenerTaskEnd' },
    { Event: 'SparkListenerTaskStart' },
    { Event: 'SparkListenerTaskEnd', 'Task Info': { 'Task ID': 'x' } }
  );
  expect(batch.rows!.length).toBe(2);
  expect(valuesOf(batch, 1, ['taskId', 'stageId', 'durationMs'])).toEqual([
    -1, -1, 0
  ]);
});

it('gives every text one number', () => {
  const values = logs.flatMap(name => {
    const texts = batchesOfLog(linesOf(name), { size: 10 })
      .flatMap(batch => batch.events)
      .filter(event => event.Event === 'SparkglassStrings')
      .map(event => event as unknown as ISparkglassStrings);
    let next = 0;
    for (const { Base, Values } of texts) {
      expect(Base).toBe(next);
      next += Values!.length;
    }
    const all = texts.flatMap(text => text.Values!);
    expect(new Set(all).size).toBe(all.length);
    return all;
  });
  expect(values).toContain('another attempt succeeded');
});

it('skips what is no event, and nothing else', () => {
  const batches = batchesOfLog([
    '',
    '{"Event":"a"}',
    '{"Event":"b"',
    '"Event"',
    '{"Event":"c"}'
  ]);
  expect(batches).toEqual([
    {
      application: 1,
      backfill: false,
      events: [{ Event: 'a' }, { Event: 'c' }],
      rows: null,
      badLines: 2
    }
  ]);
});

describe('words for the end of a task', () => {
  it.each([
    [{ Reason: 'Success' }, null],
    [
      { Reason: 'TaskResultLost' },
      'TaskResultLost (result lost from block manager)'
    ],
    [{ Reason: 'TaskKilled' }, 'unknown reason'],
    [
      {
        Reason: 'TaskCommitDenied',
        'Job ID': 1,
        'Partition ID': 2,
        'Attempt Number': 3
      },
      'TaskCommitDenied (Driver denied task commit) for job: 1, partition: 2, attemptNumber: 3'
    ],
    [
      {
        Reason: 'ExecutorLostFailure',
        'Executor ID': '4',
        'Exit Caused By App': false
      },
      'ExecutorLostFailure (executor 4 exited unrelated to the running tasks)'
    ],
    [
      { Reason: 'FetchFailed', 'Shuffle ID': 1, 'Map ID': 2, 'Reduce ID': 3 },
      'FetchFailed(null, shuffleId=1, mapIndex=Unknown, mapId=2, reduceId=3, message=\nUnknown reason\n)'
    ],
    [
      {
        Reason: 'ExceptionFailure',
        'Class Name': 'E',
        Description: 'd',
        'Stack Trace': [
          {
            'Declaring Class': 'A',
            'Method Name': 'm',
            'File Name': 'A.java',
            'Line Number': 5
          }
        ]
      },
      'E: d\n        A.m(A.java:5)'
    ],
    [{ Reason: 'UnknownReason' }, 'UnknownReason'],
    [{}, 'UnknownReason']
  ])('%j', (reason, text) => {
    expect(errorText(reason)).toBe(text);
  });
});
