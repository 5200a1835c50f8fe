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
