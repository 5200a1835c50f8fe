import { NumberColumn } from './numbers';

it('shares zeros until a value is announced', () => {
  const zeros = new Uint8Array(4);
  const column = new NumberColumn(zeros);
  column.fit(0, 0);
  expect(column.values).toBe(zeros);
  expect([column.present, column.byteLength]).toEqual([false, 0]);
  const more = new Uint8Array(8);
  column.grow(more);
  expect(column.values).toBe(more);
});

it.each([
  [0, 255, 1],
  [0, 256, 2],
  [0, 65_536, 4],
  [0, 2 ** 32 - 1, 4],
  [0, 2 ** 32, 8],
  [-1, 3, 8],
  [0, NaN, 8]
])('holds %d to %d in %i bytes', (least, most, bytes) => {
  const column = new NumberColumn(new Uint8Array(2));
  column.fit(least, most);
  expect(column.values.BYTES_PER_ELEMENT).toBe(bytes);
  column.values[1] = most;
  expect(column.values[1]).toBe(most);
});

it('keeps its values as it widens and grows', () => {
  const column = new NumberColumn(new Uint8Array(2));
  column.fit(0, 9);
  column.values[0] = 9;
  column.fit(0, 70_000);
  column.values[1] = 70_000;
  column.fit(0, 5);
  column.grow(new Uint8Array(5));
  expect([...column.values]).toEqual([9, 70_000, 0, 0, 0]);
  expect(column.byteLength).toBe(20);
});
