import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { linesOf } from '../model/fixtures/read.cjs';
import { answer } from './answer';
import { readLogs } from './logs';

const PACKED = join(__dirname, '..', 'sources', 'eventlog', 'fixtures');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the folder's only application answers about jobs, stages with their tasks, and executors. */
async function told(): Promise<string[]> {
  const logs = await readLogs(folder);
  expect(logs).toHaveLength(1);
  const { id } = logs[0]!.application;
  return ['jobs', 'stages?details=true&withSummaries=true', 'executors'].map(
    what => {
      const answered = answer(logs, `applications/${id}/${what}`, 0);
      return 'text' in answered ? answered.text : answered.message;
    }
  );
}

describe.each(['3.5', '4.3'])('the logs that Spark %s packed', version => {
  it.each([
    'app-zstd_1.zstd',
    'app-lz4_1.lz4',
    'app-snappy_1.snappy',
    'app-lzf_1.lzf',
    'eventlog_v2_app-zstd-rolled',
    'eventlog_v2_app-lz4-rolled'
  ])('%s answers as the plain one', async name => {
    writeFileSync(
      join(folder, 'app_1'),
      linesOf(`together-${version}`).join('\n') + '\n'
    );
    const plain = await told();
    rmSync(join(folder, 'app_1'));
    cpSync(join(PACKED, version, name), join(folder, basename(name)), {
      recursive: true
    });
    expect(await told()).toEqual(plain);
    expect(plain[0]!.length).toBeGreaterThan(1000);
  });
});

it('leaves out what is no log', async () => {
  writeFileSync(join(folder, 'notes.txt'), 'not an event\n');
  expect(await readLogs(folder)).toEqual([]);
});
