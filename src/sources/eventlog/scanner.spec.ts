import { linesOf, logs } from '../../model/fixtures/read.cjs';
import {
  Column,
  RowBuilder,
  parseEvent,
  type IBatch,
  type ISparkEvent
} from '../../events';
import { TaskScanner } from './scanner';

const encode = (text: string) => new TextEncoder().encode(text);

/** Whether the scanner takes a line, having checked that the row is that of the slow path. */
function takes(line: string): boolean {
  const scanner = new TaskScanner();
  // Between others, as in a file: what is around must not matter.
  const bytes = encode(`12${line}34`);
  if (!scanner.scan(bytes, 2, bytes.length - 2)) {
    return false;
  }
  const fast = new RowBuilder();
  const slow = new RowBuilder();
  // Twice: what a task tells of its executor is more than its row, and news the first time only.
  for (let i = 0; i < 2; i++) {
    fast.take();
    slow.take();
    fast.pushRow(scanner.values, scanner.executor, scanner.host, scanner.sql);
    slow.push(parseEvent(line) as ISparkEvent);
  }
  expect(plain(fast.take())).toEqual(plain(slow.take()));
  return true;
}

const plain = ({ events, rows }: Pick<IBatch, 'events' | 'rows'>) => ({
  events,
  columns: rows?.columns.map(column => column && [...column]),
  sql: rows?.sql
});

const isTask = (line: string) =>
  /^\{"Event":"SparkListenerTask(Start|End)"/.test(line);

describe.each(logs)('the log %s', name => {
  const lines = linesOf(name).filter(isTask);

  it('is taken line by line, as the slow path reads it', () => {
    const plainLines = lines.filter(
      line => line.includes('TaskStart') || line.includes('"Success"')
    );
    expect(plainLines.length).toBeGreaterThan(0);
    expect(plainLines.filter(line => !takes(line))).toEqual([]);
  });

  it('has its failures read by the slow path', () => {
    const failures = lines.filter(
      line => line.includes('TaskEnd') && !line.includes('"Success"')
    );
    expect(failures.filter(takes)).toEqual([]);
  });
});

describe('a line that is written in another way', () => {
  const start = linesOf('everyday-4.3').find(line =>
    line.includes('TaskStart')
  )!;
  const end = linesOf('everyday-4.3').find(
    line => line.includes('TaskEnd') && line.includes('"Success"')
  )!;

  it.each<[string, (line: string) => string]>([
    ['a space', line => line.replace('"Stage ID":', '"Stage ID": ')],
    ['an escape in a key', line => line.replace('"Host"', '"H\\u006fst"')],
    ['an escape in a text', line => line.replace('localhost', 'local\\nhost')],
    ['another alphabet', line => line.replace('localhost', 'węzeł')],
    [
      'an endless number',
      line => line.replace('"Index":', '"Index":1234567890123456')
    ],
    ['a fraction', line => line.replace('"Attempt":0', '"Attempt":0.5')],
    ['an exponent', line => line.replace('"Attempt":0', '"Attempt":1e3')],
    ['minus zero', line => line.replace('"Attempt":0', '"Attempt":-0')],
    ['a leading zero', line => line.replace('"Attempt":0', '"Attempt":00')],
    ['no number', line => line.replace('"Attempt":0', '"Attempt":')],
    ['null', line => line.replace('"Attempt":0', '"Attempt":null')],
    ['text', line => line.replace('"Attempt":0', '"Attempt":"0"')],
    [
      'a key twice',
      line => line.replace('"Attempt":0', '"Attempt":0,"Attempt":1')
    ],
    [
      'an unknown key',
      line => line.replace('"Attempt":0', '"Attempt":0,"New":1')
    ],
    [
      'an unknown locality',
      line => line.replace('PROCESS_LOCAL', 'PLANET_LOCAL')
    ],
    ['more after it', line => `${line} `],
    ['a second one', line => `${line}{}`],
    ['no end', line => line.slice(0, -1)],
    ['a control character', line => line.replace('localhost', 'local\thost')],
    ['a long text', line => line.replace('localhost', 'h'.repeat(100_000))]
  ])('is left alone: %s', (_, change) => {
    for (const line of [start, end]) {
      expect(change(line)).not.toBe(line);
      expect(takes(change(line))).toBe(false);
    }
  });

  it.each<[string, (line: string) => string]>([
    ['no partition', line => line.replace(/"Partition ID":\d+,/, '')],
    ['no kill flag', line => line.replace('"Killed":false,', '')],
    [
      'an unknown partition',
      line => line.replace(/"Partition ID":\d+/, '"Partition ID":-1')
    ],
    [
      '15 digits',
      line => line.replace(/"Index":\d+/, '"Index":123456789012345')
    ],
    ['no metrics', line => line.replace(/,"Task Metrics".*/, '}')],
    [
      'flags',
      line =>
        line.replace(
          '"Failed":false,"Killed":false',
          '"Failed":true,"Killed":true'
        )
    ],
    [
      'a time before the start',
      line => line.replace(/"Finish Time":\d+/, '"Finish Time":5')
    ],
    [
      'a fetched result',
      line =>
        line.replace(
          '"Getting Result Time":0',
          '"Getting Result Time":1999999999999'
        )
    ],
    [
      'a metric below 0',
      line => line.replace(/"Result Size":\d+/, '"Result Size":-1')
    ],
    ['an empty text', line => line.replace('"localhost"', '""')]
  ])('is taken: %s', (_, change) => {
    expect(takes(change(end))).toBe(true);
  });

  it('leaves no trace in the next row', () => {
    const scanner = new TaskScanner();
    const scan = (line: string) =>
      scanner.scan(encode(line), 0, encode(line).length);
    expect(scan(end)).toBe(true);
    expect(scanner.values[Column.executorRunTimeMs]).toBeGreaterThan(0);
    expect(scan(start)).toBe(true);
    expect(scanner.values[Column.executorRunTimeMs]).toBe(0);
    expect(scanner.values[Column.durationMs]).toBe(0);
  });
});
