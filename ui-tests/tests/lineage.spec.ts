import { expect, test, type Locator } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
});
test.afterAll(() => notebook?.close());

/** The lineage under a cell that has run. */
async function lineageOf(cell: number): Promise<Locator> {
  await notebook.sentence(cell);
  return notebook.openTab(cell, 'Lineage');
}

test('a word count crosses at its shuffle, and the keyboard walks its partitions', async () => {
  const at = await notebook.addAndRun(
    [
      "words = sc.parallelize(['to be or', 'not to be'] * 20, 4).flatMap(str.split)",
      'words.map(lambda word: (word, 1)).reduceByKey(lambda a, b: a + b, 3).collect()'
    ].join('\n')
  );
  const panel = await lineageOf(at);
  await expect(panel.getByRole('img')).toHaveAttribute(
    'aria-label',
    /^4 partitions were shuffled into 3/
  );
  const legend = panel.getByRole('list', { name: 'Legend' });
  await expect(legend).toContainText('narrow');
  await expect(legend).toContainText('wide');
  const picture = panel.getByRole('group', { name: /^Partitions/ });
  await picture.press('ArrowDown');
  await expect(panel).toContainText('Partition 0 of 3, collect');
  await picture.press('ArrowLeft');
  await picture.press('ArrowLeft');
  await expect(panel).toContainText('reduceByKey. Made of partition');
});

test('a cached DataFrame says how many of its partitions are in memory', async () => {
  const at = await notebook.addAndRun(
    'kept = spark.range(0, 1000, 1, 8).cache()\nkept.count()',
    'kept.count()'
  );
  const panel = await lineageOf(at + 1);
  await expect(panel.getByRole('img')).toHaveAttribute(
    'aria-label',
    /^All 8 partitions came from memory/
  );
  await expect(panel.getByRole('list', { name: 'Legend' })).toContainText(
    'in memory'
  );
});
