import { expect, test } from '@playwright/test';
import { NotebookPage, SESSION, SLOW } from '../fixtures/notebook';

test.describe('one kernel', () => {
  let notebook: NotebookPage;

  test.afterEach(() => notebook?.close());

  test('a first job shows under its cell, and under no other', async ({
    page
  }) => {
    notebook = await NotebookPage.open(page, [
      SESSION,
      'x = 1',
      'df = spark.range(1000).filter("id > 3").selectExpr("id % 7 as k")',
      'sc.parallelize(range(100), 10).map(lambda i: (i % 3, i)).reduceByKey(lambda a, b: a + b).collect()'
    ]);
    await notebook.runAll();
    expect(await notebook.sentence(3)).toMatch(
      /^Spark: 1 job · 2 stages · 20 tasks · [\d.]+ (ms|s) · shuffled [\d.]+ KiB$/
    );
    expect(await notebook.sentence(2, 'Planned')).toBe(
      'Spark: Nothing ran yet · df: Range → Filter → Project'
    );
    expect(await notebook.cellsWithStrip()).toEqual([2, 3]);

    const panel = await notebook.openTab(3, 'Timeline');
    await expect(
      panel.getByRole('img', { name: /20 tasks on 2 cores/ })
    ).toBeVisible();
    const box = await notebook.strip(3).boundingBox();
    expect(box?.height).toBeLessThanOrEqual(240);
  });

  test('a refresh in the middle of a job shows the whole history again', async ({
    page
  }) => {
    notebook = await NotebookPage.open(page, [
      SESSION,
      'sc.parallelize(range(8), 8).count()',
      SLOW
    ]);
    await notebook.run(0);
    await notebook.run(1);
    await notebook.sentence(1);
    await notebook.run(2, false);
    await notebook.sentence(2, 'Running');
    await page.reload();
    expect(await notebook.sentence(1)).toContain('1 job · 1 stage · 8 tasks');
    expect(await notebook.sentence(2, 'Running')).toContain('0 of 2 tasks');
    // Requests go through although the kernel is busy.
    await notebook.strip(2).getByRole('button', { name: 'Cancel' }).click();
    expect(await notebook.sentence(2, 'Cancelled')).toContain('1 job');
  });

  test('a failing job says why, and the chain of cells stops as ever', async ({
    page
  }) => {
    notebook = await NotebookPage.open(page, [
      SESSION,
      'sc.parallelize(range(4), 4).map(lambda i: 1 // (i - 2)).collect()',
      'sc.parallelize(range(4), 4).count()'
    ]);
    await notebook.runAll();
    expect(await notebook.sentence(1, 'Failed')).toContain('failed');
    expect(await notebook.cellsWithStrip()).toEqual([1]);
    const panel = await notebook.openTab(1, 'Stages');
    await expect(panel).toContainText('ZeroDivisionError');
    expect(await notebook.outputs(1)).toContain('ZeroDivisionError');
  });
});
