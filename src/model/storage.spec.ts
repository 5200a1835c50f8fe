import type { ISparkEvent } from '../events';
import type { Application } from './application';
import { Session } from './session';

const MEMORY = { 'Use Memory': true, Replication: 1 };
const NONE = { Replication: 1 };

function block(
  name: string,
  executor: string,
  size: number,
  level: object = MEMORY
): ISparkEvent {
  return {
    Event: 'SparkListenerBlockUpdated',
    'Block Updated Info': {
      'Block Manager ID': { 'Executor ID': executor },
      'Block ID': name,
      'Storage Level': level,
      'Memory Size': size,
      'Disk Size': 0
    }
  };
}

function executor(id: string, time = 1): ISparkEvent {
  return {
    Event: 'SparkListenerExecutorAdded',
    'Executor ID': id,
    Timestamp: time,
    'Executor Info': { Host: 'h', 'Total Cores': 2 }
  };
}

const removed: ISparkEvent = {
  Event: 'SparkListenerExecutorRemoved',
  'Executor ID': '1',
  Timestamp: 50,
  'Removed Reason': 'lost'
};

function apply(...events: ISparkEvent[]): Application {
  const session = new Session();
  session.apply({
    application: 1,
    backfill: false,
    events: [
      executor('1'),
      executor('2'),
      {
        Event: 'SparkListenerStageSubmitted',
        'Stage Info': {
          'Stage ID': 0,
          'RDD Info': [
            {
              'RDD ID': 4,
              Name: 'kept',
              'Number of Partitions': 3,
              'Storage Level': {
                'Use Disk': true,
                'Use Memory': true,
                'Use Off Heap': true,
                Replication: 2
              }
            },
            { 'RDD ID': 5, 'Storage Level': { Replication: 1 } }
          ]
        }
      },
      ...events
    ],
    rows: null
  });
  return session.latest!;
}

function sizes(app: Application): unknown[] {
  const rdd = app.rdds.get(4)!;
  return [
    rdd.numCachedPartitions,
    rdd.memoryUsedBytes,
    ...[...app.executors.values()].flatMap(({ rddBlocks, memoryUsedBytes }) => [
      rddBlocks,
      memoryUsedBytes
    ])
  ];
}

it('knows the RDDs that are marked, in words of Spark', () => {
  const app = apply();
  expect([...app.rdds.keys()]).toEqual([4]);
  expect(app.rdds.get(4)!.storageLevel).toBe(
    'Disk Memory (off heap) Serialized 2x Replicated'
  );
});

it('adds blocks up, on every executor that holds one', () => {
  const app = apply(
    block('rdd_4_0', '1', 100),
    block('rdd_4_1', '1', 10),
    block('rdd_4_0', '2', 100)
  );
  expect(sizes(app)).toEqual([2, 210, 2, 110, 1, 100]);
});

it('counts a block that is told twice once', () => {
  const app = apply(block('rdd_4_0', '1', 100), block('rdd_4_0', '1', 100));
  expect(sizes(app)).toEqual([1, 100, 1, 100, 0, 0]);
});

it('takes away what was dropped, and what was unpersisted', () => {
  const kept = [block('rdd_4_0', '1', 100), block('rdd_4_1', '2', 10)];
  const dropped = block('rdd_4_0', '1', 100, NONE);
  expect(sizes(apply(...kept, dropped))).toEqual([1, 10, 0, 0, 1, 10]);
  const app = apply(...kept, {
    Event: 'SparkListenerUnpersistRDD',
    'RDD ID': 4
  });
  expect(app.rdds.size).toBe(0);
  expect(
    [...app.executors.values()].map(({ rddBlocks, memoryUsedBytes }) => [
      rddBlocks,
      memoryUsedBytes
    ])
  ).toEqual([
    [0, 0],
    [0, 0]
  ]);
});

it('forgets what a lost executor held, and keeps its counts', () => {
  const app = apply(
    block('rdd_4_0', '1', 100),
    block('rdd_4_0', '2', 100),
    block('rdd_4_1', '1', 10),
    removed
  );
  expect(sizes(app)).toEqual([1, 100, 2, 110, 1, 100]);
  expect([...app.rdds.get(4)!.partitions]).toEqual([
    ['rdd_4_0', { executors: ['2'], memoryUsedBytes: 100, diskUsedBytes: 0 }]
  ]);
  const lost = app.executors.get('1')!;
  expect([lost.isActive, lost.removeReason, lost.removeTime]).toEqual([
    false,
    'lost',
    50
  ]);
  expect(app.cores).toBe(2);
});

it('begins anew when an executor comes back, but not when old news do', () => {
  expect(apply(removed, executor('1', 40)).executors.get('1')!.isActive).toBe(
    false
  );
  const back = apply(block('rdd_4_0', '1', 100), removed, executor('1', 60));
  const { isActive, addTime, rddBlocks } = back.executors.get('1')!;
  expect([isActive, addTime, rddBlocks]).toEqual([true, 60, 0]);
});

it('counts broadcast blocks for the executor, and no others', () => {
  const app = apply(
    block('broadcast_3_piece0', '1', 7),
    block('shuffle_1_2_3', '1', 1000),
    block('rdd_99_0', '2', 5)
  );
  expect(sizes(app)).toEqual([0, 0, 0, 7, 0, 5]);
});
