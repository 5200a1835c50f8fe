import { expect, test } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
});
test.afterAll(() => notebook?.close());

test('the panel shows a DataFrame, its cells and what is cached of it', async () => {
  const made = await notebook.add(
    'df = spark.range(0, 100, 1, 3).filter("id > 3")'
  );
  const panel = await notebook.openPanel();
  const list = panel.getByRole('region', { name: 'DataFrames' });
  await expect(list).toContainText('No variable holds a DataFrame yet');
  await notebook.run(made);
  const item = list.getByRole('listitem').filter({ hasText: 'df' });
  await expect(item).toContainText('range → filter');
  await expect(item).toContainText('3 partitions');
  await expect(item).toContainText('made in cell [2]');
  await expect(item).not.toContainText('cached');

  const cached = await notebook.add('df.cache().count()');
  await notebook.run(cached);
  await expect(item).toContainText(
    'cached in memory, the rest on disk; 3 of 3 partitions are there'
  );
  await expect(item).toContainText('used in cell [3]');
  await item.getByRole('button', { name: 'cell [2]' }).click();
  await expect(
    notebook.page.locator('.jp-Notebook .jp-mod-active')
  ).toHaveCount(1);

  const gone = await notebook.add('df.unpersist(); del df');
  await notebook.run(gone);
  await expect(list).toContainText('No variable holds a DataFrame yet');
});
