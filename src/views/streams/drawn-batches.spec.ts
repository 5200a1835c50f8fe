import { BatchTable } from '../../model';
import { drawnBatches } from './drawn-batches';

/** So many batches of 1 row; every 100th takes long. */
function batches(many: number): BatchTable {
  const table = new BatchTable();
  for (let batchId = 0; batchId < many; batchId++) {
    table.add({
      batchId,
      time: batchId * 100,
      durationMs: batchId % 100 === 42 ? 900 : 50,
      inputRows: 1
    });
  }
  return table;
}

it('a few batches are drawn as they are', () => {
  const table = batches(512);
  expect(drawnBatches(table).table()).toBe(table);
  expect(drawnBatches(table).rowOf(7)).toBe(7);
});

it('of many, some are drawn as one: rows add up, the longest time counts and is what is pointed at', () => {
  const whole = batches(8000);
  const drawn = drawnBatches(whole);
  const table = drawn.table();
  expect(table.length).toBe(500);
  const rows = table.column('inputRows');
  expect(rows.reduce((a, b) => a + b)).toBe(8000);
  const long = [...table.column('durationMs')].flatMap((ms, at) =>
    ms === 900 ? [at] : []
  );
  expect(long.map(at => drawn.rowOf(at) % 100)).toEqual(long.map(() => 42));
  expect(long.length).toBe(80);
  expect(whole.length).toBe(8000);
});
