import { expect, test } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

const COUNT = 'sc.parallelize(range(6), 6).count()';

test.describe('details in a tab', () => {
  let notebook: NotebookPage;

  test.beforeAll(async ({ browser }) => {
    notebook = await NotebookPage.withSpark(browser);
    await notebook.addAndRun(COUNT);
  });
  test.afterAll(() => notebook?.close());

  test('show a cell as large as the window, and again after the page was loaded anew', async () => {
    const { page } = notebook;
    await notebook.openTab(1, 'Tasks');
    await notebook
      .strip(1)
      .getByRole('button', { name: 'Open in a tab' })
      .click();
    const details = page.locator('.jp-Sparkglass-details:visible');
    await expect(details).toContainText('1 job');
    await details.getByRole('tab', { name: 'Tasks' }).click();
    await expect(details.getByRole('row')).toHaveCount(7);
    await notebook.bringToFront();
    await notebook.command('docmanager:save');
    // JupyterLab saves what is open some seconds after it changed.
    const [, workspace] = /workspaces\/([^/]+)/.exec(page.url())!;
    await expect
      .poll(async () =>
        (await page.request.get(`lab/api/workspaces/${workspace}`)).text()
      )
      .toContain('sparkglass-details:');
    await page.reload();
    await expect(details).toContainText('1 job', { timeout: 30_000 });
    await details.getByRole('tab', { name: 'Stages' }).click();
    await expect(details.getByRole('row').first()).toBeVisible();
  });

  test('show the whole application, from the panel and in it', async () => {
    const { page } = notebook;
    const panel = await notebook.openPanel();
    await panel.getByRole('button', { name: 'Views' }).click();
    await expect(
      panel.getByRole('tabpanel').getByRole('img', { name: /tasks/ })
    ).toBeVisible();
    await panel.getByRole('tab', { name: 'Stages' }).click();
    await expect(panel.getByRole('tabpanel').getByRole('grid')).toBeVisible();
    await panel.getByRole('button', { name: 'Open in a tab' }).click();
    await expect(
      page.locator('.jp-Sparkglass-details:visible').last()
    ).toContainText(notebook.path);
  });
});
