import { batchesOfLog } from './eventlog-line';

function end(task: number, executor: string, heap: number | null): string {
  return JSON.stringify({
    Event: 'SparkListenerTaskEnd',
    'Stage ID': 3,
    'Stage Attempt ID': 1,
    'Task End Reason': { Reason: 'Success' },
    'Task Info': { 'Task ID': task, 'Executor ID': executor, Host: 'node' },
    ...(heap === null
      ? {}
      : { 'Task Executor Metrics': { JVMHeapMemory: heap } })
  });
}

function peaksIn(...lines: string[]): unknown[] {
  const [batch] = batchesOfLog(lines);
  return batch!.events
    .filter(event => event.Event === 'SparkglassTaskPeaks')
    .map(event => [event['Executor ID'], event['Executor Metrics']]);
}

it('tells of zeros once, and then only of what rises', () => {
  expect(
    peaksIn(
      end(1, 'a', 0),
      end(2, 'a', 0),
      end(3, 'a', 70),
      end(4, 'a', 60),
      end(5, 'b', 60),
      end(6, 'a', 80)
    )
  ).toEqual([
    ['a', { JVMHeapMemory: 0 }],
    ['a', { JVMHeapMemory: 70 }],
    ['b', { JVMHeapMemory: 60 }],
    ['a', { JVMHeapMemory: 80 }]
  ]);
});

it('takes an end that has no such metrics for one of zeros', () => {
  expect(peaksIn(end(1, 'a', null), end(2, 'a', null))).toEqual([
    ['a', { JVMHeapMemory: 0 }]
  ]);
});

it('comes before the row, which may be its stage’s last', () => {
  const [batch] = batchesOfLog([end(1, 'a', 5)]);
  expect(batch!.events.map(event => event.Event)).toContain(
    'SparkglassTaskPeaks'
  );
  expect(batch!.rows!.columns[0]![0]).toBe(batch!.events.length);
});

it('keeps nothing of a stage that is over', () => {
  const over = JSON.stringify({
    Event: 'SparkListenerStageCompleted',
    'Stage Info': { 'Stage ID': 3, 'Stage Attempt ID': 1 }
  });
  expect(peaksIn(end(1, 'a', 5), over, end(2, 'a', 4))).toEqual([
    ['a', { JVMHeapMemory: 5 }],
    ['a', { JVMHeapMemory: 4 }]
  ]);
});
