import { MemoryFile, MemoryFolder } from './fixtures/files.cjs';
import { logOfFile, logOfFolder, logsIn } from './layout';
import { parseLogName } from './log-name';

const file = (name: string) => new MemoryFile(name, '');
const namesOf = (log: { parts: readonly { file: { name: string } }[] }) =>
  log.parts.map(part => part.file.name);

describe('the name of a file', () => {
  it.each([
    ['local-1700000000000', 'plain', false, -1],
    ['application_1700000000000_0001_2', 'plain', false, -1],
    ['local-17.inprogress', 'plain', true, -1],
    ['app-17-0001_1.zstd', 'zstd', false, -1],
    ['app-17-0001_1.lz4.inprogress', 'lz4', true, -1],
    ['app.snappy', 'snappy', false, -1],
    ['app.LZF', 'lzf', false, -1],
    ['app.zst', 'zstd', false, -1],
    ['log.jsonl.gz', 'gzip', false, -1],
    ['events_12_local-17.zstd', 'zstd', false, 12],
    ['events_3_local-17', 'plain', false, 3],
    ['app.txt', 'plain', false, -1]
  ])('%s', (name, codec, inProgress, number) => {
    expect(parseLogName(name)).toEqual({
      codec,
      inProgress,
      number,
      compact: false
    });
  });

  it('says that a file is compact', () => {
    expect(parseLogName('events_3_app-1.lz4.compact')).toEqual({
      codec: 'lz4',
      inProgress: false,
      number: 3,
      compact: true
    });
  });
});

describe('a rolling log', () => {
  it('has its files in the order of their numbers, not of their names', async () => {
    const log = await logOfFolder(
      new MemoryFolder('eventlog_v2_app', [
        file('events_10_app.zstd'),
        file('appstatus_app'),
        file('events_9_app.zstd'),
        file('.events_9_app.zstd.crc'),
        file('notes.txt')
      ])
    );
    expect(namesOf(log)).toEqual(['events_9_app.zstd', 'events_10_app.zstd']);
    expect(log.inProgress).toBe(false);
  });

  it('begins with the last compact file', async () => {
    const log = await logOfFolder(
      new MemoryFolder('eventlog_v2_app', [
        file('events_1_app.compact'),
        file('events_3_app.compact'),
        file('events_3_app'),
        file('events_2_app'),
        file('events_4_app'),
        file('appstatus_app.inprogress')
      ])
    );
    expect(namesOf(log)).toEqual(['events_3_app.compact', 'events_4_app']);
    expect(log.inProgress).toBe(true);
  });
});

it('a folder has the logs that Spark would see, by name', async () => {
  const logs = await logsIn(
    new MemoryFolder(
      'logs',
      [file('b.zstd'), file('.b.zstd.crc'), file('a.inprogress')],
      [
        new MemoryFolder('eventlog_v2_c', [file('events_1_c')]),
        new MemoryFolder('eventlog_v2_empty', []),
        new MemoryFolder('other', [file('d')])
      ]
    )
  );
  expect(logs.map(({ name, inProgress }) => [name, inProgress])).toEqual([
    ['a.inprogress', true],
    ['b.zstd', false],
    ['eventlog_v2_c', false]
  ]);
});

it('the folder of a rolling log is that log', async () => {
  const logs = await logsIn(
    new MemoryFolder('eventlog_v2_app', [file('events_1_app')])
  );
  expect(logs.map(({ name }) => name)).toEqual(['eventlog_v2_app']);
});

describe('a log in one file', () => {
  it('is found again once it is finished', async () => {
    const open = file('app.zstd.inprogress');
    const folder = new MemoryFolder('logs', [open]);
    const log = logOfFile(open, folder);
    expect((await log.refresh()).inProgress).toBe(true);
    folder.files = [file('app.zstd')];
    open.isGone = true;
    const finished = await log.refresh();
    expect(finished.inProgress).toBe(false);
    expect(namesOf(finished)).toEqual(['app.zstd']);
  });

  it('is gone when it was deleted', async () => {
    const open = file('app.inprogress');
    open.isGone = true;
    const log = logOfFile(open, new MemoryFolder('logs', []));
    await expect(log.refresh()).rejects.toThrow('app.inprogress is gone');
  });
});
