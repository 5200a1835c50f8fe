import { expect, test } from '@playwright/test';
import { expectAccessible, THEMES, wear } from '../fixtures/accessible';
import { NotebookPage } from '../fixtures/notebook';
import { TABS } from '../fixtures/tabs';

const SHUFFLE =
  "spark.range(0, 4000, 1, 4).groupBy((F.col('id') % 7).alias('k')).count().collect()";
const FAILING =
  'sc.parallelize(range(4), 4).map(lambda i: 1 // (i - 2)).count()';

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
  await notebook.addAndRun(
    SHUFFLE,
    FAILING,
    "few = spark.range(3).filter('id > 1')"
  );
});
test.afterAll(() => notebook?.close());

for (const theme of THEMES) {
  test(`${theme}: nothing that WCAG 2.2 AA forbids`, async () => {
    await wear(notebook, theme);
    await notebook.openPanel();
    for (const tab of TABS) {
      await notebook.openTab(1, tab);
      await notebook.openTab(2, tab);
      await expect(notebook.strip(1).getByRole('tabpanel')).not.toBeEmpty();
      await expectAccessible(
        notebook,
        ['.jp-Sparkglass-strip', '#sparkglass-panel'],
        tab
      );
    }
  });
}

test('a screen reader hears regions, tabs, and a picture with a table behind it', async () => {
  const sentence = await notebook.sentence(1);
  const region = notebook.cell(1).getByRole('region', { name: sentence });
  await expect(region).toBeVisible();
  await notebook.openTab(1, 'Timeline');
  await expect(region.getByRole('tab')).toHaveText([...TABS]);
  const image = region.getByRole('img', { name: /tasks/ });
  await expect(image).toBeVisible();
  // In the tree of a screen reader, though not on the screen: lanes and stages as rows.
  await expect(region.getByRole('table').first()).toContainText('driver');
  const panel = await notebook.openPanel();
  for (const name of ['Jobs', 'Executors']) {
    await expect(
      panel.getByRole('region', { name, exact: true })
    ).toBeVisible();
  }
  await notebook.scrollTo(3);
  await expect(
    notebook.cell(3).getByRole('region', { name: /few.*Filter/ })
  ).toBeVisible();
});

test('all of it works from the keyboard', async () => {
  const { page } = notebook;
  await notebook.command('sparkglass:close-all');
  const strip = notebook.strip(1);
  const toggle = strip.locator('.jp-Sparkglass-stripToggle');
  await expect(toggle).toHaveAttribute('aria-expanded', 'false');
  await toggle.focus();
  await page.keyboard.press('Enter');
  await expect(toggle).toHaveAttribute('aria-expanded', 'true');
  const tab = (name: string) => strip.getByRole('tab', { name });
  await tab('Timeline').click();
  await page.keyboard.press('ArrowRight');
  await expect(tab('Stages')).toBeFocused();
  await expect(tab('Stages')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(tab('Advice')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await expect(tab('Timeline')).toBeFocused();

  // The keys are the timeline's, not the notebook's: no cell is added or deleted.
  const cells = await page.locator('.jp-Cell').count();
  await strip.getByRole('group', { name: /^Timeline of tasks/ }).focus();
  const out = strip.getByRole('button', { name: 'Zoom out' });
  await expect(out).toBeDisabled();
  await page.keyboard.press('+');
  await expect(out).toBeEnabled();
  await page.keyboard.press('0');
  await expect(out).toBeDisabled();
  await page.keyboard.press(']');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tooltip')).toContainText('Task');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  expect(await page.locator('.jp-Cell').count()).toBe(cells);

  await tab('Tasks').click();
  const grid = strip.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await page.locator('.jp-Cell').count()).toBe(cells);
  await expect(grid).toBeVisible();
});

for (const width of [1280, 1920]) {
  test(`at ${width} pixels no line of the strip is wider than its cell`, async () => {
    await notebook.page.setViewportSize({ width, height: 900 });
    for (const tab of TABS) {
      await notebook.openTab(1, tab);
      const overflow = await notebook.strip(1).evaluate(node => ({
        strip: node.scrollWidth - node.clientWidth,
        line:
          (node.firstElementChild?.scrollWidth ?? 0) -
          (node.firstElementChild?.clientWidth ?? 0)
      }));
      expect(overflow).toEqual({ strip: 0, line: 0 });
    }
  });
}

test('Notebook 7 shows the same strip, the same tabs and the same panel', async ({
  page
}) => {
  const other = await NotebookPage.open(
    page,
    [
      "from pyspark.sql import SparkSession\nspark = SparkSession.builder.master('local[2]').getOrCreate()",
      'spark.range(0, 100, 1, 6).count()'
    ],
    { app: 'notebook' }
  );
  await other.runAll();
  expect(await other.sentence(1)).toMatch(/ · 2 stages · 7 tasks/);
  for (const tab of TABS) {
    await other.openTab(1, tab);
  }
  await other.openTab(1, 'Tasks');
  await expect(other.strip(1).getByRole('row')).toHaveCount(8);
  const panel = await other.openPanel();
  await expect(panel.getByRole('listitem').first()).toContainText('1 task');
  await other.close();
});
