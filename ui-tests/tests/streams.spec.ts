import { expect, test, type Locator } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
});
test.afterAll(() => notebook?.close());

const RATES = [
  // All of them are counted below, however long the machine takes.
  "spark.conf.set('spark.sql.streaming.numRecentProgressUpdates', 10000)",
  "rates = spark.readStream.format('rate').option('rowsPerSecond', 20).load()",
  "query = rates.writeStream.queryName('rates').format('memory').trigger(processingTime='500 milliseconds').start()"
].join('\n');

/** The view of streams under a cell, once so many batches have reached the screen. */
async function streamsOf(cell: number, batches: number): Promise<Locator> {
  const panel = await notebook.openTab(cell, 'Stream');
  const view = panel.locator('.jp-Sparkglass-streams');
  await expect
    .poll(async () => Number(await view.getAttribute('data-batches')), {
      timeout: 40_000
    })
    .toBeGreaterThanOrEqual(batches);
  return panel;
}

test('a query lives under its cell, goes on when the page is loaded anew, and can be stopped there', async () => {
  const at = await notebook.addAndRun(RATES);
  expect(await notebook.sentence(at, 'Running')).toBeTruthy();
  const panel = await streamsOf(at, 4);
  await expect(panel).toContainText('rates');
  await expect(panel).toContainText(/It (keeps up|works)|A batch takes/);
  await expect(panel.getByText('Time of a batch')).toBeVisible();
  await expect(panel.locator('canvas').first()).toBeVisible();

  await notebook.command('docmanager:save');
  await notebook.page.reload();
  await notebook.kernelIs('idle');
  const again = await streamsOf(at, 6);
  await again.getByRole('button', { name: 'Stop the query' }).click();
  await notebook.sentence(at, 'Done');
  await expect(again).toContainText('It was stopped after');
  const said = await notebook.addAndRun(
    'print(query.isActive, query.exception(), sum(p.numInputRows for p in query.recentProgress))'
  );
  const output = notebook.cell(said).locator('.jp-OutputArea-output').first();
  const [, rows] = /^False None (\d+)/.exec(await output.innerText())!;
  await expect(again).toContainText(
    `and ${Number(rows).toLocaleString('en')} rows`
  );
});

test('the keyboard goes from batch to batch, and a chosen one leads to its tasks', async () => {
  const at = await notebook.addAndRun(RATES.replaceAll('rates', 'walked'));
  const panel = await streamsOf(at, 4);
  const charts = panel.getByRole('group', { name: /^Batches over time/ });
  await charts.press('End');
  await charts.press('ArrowLeft');
  await charts.press('Enter');
  await expect(panel).toContainText(/Batch \d+/);
  await expect(panel).toContainText(/Its job: \d+|Its \d+ jobs/);
  await panel.getByRole('button', { name: 'Show its tasks' }).click();
  await expect(
    notebook.strip(at).getByRole('tab', { name: 'Timeline' })
  ).toHaveAttribute('aria-selected', 'true');
  await notebook.addAndRun('query.stop()');
  await notebook.sentence(at, 'Done');
});

test('a query whose function calls what does not exist says so', async () => {
  const at = await notebook.addAndRun(
    "broken = spark.readStream.format('rate').load().writeStream.foreachBatch(lambda df, n: missing(df)).start()"
  );
  await notebook.sentence(at, 'Failed');
  const panel = await notebook.openTab(at, 'Stream');
  await expect(panel).toContainText("name 'missing' is not defined");
  await expect(panel).toContainText('Why it failed');
  await expect(panel).toContainText('line 1 of a cell');
  await expect(panel).toContainText('Batch 0 had begun and was not finished.');
});

const WINDOWS = [
  'import tempfile',
  "spark.conf.set('spark.sql.shuffle.partitions', 2)",
  'place = tempfile.mkdtemp()',
  "rows = spark.readStream.format('rate').option('rowsPerSecond', 20).load().withWatermark('timestamp', '1 second')",
  "counts = rows.groupBy(F.window('timestamp', '2 seconds')).count()",
  'def begin():',
  "    writer = counts.writeStream.queryName('windows').outputMode('append').format('noop')",
  "    return writer.option('checkpointLocation', place).trigger(processingTime='500 milliseconds').start()",
  'query = begin()'
].join('\n');

test('event time and its windows, the state, a batch that leads to its plan; started again from its checkpoint it says so, and the panel stops it', async () => {
  const at = await notebook.addAndRun(WINDOWS);
  const panel = await streamsOf(at, 3);
  const view = panel.locator('.jp-Sparkglass-streams');
  await expect(panel.getByText('Event time')).toBeVisible();
  // A closed one and an open one at least.
  await expect
    .poll(async () => Number(await view.getAttribute('data-windows')), {
      timeout: 60_000
    })
    .toBeGreaterThan(2);
  await expect(
    panel.getByRole('row', { name: /stateStoreSave/ })
  ).toBeVisible();
  await panel.getByRole('button', { name: 'Sample event times' }).click();
  await expect(notebook.cell(at + 1)).toContainText('at most 25 of each');
  expect(await notebook.source(at + 1)).toContain(
    'sample_event_times(rows, "timestamp")'
  );
  await notebook.command('notebook:delete-cell');
  const charts = panel.getByRole('group', { name: /^Batches over time/ });
  await charts.press('End');
  await charts.press('Enter');
  await panel.getByRole('button', { name: 'Show its plan' }).click();
  await expect(
    notebook.strip(at).getByRole('tab', { name: 'Plan' })
  ).toHaveAttribute('aria-selected', 'true');
  await notebook.addAndRun('query.stop()');
  await notebook.sentence(at, 'Done');

  const again = await notebook.addAndRun('query = begin()');
  await expect(await streamsOf(again, 1)).toContainText('Run 2 of this query');
  const list = (await notebook.openPanel()).getByRole('region', {
    name: 'Streaming queries'
  });
  await expect(list.getByText('windows')).toHaveCount(2);
  await list.getByRole('button', { name: 'Stop the query windows' }).click();
  await notebook.sentence(again, 'Done');
  await expect(list.getByRole('button', { name: /^Stop/ })).toHaveCount(0);
});

test('what batches print is shown by batch: the console sink, and print and show in foreachBatch', async () => {
  const console = await notebook.addAndRun(
    "told = spark.readStream.format('rate').load().writeStream.format('console').trigger(processingTime='500 milliseconds').start()"
  );
  const first = await streamsOf(console, 2);
  await expect(first).toContainText(/Printed by batch \d+/);
  await expect(first.locator('pre')).toContainText(/Batch: \d+/);
  await first.getByRole('button', { name: 'Stop the query' }).click();
  await notebook.sentence(console, 'Done');
  const prints = await notebook.addAndRun(
    [
      'def each(frame, number):',
      "    print('this is batch', number)",
      '    frame.limit(1).show()',
      "told = spark.readStream.format('rate').load().writeStream.foreachBatch(each).trigger(processingTime='500 milliseconds').start()"
    ].join('\n')
  );
  const second = await streamsOf(prints, 2);
  await expect(second.locator('pre')).toContainText(/this is batch \d+\n\+-/);
  await second.getByRole('button', { name: 'Stop the query' }).click();
  await notebook.sentence(prints, 'Done');
});

test('it goes on while a cell waits for the queries', async () => {
  const at = await notebook.addAndRun(RATES.replaceAll('rates', 'awaited'));
  const waits = await notebook.add('spark.streams.awaitAnyTermination(60)');
  await notebook.run(waits, false);
  const panel = await streamsOf(at, 6);
  await panel.getByRole('button', { name: 'Stop the query' }).click();
  await notebook.sentence(at, 'Done');
  await notebook.kernelIs('idle');
});

// The last one: it takes the driver away.
test('the kernel restarts while a function of foreachBatch spins: what ran is gone, and the next session is watched', async () => {
  const spins = [
    'import time',
    'def spin(frame, number):',
    "    print('it spins')",
    '    while True:',
    '        time.sleep(0.01)',
    "spun = spark.readStream.format('rate').load().writeStream.queryName('spun').foreachBatch(spin).start()"
  ];
  const at = await notebook.addAndRun(spins.join('\n'));
  const spinning = await notebook.openTab(at, 'Stream');
  await expect(spinning.locator('pre')).toContainText('it spins');
  await expect(spinning).toContainText('its first batch is not done yet');
  await notebook.restart();
  await expect(notebook.strip(at)).toHaveCount(0);
  const side = await notebook.openPanel();
  await expect(side.getByRole('status')).toContainText('Ready.');
  await expect(
    side.getByRole('region', { name: 'Streaming queries' })
  ).toHaveCount(0);

  await notebook.run(0);
  await notebook.setSource(at, RATES.replaceAll('rates', 'anew'));
  await notebook.run(at);
  const panel = await streamsOf(at, 2);
  await expect(panel).not.toContainText('it spins');
  await panel.getByRole('button', { name: 'Stop the query' }).click();
  await notebook.sentence(at, 'Done');
});
