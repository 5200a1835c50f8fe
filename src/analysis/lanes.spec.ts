import { batchesOfLog, Column, COLUMN_COUNT, Kind, rowsFrom } from '../events';
import { linesOf, logs } from '../model/fixtures/read.cjs';
import { Session, type Application } from '../model';
import { assignLanes, compareExecutors } from './lanes';
import { launchOrder } from './launch-order';

/** A task as the protocol sends it: id, executor, launch, duration (0 = it runs), busy on the executor. */
type Row = readonly [number, number, number, number, number?];

function applicationOf(rows: readonly Row[], cores: number): Application {
  const session = new Session();
  const names = ['10', '9', 'driver'];
  session.apply({
    application: 1,
    backfill: false,
    events: [
      { Event: 'SparkglassStrings', Base: 0, Values: names },
      ...names.map(id => ({
        Event: 'SparkListenerExecutorAdded',
        Timestamp: 0,
        'Executor ID': id,
        'Executor Info': { Host: 'host', 'Total Cores': cores }
      }))
    ],
    rows: rowsFrom(
      rows.map(([id, executor, launch, duration, busy = duration]) => {
        const row = new Array<number>(COLUMN_COUNT).fill(0);
        row[Column.kind] = duration > 0 ? Kind.ended : Kind.started;
        row[Column.taskId] = id;
        row[Column.index] = id;
        row[Column.executor] = executor;
        row[Column.launchTime] = launch;
        row[Column.durationMs] = duration;
        row[Column.executorRunTimeMs] = busy;
        row[Column.flags] = 8;
        row[Column.reason] = duration > 0 ? 1 : 0;
        return row;
      })
    )
  });
  return session.latest!;
}

describe.each(logs)('the lanes of %s', name => {
  const session = new Session();
  for (const batch of batchesOfLog(linesOf(name))) {
    session.apply(batch);
  }
  const app = session.latest!;
  const { lane, ends, lanes, laneCount } = assignLanes(app, null);

  it('are as many as the executors have cores', () => {
    const cores = new Map<string, number>();
    for (const key of lanes) {
      cores.set(key.executor, (cores.get(key.executor) ?? 0) + 1);
    }
    for (const [id, count] of cores) {
      expect([id, count]).toEqual([id, app.executors.get(id)!.cores]);
    }
    expect(laneCount).toBe(lanes.length);
  });

  it('hold tasks of their own executor that never overlap', () => {
    const leftAt = new Map<number, number>();
    for (const row of launchOrder(app.tasks, null)) {
      const at = lane[row]!;
      const executor = app.strings[app.tasks.executor[row]!];
      expect(lanes[at]!.executor).toBe(executor);
      const launch = app.tasks.launchTime[row]!;
      expect(leftAt.get(at) ?? 0).toBeLessThanOrEqual(launch);
      expect(ends[row]!).toBeGreaterThanOrEqual(launch);
      leftAt.set(at, ends[row]!);
    }
  });

  it('are the same for a part of the rows as their own', () => {
    const rows = app.stageList[0]!.rows.view();
    const part = assignLanes(app, rows.slice().reverse());
    const straight = assignLanes(app, rows);
    expect([...part.lane].reverse()).toEqual([...straight.lane]);
    expect([...part.ends].reverse()).toEqual([...straight.ends]);
  });
});

it('gives a task the first free core, in the order of launch', () => {
  const app = applicationOf(
    [
      [2, 2, 15, 10],
      [0, 2, 0, 10],
      [1, 2, 5, 30],
      [3, 2, 25, 10]
    ],
    2
  );
  const { lane, lanes } = assignLanes(app, null);
  expect([...lane]).toEqual([0, 0, 1, 0]);
  expect(lanes).toEqual([
    { executor: 'driver', core: 0 },
    { executor: 'driver', core: 1 }
  ]);
});

it('ends a bar where the next begins, on the core that was done first', () => {
  // Both finish late by the driver's clock; task 1 was done at 30, task 0 at 90.
  const app = applicationOf(
    [
      [0, 2, 0, 100, 90],
      [1, 2, 0, 120, 30],
      [2, 2, 40, 10]
    ],
    2
  );
  const { lane, ends, laneCount } = assignLanes(app, null);
  expect(laneCount).toBe(2);
  expect([...lane]).toEqual([0, 1, 1]);
  expect([...ends]).toEqual([100, 40, 50]);
});

it('has more lanes than cores only while more tasks run than there are cores', () => {
  const app = applicationOf(
    [
      [0, 2, 0, 0],
      [1, 2, 0, 0],
      [2, 2, 5, 0]
    ],
    2
  );
  expect(assignLanes(app, null).laneCount).toBe(3);
});

it('opens lanes as needed when nobody said how many cores there are', () => {
  const app = applicationOf(
    [
      [0, 2, 0, 100, 90],
      [1, 2, 50, 100, 90],
      [2, 2, 95, 10]
    ],
    0
  );
  const { lane, ends } = assignLanes(app, null);
  expect([...lane]).toEqual([0, 1, 0]);
  expect(ends[0]).toBe(95);
});

it('lists the driver, then executors by number', () => {
  const app = applicationOf(
    [
      [0, 0, 0, 10],
      [1, 1, 0, 10],
      [2, 2, 0, 10]
    ],
    1
  );
  const { lanes } = assignLanes(app, null);
  expect(lanes.map(key => key.executor)).toEqual(['driver', '9', '10']);
  expect(['b', '2', 'a', '10', 'driver'].sort(compareExecutors)).toEqual([
    'driver',
    '2',
    '10',
    'a',
    'b'
  ]);
});

describe('launchOrder', () => {
  const order = (rows: readonly Row[]): number[] => {
    const { tasks } = applicationOf(rows, 1);
    return Array.from(launchOrder(tasks, null), row => tasks.taskId[row]!);
  };

  it('is the order of task ids, dense or not', () => {
    expect(
      order([
        [7, 0, 3, 1],
        [5, 0, 1, 1],
        [6, 0, 2, 1]
      ])
    ).toEqual([5, 6, 7]);
    expect(
      order([
        [900000, 0, 3, 1],
        [5, 0, 1, 1],
        [70000, 0, 2, 1]
      ])
    ).toEqual([5, 70000, 900000]);
  });

  it('is the order of launch when the clock was set back', () => {
    expect(
      order([
        [0, 0, 500, 1],
        [1, 0, 100, 1],
        [2, 0, 100, 1]
      ])
    ).toEqual([1, 2, 0]);
  });
});
