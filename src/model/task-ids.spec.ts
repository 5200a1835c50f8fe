import { TaskIds } from './task-ids';

/** Rows 0, 1, 2, … for these ids; what the table then says of them. */
function found(ids: readonly number[]): { ids: TaskIds; rows: number[] } {
  const table = new TaskIds();
  ids.forEach((id, row) => table.set(id, row));
  return { ids: table, rows: ids.map(id => table.get(id)) };
}

const rows = (count: number) => Array.from({ length: count }, (_, i) => i);

it('finds the rows of ids from 0, of ids from far on, and of ids that come backwards', () => {
  for (const ids of [
    rows(300_000),
    rows(400_000).map(i => 1_000_000 + i),
    rows(70_000).map(i => 80_000 - i)
  ]) {
    expect(found(ids).rows).toEqual(rows(ids.length));
  }
});

it('needs few bytes an id, wherever they begin', () => {
  for (const first of [0, 1_000_000, 2 ** 40]) {
    const { ids } = found(rows(400_000).map(i => first + i));
    expect(ids.byteLength / 400_000).toBeLessThan(8);
  }
});

it('is not made huge by an id', () => {
  const { ids, rows: seen } = found([5, 2 ** 52, 2 ** 31, 6, -1]);
  expect(seen).toEqual([0, 1, 2, 3, 4]);
  expect(ids.get(7)).toBe(-1);
  expect(ids.byteLength).toBeLessThan(2_000_000);
});

it('forgets what it is told to, also far from the others', () => {
  const { ids } = found([5, 6, 2 ** 40]);
  ids.delete(6);
  ids.delete(2 ** 40);
  expect([5, 6, 2 ** 40].map(id => ids.get(id))).toEqual([0, -1, -1]);
  ids.set(7, 1);
  expect(ids.get(7)).toBe(1);
});
