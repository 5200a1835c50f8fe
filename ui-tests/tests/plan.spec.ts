import { expect, test, type Locator } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

// Planned as a sort-merge join: Spark cannot know how few rows the filter leaves.
const SWITCH = [
  // With many partitions most would be empty, and Spark would rather not broadcast.
  "spark.conf.set('spark.sql.shuffle.partitions', '8')",
  "spark.conf.set('spark.sql.autoBroadcastJoinThreshold', '20KB')",
  "left = spark.range(0, 40000, 1, 4).withColumn('k', F.col('id') % 1000)",
  "right = spark.range(0, 40000, 1, 2).withColumn('k', F.col('id') % 1000)",
  "left.join(right.filter(F.col('id') * 3 % 997 == 3), 'k').collect()[:1]"
].join('\n');
const CACHED = [
  "kept = left.filter('k < 300').cache()",
  'kept.count()',
  "kept.groupBy('k').count().collect()[:1]"
].join('\n');
const RDD = 'sc.parallelize(range(10), 2).count()';

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
  await notebook.addAndRun(SWITCH, CACHED, RDD);
});
test.afterAll(() => notebook?.close());

/** Open the plan of a cell. */
async function plan(cell: number) {
  await notebook.scrollTo(cell);
  return notebook.openTab(cell, 'Plan');
}

/** An operator of the plan that is shown, zoomed out until it is seen: the graph is laid out after the plan was chosen. */
async function seen(panel: Locator, name: RegExp): Promise<Locator> {
  const all = panel.getByRole('button', { name: 'Show everything' });
  const node = panel.getByRole('button', { name });
  await expect(async () => {
    if (await all.isEnabled()) {
      await all.click();
    }
    await expect(node).toBeInViewport({ ratio: 0.9, timeout: 1000 });
  }).toPass();
  return node;
}

test('a join that adaptive execution changes: both plans, and what became of it', async () => {
  const panel = await plan(1);
  await expect(panel.locator('.jp-Sparkglass-verdict')).toContainText(
    'sort-merge join became broadcast hash join'
  );
  await expect(panel).toContainText('line 5 of this cell: collect()');
  const final = panel.getByText(/Plan (\d) of \1 · final/);
  await expect(final).toBeVisible();
  const node = (name: RegExp) => panel.getByRole('button', { name });
  await expect(node(/^BroadcastHashJoin/)).toBeVisible();
  const before = panel.getByRole('button', { name: 'The plan before' });
  while (await before.isEnabled()) {
    await before.click();
  }
  await expect(panel).toContainText('before anything ran');
  const merge = await seen(panel, /^SortMergeJoin/);
  await expect(node(/^BroadcastHashJoin/)).toHaveCount(0);

  // By keyboard to the plan in which the join is new: the second or the third, by which side of the join ended first.
  await merge.focus();
  const change = panel.locator('.jp-Sparkglass-plan-change');
  await expect(async () => {
    await notebook.page.keyboard.press(']');
    await expect(change).toContainText(
      'sort-merge join became broadcast hash join',
      { timeout: 2000 }
    );
  }).toPass();
  await (await seen(panel, /^BroadcastHashJoin.*\+ new in this plan/)).click();
  const card = panel.getByRole('complementary');
  await expect(card).toContainText('Adaptive execution chose it');
  await notebook.page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
});

test('from an operator to its stage and its tasks', async () => {
  const panel = await plan(1);
  const next = panel.getByRole('button', { name: 'The next plan' });
  while (await next.isEnabled()) {
    await next.click();
  }
  await (await seen(panel, /^BroadcastHashJoin/)).click();
  await panel.getByRole('button', { name: 'Show the stage' }).first().click();
  const strip = notebook.strip(1);
  await expect(strip.getByRole('tab', { name: 'Stages' })).toHaveAttribute(
    'aria-selected',
    'true'
  );
  await expect(
    strip.locator('.jp-Sparkglass-stage[aria-pressed="true"]')
  ).toBeVisible();
});

test('cached data, and a cell without SQL', async () => {
  const panel = await plan(2);
  await panel.getByRole('combobox').selectOption({ index: 1 });
  await (await seen(panel, /^InMemoryTableScan/)).hover();
  await expect(notebook.page.getByRole('tooltip')).toContainText(
    'Reads a cached DataFrame'
  );
  await expect(await plan(3)).toContainText('operations on RDDs have no plan');
});
