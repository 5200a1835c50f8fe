import { expect, test, type Locator } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

let notebook: NotebookPage;

// Five queries and their many batches, on a machine that may be slow.
test.describe.configure({ timeout: 300_000 });

/** What the queries read, and how they are brought to their end. */
const SETUP = `
import json, socketserver, tempfile, threading, time
from pyspark.sql.streaming import StatefulProcessor
# All batches are counted below, however long the machine takes.
spark.conf.set('spark.sql.streaming.numRecentProgressUpdates', 10000)
spark.conf.set('spark.sql.shuffle.partitions', 2)
folder = tempfile.mkdtemp()

def keep_state_in(store):
    spark.conf.set('spark.sql.streaming.stateStore.providerClass', f'org.apache.spark.sql.execution.streaming.state.{store}')

def files(name, rows=60, columns=('id',)):
    "Three files of rows, one for a batch."
    path = f'{folder}/{name}'
    table = spark.range(0, rows, 1, 3).selectExpr(*columns)
    table.write.parquet(path)
    return spark.readStream.schema(table.schema).option('maxFilesPerTrigger', 1).parquet(path)

def finish(query, rows):
    "Stop it when it has read so many; its batches, rows, and rows of state as Spark says them."
    ran = lambda: [one for one in query.recentProgress if 'addBatch' in one.durationMs]
    while query.isActive and sum(one.numInputRows for one in ran()) < rows:
        time.sleep(0.1)
    query.stop()
    assert query.exception() is None, query.exception()
    state = sum(one.numRowsTotal for one in ran()[-1].stateOperators)
    print(json.dumps([len(ran()), sum(one.numInputRows for one in ran()), state]))
`;

const TIMES = "('id', 'timestamp_seconds(id * 60) AS time')";

interface IQuery {
  readonly rows: number;
  readonly path: string;
  readonly hasState: boolean;
  /** One of what its state store counts, by Spark's name. */
  readonly counts?: string;
  /** Its last line sets `query`. */
  readonly code: string;
}

const QUERIES: Readonly<Record<string, IQuery>> = {
  'files, written to nowhere': {
    rows: 60,
    path: 'FileStreamSource → NoopTable',
    hasState: false,
    code: "query = files('files').writeStream.queryName('files').format('noop').start()"
  },
  'a socket': {
    rows: 40,
    path: 'TextSocketV2 → MemorySink',
    hasState: false,
    code: `
class Lines(socketserver.BaseRequestHandler):
    def handle(self):
        for n in range(40):
            self.request.sendall(f'line {n}\\n'.encode())
        # The source ends with its connection.
        closing.wait()

closing = threading.Event()
server = socketserver.ThreadingTCPServer(('127.0.0.1', 0), Lines)
server.daemon_threads = True
# Spark connects more than once, and leaves in the middle.
server.handle_error = lambda *_: None
threading.Thread(target=server.serve_forever, daemon=True).start()
host, port = server.server_address
lines = spark.readStream.format('socket').option('host', host).option('port', port).load()
query = lines.writeStream.queryName('lines').format('memory').start()`
  },
  'a join of two streams': {
    rows: 120,
    path: 'FileStreamSource + FileStreamSource → MemorySink',
    hasState: true,
    code: `
keep_state_in('HDFSBackedStateStoreProvider')
left = files('left', columns=${TIMES}).withWatermark('time', '1 hour')
right = files('right', columns=${TIMES}).withWatermark('time', '1 hour')
joined = left.alias('l').join(right.alias('r'), F.expr('l.id = r.id AND r.time BETWEEN l.time AND l.time + INTERVAL 5 MINUTES'))
query = joined.select('l.id').writeStream.queryName('joined').format('memory').start()`
  },
  'state in RocksDB': {
    rows: 60,
    path: 'FileStreamSource → MemorySink',
    hasState: true,
    counts: 'rocksdbBytesCopied',
    code: `
keep_state_in('RocksDBStateStoreProvider')
counts = files('counted', columns=('id % 7 AS key',)).groupBy('key').count()
query = counts.writeStream.queryName('counts').outputMode('complete').format('memory').start()`
  },
  transformWithState: {
    rows: 60,
    path: 'FileStreamSource → MemorySink',
    hasState: true,
    code: `
keep_state_in('RocksDBStateStoreProvider')

class Counter(StatefulProcessor):
    def init(self, handle):
        self.seen = handle.getValueState('seen', 'n LONG')

    def handleInputRows(self, key, rows, timerValues):
        n = (self.seen.get()[0] if self.seen.exists() else 0) + sum(1 for _ in rows)
        self.seen.update((n,))
        yield Row(key=key[0], n=n)

    def close(self):
        pass

from pyspark.sql import Row
counted = files('transformed', columns=('id % 7 AS key',)).groupBy('key').transformWithState(
    statefulProcessor=Counter(), outputStructType='key LONG, n LONG', outputMode='Update', timeMode='None')
query = counted.writeStream.queryName('transformed').outputMode('update').format('memory').start()`
  }
};

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  notebook = await NotebookPage.withSpark(browser);
  await notebook.addAndRun(SETUP);
});
test.afterAll(() => notebook?.close());

/** What `finish` printed: batches, rows, rows of state. */
async function finished(cell: number): Promise<[number, number, number]> {
  // Spark's Python workers write there too.
  const [list] = /\[\d+, \d+, \d+\]/.exec(await notebook.outputs(cell))!;
  return JSON.parse(list);
}

/** The view of a query that has ended, with the batches and rows that Spark says. */
async function ended(
  cell: number,
  batches: number,
  rows: number
): Promise<Locator> {
  await notebook.sentence(cell, 'Done');
  const panel = await notebook.openTab(cell, 'Stream');
  await expect(panel).toContainText(
    `It was stopped after ${batches} batches and ${rows} rows.`
  );
  return panel;
}

for (const [name, one] of Object.entries(QUERIES)) {
  const { code, rows, path, hasState, counts } = one;
  test(`the rows of ${name} are what Spark says`, async () => {
    const at = await notebook.addAndRun(code, `finish(query, ${rows})`);
    const [batches, read, state] = await finished(at + 1);
    expect(read).toBe(rows);
    const panel = await ended(at, batches, rows);
    await expect(panel).toContainText(path);
    const ofState = panel.getByText('Rows of the state');
    await expect(ofState).toBeVisible({ visible: hasState });
    if (hasState) {
      expect(state).toBeGreaterThan(0);
      const charts = panel.getByRole('group', { name: /^Batches over time/ });
      await charts.press('End');
      await charts.press('Enter');
      await expect(panel.locator('.jp-Sparkglass-card')).toContainText(
        `rows kept as state${state}`
      );
    }
    if (counts) {
      await expect(panel.getByText(counts, { exact: true })).toBeHidden();
      await panel.getByText('What the state store counts').click();
      await expect(panel.getByText(counts, { exact: true })).toBeVisible();
    }
  });
}

test('queries that run at once each live under the cell that started them', async () => {
  const rate = (name: string) =>
    `${name} = spark.readStream.format('rate').option('rowsPerSecond', 20).load().writeStream.queryName('${name}').format('noop').trigger(processingTime='500 milliseconds').start()`;
  const at = await notebook.addAndRun(
    rate('alone'),
    [rate('first'), rate('second')].join('\n')
  );
  const both = await notebook.openTab(at + 1, 'Stream');
  const choice = both.getByRole('combobox', { name: 'Streaming query' });
  await expect(choice.locator('option')).toHaveText([/^first ·/, /^second ·/]);

  // One is stopped; the others go on.
  const first = await notebook.addAndRun('finish(alone, 20)');
  const [batches, rows] = await finished(first);
  await ended(at, batches, rows);
  expect(await notebook.sentence(at + 1, 'Running')).toBeTruthy();
  const rest = await notebook.addAndRun(
    'finish(first, 20)',
    'finish(second, 20)'
  );
  await notebook.sentence(at + 1, 'Done');
  for (const [n, query] of ['first', 'second'].entries()) {
    const [batchesOf, rowsOf] = await finished(rest + n);
    await notebook.openTab(at + 1, 'Stream');
    await choice.selectOption({ label: `${query} · Stopped` });
    await ended(at + 1, batchesOf, rowsOf);
  }
});
