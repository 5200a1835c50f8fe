import type { IBatch } from '../../events';
import { EventLogSource } from './eventlog-source';
import { MemoryFile, MemoryFolder, logsOf } from './fixtures/files.cjs';
import { logOfFile, logOfFolder, type ILog } from './layout';

const event = (number: number) => `{"Event":"Test","Number":${number}}\n`;

/** A source that follows a log, and what it said so far. */
function follow(log: ILog) {
  const numbers: unknown[] = [];
  const problems: [string, string][] = [];
  const states: string[] = [];
  let rowCount = 0;
  const source = new EventLogSource(log, {
    followMs: 5,
    onProgress: ({ state }) => states.push(state)
  });
  source.start({
    apply: (batch: IBatch) => {
      numbers.push(...batch.events.map(({ Number: n }) => n));
      rowCount += batch.rows?.length ?? 0;
    },
    reset: () => undefined,
    problem: (code, detail) => problems.push([code, detail])
  });
  return {
    source,
    numbers,
    problems,
    states,
    rows: () => rowCount
  };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !isSo(); i++) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  expect(isSo()).toBe(true);
}

it('reads on as a log grows, until the application ends', async () => {
  const open = new MemoryFile('app.inprogress', event(1));
  const folder = new MemoryFolder('logs', [open]);
  const { source, numbers, problems, states } = follow(logOfFile(open, folder));
  await until(() => numbers.length === 1);
  // A line that is not whole yet.
  open.append(event(2) + event(3).slice(0, 8));
  await until(() => numbers.length === 2);
  open.append(event(3).slice(8));
  await until(() => numbers.length === 3);
  expect(states).toContain('following');
  // What is written between the last look and the end.
  folder.files = [
    new MemoryFile(
      'app',
      new TextDecoder().decode(open.bytes) + event(4) + event(5)
    )
  ];
  open.isGone = true;
  await source.done;
  expect(numbers).toEqual([1, 2, 3, 4, 5]);
  expect(problems).toEqual([]);
  expect(states[states.length - 1]).toBe('done');
});

it.each(['zstd', 'lz4', 'snappy', 'lzf'])(
  'reads on in the middle of what is packed: %s',
  async codec => {
    const { files } = logsOf('4.3');
    const whole = files.find(({ name }) => name === `app-${codec}_1.${codec}`);
    const { bytes } = whole as MemoryFile;
    const name = `app.${codec}.inprogress`;
    const open = new MemoryFile(name, bytes.slice(0, 3));
    const folder = new MemoryFolder('logs', [open]);
    const { source, rows, problems } = follow(logOfFile(open, folder));
    for (let at = 3; at < bytes.length; at += 3001) {
      open.append(bytes.subarray(at, at + 3001));
      await new Promise(resolve => setTimeout(resolve, 12));
    }
    await until(() => rows() > 0);
    folder.files = [new MemoryFile(`app.${codec}`, bytes)];
    open.isGone = true;
    await source.done;
    expect(problems).toEqual([]);
    expect(rows()).toBeGreaterThan(30);
  }
);

it('goes on with the next file of a rolling log', async () => {
  const first = new MemoryFile('events_1_app', event(1));
  const status = new MemoryFile('appstatus_app.inprogress', '');
  const folder = new MemoryFolder('eventlog_v2_app', [status, first]);
  const { source, numbers, problems } = follow(await logOfFolder(folder));
  await until(() => numbers.length === 1);
  first.append(event(2));
  folder.files = [status, first, new MemoryFile('events_2_app', event(3))];
  await until(() => numbers.length === 3);
  // The History Server put files together that were read already.
  folder.files = [
    status,
    new MemoryFile('events_2_app.compact', event(99)),
    new MemoryFile('events_3_app', event(4))
  ];
  await until(() => numbers.length === 4);
  folder.files = [
    new MemoryFile('appstatus_app', ''),
    ...folder.files.filter(({ name }) => name.startsWith('events'))
  ];
  await source.done;
  expect(numbers).toEqual([1, 2, 3, 4]);
  expect(problems).toEqual([]);
});

it('says so when a log becomes shorter', async () => {
  const open = new MemoryFile('app.inprogress', event(1) + event(2));
  const { source, problems, numbers } = follow(logOfFile(open));
  await until(() => numbers.length === 2);
  open.bytes = open.bytes.slice(0, 5);
  await source.done;
  expect(problems.map(([code]) => code)).toEqual(['unreadable']);
  expect(problems[0]![1]).toMatch(/^app.inprogress: shorter than before/);
});

it('says so when a log in progress disappears', async () => {
  const open = new MemoryFile('app.inprogress', event(1));
  const { source, problems, numbers } = follow(
    logOfFile(open, new MemoryFolder('logs', []))
  );
  await until(() => numbers.length === 1);
  open.isGone = true;
  await source.done;
  expect(problems).toEqual([
    ['unreadable', 'app.inprogress: app.inprogress is gone']
  ]);
});

it('goes on when its store did not answer for a moment', async () => {
  const open = new MemoryFile('app.inprogress', event(1));
  const folder = new MemoryFolder('logs', [open]);
  const { source, problems, numbers } = follow(logOfFile(open, folder));
  await until(() => numbers.length === 1);
  let failures = 0;
  open.size = async () => {
    failures++;
    if (failures <= 4) {
      throw new Error('no answer');
    }
    return open.bytes.length;
  };
  open.append(event(2));
  await until(() => numbers.length === 2);
  source.dispose();
  expect(failures).toBeGreaterThan(4);
  expect(problems).toEqual([]);
});

it('ends at once when it is disposed while it waits', async () => {
  const open = new MemoryFile('app.inprogress', event(1));
  const { source, numbers, problems } = follow(logOfFile(open));
  await until(() => numbers.length === 1);
  source.dispose();
  open.append(event(2));
  await source.done;
  await new Promise(resolve => setTimeout(resolve, 30));
  expect(numbers).toEqual([1]);
  expect(problems).toEqual([]);
});
