import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COLUMN_COUNT, COLUMNS, Column, LOCALITIES, REASONS } from './columns';

const protocol = readFileSync(
  join(__dirname, '../../docs/protocol.md'),
  'utf8'
);
const rows = [
  ...protocol.matchAll(/^\| (\d+) \| (\w+) \| (Δ?) ?\| ([^|]*)\|$/gm)
];

it('has the columns of docs/protocol.md, in its order', () => {
  expect(rows.map(([, number, name]) => [Number(number), name])).toEqual(
    Object.entries(Column).map(([name, number]) => [number, name])
  );
  expect(rows.length).toBe(COLUMN_COUNT);
});

it('takes the same ones as differences', () => {
  expect(COLUMNS.map(({ name, delta }) => [name, delta])).toEqual(
    rows.map(([, , name, delta]) => [name, delta === 'Δ'])
  );
});

it('numbers localities and reasons as docs/protocol.md does', () => {
  const meaning = (column: number): string => rows[column]![4]!;
  LOCALITIES.forEach((name, i) => {
    expect(meaning(Column.locality)).toContain(`${i} ${name}`);
  });
  REASONS.slice(1).forEach((name, i) => {
    expect(meaning(Column.reason)).toContain(`${i + 1} ${name}`);
  });
});
