import { BatchTable } from './batch-table';

/** A table of `most` rows with batches of `rows(id)` rows, one a second. */
function filled(
  count: number,
  most: number,
  rows: (id: number) => number = id => id
): BatchTable {
  const table = new BatchTable(most);
  for (let id = 0; id < count; id++) {
    table.add({
      batchId: id,
      time: id * 1000,
      inputRows: rows(id),
      durationMs: id === 3 ? 900 : 10,
      watermark: id === 0 ? NaN : id * 100
    });
  }
  return table;
}

it('keeps batches as they were while there is room', () => {
  const table = filled(100, 128);
  expect(table.length).toBe(100);
  expect(table.folds).toBe(0);
  expect(table.at(99, 'inputRows')).toBe(99);
  expect(table.at(100, 'inputRows')).toBeNaN();
  expect(table.at(5, 'sinkRows')).toBeNaN();
});

it('takes the newest word of a batch that is told again', () => {
  const table = filled(3, 8);
  table.add({ batchId: 2, time: 2500, inputRows: 7 });
  expect([table.length, table.total]).toEqual([3, 3]);
  expect(table.at(2, 'inputRows')).toBe(7);
  expect(table.at(2, 'durationMs')).toBeNaN();
});

it('lays older batches together: sums, longest times, later states; nothing is lost', () => {
  const table = filled(1000, 16);
  expect(table.length).toBeLessThanOrEqual(16);
  expect(table.total).toBe(1000);
  const sum = (column: 'inputRows' | 'batches'): number =>
    table.column(column).reduce((a, b) => a + b, 0);
  expect(sum('inputRows')).toBe((1000 * 999) / 2);
  expect(sum('batches')).toBe(1000);
  expect(Math.max(...table.column('durationMs'))).toBe(900);
  // The newest are as they were.
  expect(table.at(table.length - 1, 'batchId')).toBe(999);
  expect(table.at(table.length - 1, 'batches')).toBe(1);
  expect(table.at(0, 'batchId')).toBe(0);
  expect(table.at(0, 'watermark')).toBe((table.at(0, 'batches') - 1) * 100);
});

it('finds the row of a batch, also of one that is laid together with others', () => {
  const table = filled(1000, 16);
  for (let id = 0; id < 1000; id++) {
    const row = table.rowOf(id);
    const from = table.at(row, 'batchId');
    expect(from).toBeLessThanOrEqual(id);
    expect(from + table.at(row, 'batches')).toBeGreaterThan(id);
  }
  expect(table.rowOf(1000)).toBe(-1);
});
