import { modelOf } from '../model/fixtures/models';
import { numberReader, TASK_COLUMN_NAMES, textReader } from './task-columns';
import { tasksAsCsv } from './task-csv';

/** Reads RFC 4180, the long way. */
function parse(csv: string): string[][] {
  const lines: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < csv.length; i++) {
    const c = csv[i]!;
    if (isQuoted) {
      if (c !== '"') {
        cell += c;
      } else if (csv[i + 1] === '"') {
        cell += csv[++i]!;
      } else {
        isQuoted = false;
      }
    } else if (c === '"') {
      isQuoted = true;
    } else if (c === ',' || c === '\n') {
      lines[lines.length - 1]!.push(cell.replace(/\r$/, ''));
      cell = '';
      if (c === '\n') {
        lines.push([]);
      }
    } else {
      cell += c;
    }
  }
  return lines.slice(0, -1);
}

it('can be read back, errors with quotes and line breaks too', () => {
  const application = modelOf('failures-4.3');
  const rows = Int32Array.from(
    { length: application.tasks.length },
    (_, i) => application.tasks.length - 1 - i
  );
  const csv = tasksAsCsv(application, rows, TASK_COLUMN_NAMES, 0)!;
  const [heads, ...lines] = parse(csv);
  expect(heads).toEqual(TASK_COLUMN_NAMES);
  expect(lines).toHaveLength(rows.length);
  const read = lines.map(cells =>
    Object.fromEntries(cells.map((cell, i) => [heads![i]!, cell]))
  );
  const error = textReader(application, 'error');
  const duration = numberReader(application, 'durationMs', 0);
  const launch = numberReader(application, 'launchTime', 0);
  rows.forEach((row, i) => {
    expect(read[i]!['error']).toBe(error(row));
    expect(read[i]!['durationMs']).toBe(String(duration(row)));
    expect(Date.parse(read[i]!['launchTime']!)).toBe(launch(row));
  });
  expect(read.some(line => line['error']!.includes('\n'))).toBe(true);
  expect(read.some(line => line['error']!.includes('"'))).toBe(true);
});

it('is the heads only when there are no rows', () => {
  const application = modelOf('failures-4.3');
  expect(
    tasksAsCsv(application, new Int32Array(0), ['taskId', 'error'], 0)
  ).toBe('taskId,error\r\n');
});
