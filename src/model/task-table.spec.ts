import {
  Column,
  COLUMN_COUNT,
  Flag,
  Kind,
  Reason,
  type IBatch
} from '../events';
import { Session } from './session';
import { TaskIds } from './task-ids';
import { TaskTable, TaskState } from './task-table';

it('finds tasks by id', () => {
  const table = new TaskTable();
  expect(table.rowOf(0)).toBe(-1);
  const ids = [5, 0, 300_000, 2 ** 45, 1];
  ids.forEach((id, row) => expect(table.append(id)).toBe(row));
  ids.forEach((id, row) => expect(table.rowOf(id)).toBe(row));
  [2, 4, -1, 2 ** 45 + 1, 0.5, NaN].forEach(id =>
    expect(table.rowOf(id)).toBe(-1)
  );
});

it('does not reserve room up to a hostile id', () => {
  const ids = new TaskIds();
  ids.set(2 ** 31, 0);
  ids.set(2 ** 30, 1);
  expect(ids.byteLength).toBeLessThan(1_000_000);
  expect([ids.get(2 ** 31), ids.get(2 ** 30)]).toEqual([0, 1]);
});

/** Ended tasks with something in every metric, of a size that is large for it. */
function fullBatch(first: number, length: number): IBatch {
  const columns: (Float64Array | null)[] = new Array(COLUMN_COUNT).fill(null);
  const fill = (column: number, value: (row: number) => number): void => {
    columns[column] = Float64Array.from({ length }, (_, row) => value(row));
  };
  fill(Column.kind, () => Kind.ended);
  fill(Column.taskId, row => first + row);
  fill(Column.index, row => first + row);
  fill(Column.partitionId, row => first + row);
  fill(Column.attempt, row => row % 3);
  fill(Column.launchTime, row => 1.795e12 + row);
  fill(Column.executor, row => row % 200);
  fill(Column.host, row => 200 + (row % 50));
  fill(Column.flags, () => Flag.metrics);
  fill(Column.reason, () => Reason.success);
  fill(Column.durationMs, row => 60_000 + row);
  fill(Column.gettingResult, row => row % 100);
  for (let i = Column.executorDeserializeTimeMs; i < COLUMN_COUNT; i++) {
    fill(i, row => 500_000_000 + row);
  }
  fill(Column.executorCpuTimeNs, row => 9e10 + row);
  return {
    application: 1,
    backfill: false,
    events: [],
    rows: { length, columns }
  };
}

it('needs at most 150 bytes a task, with all metrics there', () => {
  const session = new Session();
  const rows = 300_000;
  for (let first = 0; first < rows; first += 10_000) {
    session.apply(fullBatch(first, 10_000));
  }
  const { tasks } = session.latest!;
  expect(tasks.length).toBe(rows);
  expect(tasks.shuffleWriteTimeNs[rows - 1]).toBe(500_009_999);
  expect(tasks.cpuTimeNs[rows - 1]).toBe(9e10 + 9_999);
  // Of the room there is, as a table that has just grown is a third empty.
  expect(tasks.byteLength / tasks.state.length).toBeLessThanOrEqual(150);
});

it('gives a delay only to tasks that ended and were measured', () => {
  const session = new Session();
  session.apply(fullBatch(0, 3));
  const { tasks } = session.latest!;
  tasks.column(Column.executorRunTimeMs).values.set([100, 100, 70_000]);
  tasks.column(Column.executorDeserializeTimeMs).values.fill(10);
  tasks.column(Column.resultSerializationTimeMs).values.fill(1);
  tasks.column(Column.gettingResult).fit(0, 60_000);
  tasks.column(Column.gettingResult).values.set([0, 59_002, 0]);
  expect(tasks.gettingResultMs(1)).toBe(1000);
  expect([0, 1, 2].map(row => tasks.schedulerDelayMs(row))).toEqual([
    60_000 - 111,
    60_001 - 111 - 1000,
    0
  ]);
  tasks.state[0] = TaskState.running;
  tasks.flags[1] = 0;
  expect([0, 1].map(row => tasks.schedulerDelayMs(row))).toEqual([0, 0]);
});
