import { expect, test, type Locator } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

const SETTINGS = [
  "for key, value in {'autoBroadcastJoinThreshold': '-1', 'adaptive.enabled': 'false', 'shuffle.partitions': '8'}.items():",
  "    spark.conf.set('spark.sql.' + key, value)",
  "names = spark.range(97).selectExpr('id AS key', \"concat('name ', id) AS name\")"
].join('\n');
const EVENTS =
  "spark.range(0, 40000, 1, 4).selectExpr('if(id % 10 < 7, 0L, id % 97) AS key', 'id AS value')";
const RESULT = "groupBy().agg(F.max('value'), F.max('name')).collect()";
/** Seven rows in ten have the key 0. */
const SKEWED = [
  `events = ${EVENTS}`,
  `events.join(names, 'key').${RESULT}`
].join('\n');
const SALTED = [
  "salted = events.withColumn('salt', F.col('value') % 200)",
  "salts = names.crossJoin(spark.range(200).withColumnRenamed('id', 'salt'))",
  `salted.join(salts, ['key', 'salt']).${RESULT}`
].join('\n');
/** A key that is computed, of a column whose name needs quotes. */
const COMPUTED = [
  "odd = spark.createDataFrame([(i,) for i in range(400)], ['my value'])",
  "grouped = odd.groupBy(F.col('my value') % 7).agg(F.collect_list('my value').alias('values'))",
  "grouped.select(F.size('values')).collect()"
].join('\n');

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
  await notebook.addAndRun(SETTINGS, SKEWED, SALTED);
});
test.afterAll(() => notebook?.close());

/** A tab of a cell's strip, and what it says first. */
async function open(
  index: number,
  tab: 'Partitions' | 'Shuffles'
): Promise<{ panel: Locator; verdict: Locator }> {
  await notebook.sentence(index);
  const panel = await notebook.openTab(index, tab);
  return { panel, verdict: panel.locator('.jp-Sparkglass-verdict') };
}

test('a skewed join says which partition holds most, a salted one that all are alike', async () => {
  const before = await open(2, 'Partitions');
  await expect(before.verdict).toHaveText(
    /^Partition \d+ holds 7\d % of the rows; it took .+ of the stage’s /
  );
  await expect(
    before.panel.getByRole('combobox', { name: 'Measure' })
  ).toHaveValue('rowsIn');
  const after = await open(3, 'Partitions');
  await after.panel
    .getByRole('combobox', { name: 'Stage' })
    .selectOption({ index: 2 });
  // How long tasks take is the machine's business too.
  await after.panel
    .getByRole('combobox', { name: 'Measure' })
    .selectOption('rowsIn');
  await expect(after.verdict).toHaveText(
    /^8 partitions have about as many rows: the largest 1(\.\d)? × the median$/
  );

  const skewed = await open(2, 'Shuffles');
  await expect(skewed.verdict).toHaveText(
    /^Reducer \d+ receives \d+ % of all [\d.]+ KiB$/
  );
  await expect(skewed.panel).toContainText('8 partitions, read as planned');
  const salted = await open(3, 'Shuffles');
  await expect(salted.verdict).toHaveText(/^8 reducers receive about as much/);
});

test('arrow keys go from bar to bar, and choosing one chooses its task', async () => {
  const { panel } = await open(2, 'Partitions');
  const bars = panel.getByRole('group', { name: /^Partitions as bars/ });
  await bars.focus();
  await notebook.page.keyboard.press('Home');
  await notebook.page.keyboard.press('ArrowRight');
  const card = notebook.page.getByRole('tooltip');
  await expect(card).toContainText('Partition 1');
  await expect(card).toContainText('Rows read');
  await notebook.page.keyboard.press('Enter');
  await notebook.openTab(2, 'Tasks');
  await expect(
    notebook.strip(2).locator('[role=row][aria-selected=true]')
  ).toHaveCount(1);
  await notebook.page.keyboard.press('Escape');
});

test('the query that counts the keys of a shuffle is put into a cell, and runs', async () => {
  const { panel } = await open(2, 'Partitions');
  await panel.getByRole('button', { name: 'Count the keys' }).click();
  await expect.poll(() => notebook.source(3)).toContain('groupBy("key")');
  expect(await notebook.source(3)).toContain('events.groupBy');
  await notebook.run(3);
  expect(await notebook.outputs(3)).toMatch(
    /\|key\|rows *\|[\s\S]*?\|0 *\|28\d\d\d\|/
  );

  const index = await notebook.addAndRun(COMPUTED);
  const shuffles = await open(index, 'Shuffles');
  await shuffles.panel.getByRole('button', { name: 'Count the keys' }).click();
  await expect
    .poll(() => notebook.source(index + 1))
    .toContain('F.expr("(`my value` % 7)")');
  expect(await notebook.source(index + 1)).toContain('odd.groupBy');
  await notebook.run(index + 1);
  expect(await notebook.outputs(index + 1)).toMatch(
    /\|key 1\|rows\|[\s\S]*?\|58 *\|/
  );
});
