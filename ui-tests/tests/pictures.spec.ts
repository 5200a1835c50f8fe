import { expect, test, type Locator, type Page } from '@playwright/test';
import { logOf, openLog, putFile } from '../fixtures/event-log';
import { NotebookPage } from '../fixtures/notebook';
import {
  checkPicture as check,
  wordsOf,
  type BOUNDS
} from '../fixtures/pictures';

const HOSTILE = '</text><script>window.hacked = 1</script> & "quoted"';
const SHUFFLE =
  "spark.range(0, 400000, 1, 4).groupBy((F.col('id') % 7).alias('k')).count().orderBy('k').collect()";
const TABS = ['Timeline', 'Stages', 'Tasks'] as const;

function boundOf(tab: string): keyof typeof BOUNDS {
  return tab === 'Tasks' ? 'words' : tab === 'Timeline' ? 'drawn' : 'graph';
}

let notebook: NotebookPage;
test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
  await notebook.addAndRun(
    SHUFFLE,
    `sc.setJobDescription(${JSON.stringify(HOSTILE)}); sc.parallelize(range(4), 4).map(lambda i: 1 // (i - 2)).count()`
  );
});
test.afterAll(() => notebook?.close());

for (const theme of ['Light', 'Dark', 'Dark High Contrast']) {
  test(`${theme}: every view of a notebook is saved as it looks`, async () => {
    const { page } = notebook;
    await notebook.command('apputils:change-theme', {
      theme: `JupyterLab ${theme}`
    });
    await expect(page.locator('body')).toHaveAttribute(
      'data-jp-theme-name',
      `JupyterLab ${theme}`
    );
    const panel = await notebook.openPanel();
    for (const cell of [1, 2]) {
      await notebook.scrollTo(cell);
      for (const tab of TABS) {
        const view = await notebook.openTab(cell, tab);
        const verdict = view.locator('.jp-Sparkglass-verdict').first();
        await expect(verdict).not.toBeEmpty();
        const { name, text } = await check(
          page,
          notebook.strip(cell),
          view,
          `${theme}-${cell}-${tab}`,
          boundOf(tab)
        );
        expect(name).toMatch(
          new RegExp(`^cell-\\d+-${tab.toLowerCase()}.svg$`)
        );
        const words = await wordsOf(page, text);
        expect(words).toContain((await verdict.textContent())?.trim());
      }
    }
    const { name, text } = await check(
      page,
      panel,
      panel,
      `${theme}-panel`,
      'drawn'
    );
    expect(name).toMatch(/-panel\.svg$/);
    expect(await wordsOf(page, text)).toContain('</text><script>');
    expect(
      // eslint-disable-next-line @typescript-eslint/no-explicit-any
      await page.evaluate(() => (window as any).hacked)
    ).toBeUndefined();
  });
}

test('what a person did to a view is in its picture', async () => {
  const { page } = notebook;
  const strip = notebook.strip(2);
  await notebook.scrollTo(2);
  let view = await notebook.openTab(2, 'Timeline');
  await strip.getByRole('button', { name: 'Zoom in' }).click();
  await check(page, strip, view, 'zoomed', 'drawn');
  view = await notebook.openTab(2, 'Tasks');
  await view.getByRole('row').nth(3).click();
  await view.locator('.jp-Sparkglass-filter').fill('failed');
  await expect(view.getByRole('row')).toHaveCount(2);
  const { text } = await check(page, strip, view, 'chosen', 'words');
  expect(text).toContain('>failed</text>');
});

test('tasks thinner than a pixel are an image, in device pixels', async () => {
  const { page } = notebook;
  const many = await notebook.addAndRun('sc.range(0, 800, 1, 800).count()');
  await notebook.scrollTo(many);
  const view = await notebook.openTab(many, 'Timeline');
  await expect(view.getByRole('img')).toHaveAccessibleName(/800 tasks/);
  const strip = notebook.strip(many);
  const { text } = await check(page, strip, view, 'many', 'pixels');
  expect(text).toContain('<image ');
});

/** A log opened and read to its end. */
async function openFixture(
  page: Page,
  fixture: string,
  path: string
): Promise<Locator> {
  await putFile(page, path, logOf(fixture));
  const log = await openLog(page, path);
  await expect(log.getByRole('status')).toContainText(/\d.*read$/);
  return log;
}

test('every view of an opened log is saved, and named after its application', async ({
  page
}) => {
  const log = await openFixture(page, 'everyday-4.3', 'local-1764000000009');
  for (const tab of ['Overview', ...TABS]) {
    await log.getByRole('tab', { name: tab }).click();
    const view = log.getByRole('tabpanel');
    const verdict = view.locator('.jp-Sparkglass-verdict').first();
    await expect(verdict).not.toBeEmpty();
    const { name, text } = await check(
      page,
      log,
      view,
      `log-${tab}`,
      boundOf(tab)
    );
    expect(name).toMatch(new RegExp(`^local-\\d+-${tab.toLowerCase()}.svg$`));
    const words = await wordsOf(page, text);
    expect(words).toContain((await verdict.textContent())?.trim());
  }
});

test('a failure that is explained is explained in the picture too', async ({
  page
}) => {
  const log = await openFixture(page, 'failures-4.3', 'local-1764000000010');
  await log.getByRole('tab', { name: 'Stages' }).click();
  const view = log.getByRole('tabpanel');
  await view.getByRole('button', { name: 'Why?' }).click();
  await expect(view.locator('.jp-Sparkglass-note')).toBeVisible();
  await check(page, log, view, 'why', 'graph');
  await view.locator('.jp-Sparkglass-note summary').click();
  await view.getByRole('grid').evaluate(node => (node.scrollTop = 37));
  await check(page, log, view, 'why-open', 'graph');
});
