import { expect, test } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
});
test.afterAll(() => notebook?.close());

const SHUFFLE =
  'sc.parallelize(range(100), 10).map(lambda i: (i % 3, i)).reduceByKey(lambda a, b: a + b).collect()';

test('a first job shows under its cell, live and done', async () => {
  const at = await notebook.addAndRun(SHUFFLE);
  expect(await notebook.sentence(at)).toMatch(
    /^Spark: 1 job · 2 stages · 20 tasks · [\d.]+ (ms|s) · shuffled [\d.]+ KiB$/
  );
  const strip = notebook.strip(at);
  expect((await strip.boundingBox())?.height).toBeLessThanOrEqual(25);
  const panel = await notebook.openTab(at, 'Timeline');
  await expect(
    panel.getByRole('img', { name: /20 tasks on 2 cores/ })
  ).toBeVisible();
  expect((await strip.boundingBox())?.height).toBeLessThanOrEqual(240);
  // Before the outputs, so that a result stays where it always was: at the end.
  const order = await notebook
    .cell(at)
    .evaluate(cell =>
      [...cell.children].map(child =>
        ['jp-Sparkglass-strip', 'jp-Cell-outputWrapper'].find(name =>
          child.classList.contains(name)
        )
      )
    );
  expect(order.indexOf('jp-Sparkglass-strip')).toBe(
    order.indexOf('jp-Cell-outputWrapper') - 1
  );
});

test('a cell that only described work says that nothing ran', async () => {
  const at = await notebook.addAndRun(
    'frame = spark.range(1000).filter("id > 3").selectExpr("id % 7 as k")'
  );
  expect(await notebook.sentence(at, 'Planned')).toBe(
    'Spark: Nothing ran yet · frame: Range → Filter → Project'
  );
  const strip = notebook.strip(at);
  await strip.locator('.jp-Sparkglass-stripToggle').click();
  await expect(strip).toContainText('Spark works when an action such as');
  await expect(strip.getByRole('tab')).toHaveCount(0);
});

test('a cell without Spark is not touched', async ({ browser }) => {
  const source = 'print(6 * 7)\n[1, 2]';
  const at = await notebook.addAndRun('x = 1', source);
  await notebook.addAndRun('sc.parallelize(range(3), 3).count()');
  await notebook.sentence(at + 2);
  const shape = (cell: Element): string =>
    cell.outerHTML
      .replace(/ (id|style|for|aria-labelledby|data-[\w-]+)="[^"]*"/g, '')
      .replace(/\[\d+\]:/g, '[n]:')
      .replace(/ jp-mod-(active|selected|dirty)/g, '');
  const watched = await notebook.cell(at + 1).evaluate(shape);
  expect(await notebook.metadata(at + 1)).not.toHaveProperty('sparkglass');
  expect(await notebook.cellsWithStrip()).not.toContain(at);
  expect(await notebook.cellsWithStrip()).not.toContain(at + 1);

  // The same cell where Sparkglass is not.
  const page = await browser.newPage();
  const plain = await NotebookPage.open(page, ['x = 1', source], {
    settings: { 'sparkglass:plugin': { enabled: false } }
  });
  try {
    await plain.run(0);
    await plain.run(1);
    await notebook.select(at);
    await plain.select(0);
    expect(await plain.cell(1).evaluate(shape)).toBe(
      await notebook.cell(at + 1).evaluate(shape)
    );
    expect(watched).toContain('42');
  } finally {
    await plain.close();
    await page.close();
  }
});

test('a failing job says why, and the chain of cells stops as ever', async () => {
  const at = await notebook.add(
    'sc.parallelize(range(4), 4).map(lambda i: 1 // (i - 2)).collect()',
    'sc.parallelize(range(4), 4).count()'
  );
  await notebook.select(at, at + 1);
  await notebook.command('notebook:run-cell');
  expect(await notebook.sentence(at, 'Failed')).toContain('1 task failed');
  expect(await notebook.cellsWithStrip()).not.toContain(at + 1);
  const panel = await notebook.openTab(at, 'Stages');
  await expect(panel).toContainText('ZeroDivisionError');
  expect(await notebook.outputs(at)).toContain('ZeroDivisionError');
  // The next cell works as if nothing had been.
  await notebook.run(at + 1);
  expect(await notebook.sentence(at + 1)).toContain('1 job · 1 stage · 4 task');
});

test('a job from a thread belongs to the cell that started it', async () => {
  const at = await notebook.addAndRun(
    [
      'import threading',
      'def work():',
      '    sc.parallelize(range(5), 5).count()',
      'thread = threading.Thread(target=work)',
      'thread.start()',
      'thread.join()'
    ].join('\n'),
    [
      'from concurrent.futures import ThreadPoolExecutor',
      'with ThreadPoolExecutor(2) as pool:',
      '    print(list(pool.map(lambda n: sc.parallelize(range(n), n).count(), [2, 3, 4])))'
    ].join('\n'),
    'y = 2'
  );
  expect(await notebook.sentence(at)).toContain('1 job · 1 stage · 5 tasks');
  expect(await notebook.sentence(at + 1)).toContain(
    '3 jobs · 3 stages · 9 tasks'
  );
  expect(await notebook.cellsWithStrip()).not.toContain(at + 2);
});

test('a cell run twice has two runs, and the newest is shown', async () => {
  const at = await notebook.add('sc.parallelize(range(6), 6).count()');
  await notebook.run(at);
  await notebook.sentence(at);
  await notebook.setSource(at, 'sc.parallelize(range(7), 7).count()');
  await notebook.run(at);
  const strip = notebook.strip(at);
  await expect(strip).toHaveAttribute('aria-label', /7 tasks/);
  const runs = strip.getByRole('combobox', { name: 'Run of this cell' });
  await expect(runs.locator('option')).toHaveText([
    'Run 1 of 2 · Done',
    'Run 2 of 2 · Done'
  ]);
  await runs.selectOption({ index: 0 });
  await expect(strip).toHaveAttribute('aria-label', /6 tasks/);
  await runs.selectOption({ index: 1 });
  await expect(strip).toHaveAttribute('aria-label', /7 tasks/);
  // A third run that uses no Spark is shown as what it is: no strip.
  await notebook.setSource(at, 'z = 1');
  await notebook.run(at);
  await expect(strip).toHaveCount(0);
});

test('every cell of short ones in six Run Alls shows its own jobs', async () => {
  const sources = [3, 4, 5, 6, 7, 8].map(
    n => `sc.parallelize(range(${n}), ${n}).count()`
  );
  const at = await notebook.add(...sources);
  let right = 0;
  for (let round = 1; round <= 6; round++) {
    await notebook.select(at, at + 5);
    await notebook.command('notebook:run-cell');
    for (let i = 0; i < 6; i++) {
      const strip = notebook.strip(at + i);
      if (round > 1) {
        await expect(strip.getByRole('combobox')).toContainText(
          `Run ${round} of ${round} · Done`
        );
      }
      await expect(strip).toHaveAttribute(
        'aria-label',
        new RegExp(`1 job · 1 stage · ${i + 3} tasks`)
      );
      right++;
    }
  }
  expect(right).toBe(36);
});
