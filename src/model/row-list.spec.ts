import { RowList } from './row-list';

it('keeps rows in order, however many', () => {
  const list = new RowList();
  expect([list.length, list.at(0)]).toEqual([0, -1]);
  for (let row = 0; row < 100; row++) {
    list.push(row * 3);
  }
  expect(list.length).toBe(100);
  expect([list.at(0), list.at(99), list.at(100), list.at(-1)]).toEqual([
    0, 297, -1, -1
  ]);
  expect([...list.view()]).toEqual(
    Array.from({ length: 100 }, (_, row) => row * 3)
  );
});
