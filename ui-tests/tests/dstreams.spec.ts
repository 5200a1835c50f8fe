import { expect, test } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
});
test.afterAll(() => notebook?.close());

const DSTREAMS = [
  'from pyspark.streaming import StreamingContext',
  'sc = spark.sparkContext',
  'ssc = StreamingContext(sc, 1)',
  'numbers = ssc.queueStream([sc.parallelize(range(10), 2) for _ in range(40)])',
  'numbers.map(lambda n: (n % 3, 1)).reduceByKey(lambda a, b: a + b, 2).foreachRDD(lambda rdd: print(rdd.collect()))',
  'ssc.start()'
].join('\n');

test('DStreams live under the cell that started them, batch by batch, and a batch leads to its tasks', async () => {
  const at = await notebook.addAndRun(DSTREAMS);
  await notebook.sentence(at, 'Running');
  const panel = await notebook.openTab(at, 'Stream');
  const view = panel.locator('.jp-Sparkglass-streams');
  await expect
    .poll(async () => Number(await view.getAttribute('data-batches')), {
      timeout: 60_000
    })
    .toBeGreaterThanOrEqual(3);
  await expect(panel).toContainText('Spark tells no more than their jobs');
  await expect(panel).toContainText(
    /Batches come every|They keep up|after its time/
  );
  await expect(panel.getByText('waiting for its turn')).toBeVisible();
  await expect(panel.getByText('Delay of a batch')).toBeVisible();
  await expect(panel.getByText('Rows a second')).toBeHidden();
  await expect(
    panel.getByRole('button', { name: 'Stop the query' })
  ).toHaveCount(0);

  const charts = panel.getByRole('group', { name: /^Batches over time/ });
  await charts.press('End');
  await charts.press('Enter');
  await expect(panel).toContainText(/Batch of \d\d:\d\d:\d\d/);
  await expect(panel).toContainText(/Its job: \d+|Its \d+ jobs/);
  await expect(
    panel.getByRole('button', { name: 'Show its plan' })
  ).toHaveCount(0);
  await panel.getByRole('button', { name: 'Show its tasks' }).click();
  await expect(
    notebook.strip(at).getByRole('tab', { name: 'Timeline' })
  ).toHaveAttribute('aria-selected', 'true');

  await notebook.addAndRun('ssc.stop(stopSparkContext=False)');
  // Nothing tells that they were stopped: after a while without jobs they count as done.
  await notebook.sentence(at, 'Done');
});
