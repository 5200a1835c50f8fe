import { BATCH_COLUMNS, BatchTable } from '../../model';
import { CHARTS, DrawnValues } from './chart-data';
import { DrawnBatches } from './drawn-batches';

/** Add so many batches of 1 row; every 100th takes long. */
function add(table: BatchTable, many: number): void {
  for (let i = 0; i < many; i++) {
    const batchId = table.total;
    table.add({
      batchId,
      time: batchId * 100,
      durationMs: batchId % 100 === 42 ? 900 : 50,
      inputRows: 1,
      addBatchMs: 20,
      walCommitMs: batchId % 7,
      eventTimeMax: batchId % 3 === 0 ? NaN : batchId * 100 - (batchId % 11),
      watermark: batchId * 90,
      lateRows: batchId % 5
    });
  }
}

function batches(many: number): BatchTable {
  const table = new BatchTable();
  add(table, many);
  return table;
}

it('a few batches are drawn as they are', () => {
  const table = batches(512);
  const drawn = new DrawnBatches(table);
  expect(drawn.table()).toBe(table);
  expect(drawn.rowOf(7)).toBe(7);
});

it('of many, some are drawn as one: rows add up, the longest time counts and is what is pointed at', () => {
  const whole = batches(8000);
  const drawn = new DrawnBatches(whole);
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

it('what is drawn of a table that grows is what would be drawn of it from nothing', () => {
  const whole = batches(3);
  const drawn = new DrawnBatches(whole);
  const values = CHARTS.map(chart => new DrawnValues(chart));
  // Past the first group, the first fold, and a batch that is told of once more.
  for (const more of [1, 500, 9, 1, 1, 700, 1, 3, 7000, 1, 2]) {
    add(whole, more);
    whole.add({
      batchId: whole.total - 1,
      time: whole.total * 100,
      durationMs: 60
    });
    const table = drawn.table();
    const anew = new DrawnBatches(whole).table();
    for (const name of BATCH_COLUMNS) {
      expect(table.column(name)).toEqual(anew.column(name));
    }
    CHARTS.forEach((chart, i) =>
      expect(values[i]!.of(table)).toEqual(new DrawnValues(chart).of(anew))
    );
  }
  expect(whole.folds).toBeGreaterThan(0);
});

it('a batch more is put at the end of what is there', () => {
  const whole = batches(8000);
  const drawn = new DrawnBatches(whole);
  const values = new DrawnValues('rates');
  const [times] = values.of(drawn.table());
  const changed = drawn.table().revision;
  add(whole, 1);
  const table = drawn.table();
  expect(table.changedSince(changed)).toBe(500);
  expect(values.of(table)[0]).toBe(times);
  expect(times).toHaveLength(501);
});
