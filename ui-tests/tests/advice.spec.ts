import { expect, test, type Locator } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

const CROSS = [
  "left = spark.range(600).withColumnRenamed('id', 'a')",
  "right = spark.range(600).withColumnRenamed('id', 'b')",
  "left.crossJoin(right).filter('a < b').count()"
].join('\n');

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
});
test.afterAll(() => notebook?.close());

/** The advice about a cell: its strip is opened, and the tab chosen. */
async function adviceOf(index: number): Promise<Locator> {
  await notebook.sentence(index);
  return notebook.openTab(index, 'Advice');
}

test('a cell with a cartesian product: where its time went, the hint, what to try; silent when the rule is off', async () => {
  const at = await notebook.addAndRun(CROSS);
  const panel = await adviceOf(at);
  await expect(panel.getByRole('img')).toHaveAttribute(
    'aria-label',
    /^Where the time went: .*computing/
  );
  const hint = panel.getByRole('button', {
    name: 'A join compares every row with every row'
  });
  await expect(hint).toHaveAttribute('aria-expanded', 'false');
  await hint.press('Enter');
  await expect(hint).toHaveAttribute('aria-expanded', 'true');
  await expect(panel.locator('del')).toHaveText('- left.crossJoin(right)\n');
  await expect(panel.locator('ins')).toHaveText('+ left.join(right, "key")\n');
  await expect(panel.getByRole('link')).toHaveText(/Cross Join/);

  await notebook.setting('adviceOff', ['cartesian']);
  await expect(hint).toHaveCount(0);
  await expect(panel).toContainText('Nothing to improve was found.');
  await expect(panel).toContainText('1 rule is off in the settings.');
  await notebook.setting('adviceOff', []);
  await expect(hint).toBeVisible();
});

test('“Show it” goes to the tab where the thing is', async () => {
  const at = await notebook.addAndRun(CROSS);
  const panel = await adviceOf(at);
  await panel.getByRole('button', { name: 'Show it' }).first().click();
  await expect(
    notebook.strip(at).getByRole('tab', { name: 'Plan' })
  ).toHaveAttribute('aria-selected', 'true');
});

// Far too many partitions for five rows a second, but not Spark's 200: those take a slow machine a minute a batch.
const TOY = [
  'from pyspark.sql import functions as F',
  "spark.conf.set('spark.sql.shuffle.partitions', max(64, 8 * spark.sparkContext.defaultParallelism))",
  "rates = spark.readStream.format('rate').option('rowsPerSecond', 5).load()",
  "windows = rates.groupBy(F.window('timestamp', '1 second')).count()",
  "toy = windows.writeStream.queryName('toy').outputMode('update').format('noop').start()",
  // The newest is shown first, and it is not the one that is spoken of.
  "other = rates.writeStream.queryName('other').format('noop').trigger(processingTime='10 seconds').start()"
].join('\n');

test('a stream without a watermark, with far too many partitions: both are said while it runs, and lead to it', async () => {
  test.setTimeout(480_000);
  const at = await notebook.addAndRun(TOY);
  await notebook.sentence(at, 'Running');
  const panel = await notebook.openTab(at, 'Advice');
  const watermark = panel.getByRole('button', {
    name: 'Query “toy” keeps state without a watermark'
  });
  // Said of three batches with rows.
  await expect(watermark).toBeVisible({ timeout: 360_000 });
  await expect(panel).toContainText(
    /The state of query “toy” is cut into \d+ partitions/
  );
  await watermark.click();
  await expect(panel.locator('ins').first()).toHaveText(
    '+ df.withWatermark("timestamp", "10 minutes")\n'
  );
  await expect(panel.getByRole('link')).toHaveText(
    /Handling Late Data and Watermarking/
  );
  await panel.getByRole('button', { name: 'Show it' }).first().click();
  await expect(
    notebook.strip(at).getByRole('tab', { name: 'Stream' })
  ).toHaveAttribute('aria-selected', 'true');
  await expect(panel.locator('option:checked')).toHaveText(/^toy/);
  await notebook.addAndRun(
    "toy.stop()\nother.stop()\nspark.conf.unset('spark.sql.shuffle.partitions')"
  );
  await notebook.sentence(at, 'Done');
});
