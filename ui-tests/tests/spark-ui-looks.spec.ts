import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible, THEMES, wear } from '../fixtures/accessible';
import { NotebookPage } from '../fixtures/notebook';
import { SESSION } from '../fixtures/notebook-file';
import { startServer } from '../fixtures/server';

const TAB = '.jp-MainAreaWidget:has(.jp-Sparkglass-ui)';

test('the tab of the Spark UI by keyboard alone, and for everybody in three themes', async ({
  page
}) => {
  test.setTimeout(180000);
  const notebook = await NotebookPage.open(page, [SESSION, 'spark.stop()']);
  try {
    await notebook.run(0);
    const panel = await notebook.openPanel();
    await panel
      .getByRole('button', { name: 'Open the Spark UI', exact: true })
      .press('Enter');
    const tab = page.locator(TAB);
    const frame = page.frameLocator(`${TAB} iframe`);
    await expect(
      frame.getByRole('heading', { name: /Spark Jobs/ })
    ).toBeVisible();

    // One stop of the Tab key for the tool bar, arrow keys inside it, Enter for its buttons.
    const bar = tab.getByRole('toolbar').first();
    const focused = () =>
      page.evaluate(
        () =>
          document.activeElement?.textContent?.trim() ||
          document.activeElement?.getAttribute('title') ||
          ''
      );
    await bar.getByRole('button').first().focus();
    const reached: string[] = [];
    while (reached.length < 15 && reached.at(-1) !== 'Executors') {
      await page.keyboard.press('ArrowRight');
      reached.push(await focused());
    }
    expect(reached.at(-1), reached.join(', ')).toBe('Executors');
    await page.keyboard.press('Enter');
    await expect(frame.locator('#active-executors-table tbody tr')).toHaveCount(
      1
    );

    await notebook.bringToFront();
    await notebook.run(1);
    await page.getByRole('tab', { name: /^Spark UI/ }).click();
    await tab.getByRole('button', { name: 'Load this page anew' }).click();
    await expect(tab.getByRole('status')).toContainText('has ended');
    // The tool bar is JupyterLab's own component, and what it says of its buttons is its to mend.
    for (const theme of THEMES) {
      await wear(notebook, theme);
      await expectAccessible(
        notebook,
        [`${TAB} .jp-Sparkglass-ui-note`],
        `note, ${theme}`
      );
    }
  } finally {
    await notebook.close();
  }
});

test('a Jupyter server without jupyter-server-proxy says what to install', async ({
  browser
}) => {
  test.setTimeout(120000);
  // As if it were not installed: Python takes a module that is None for one that is not there.
  const folder = mkdtempSync(join(tmpdir(), 'sparkglass-without-'));
  writeFileSync(
    join(folder, 'sitecustomize.py'),
    "import sys\nsys.modules['jupyter_server_proxy'] = None\n"
  );
  const server = await startServer([], { PYTHONPATH: folder });
  const context = await browser.newContext({ baseURL: `${server.url}/` });
  try {
    const page = await context.newPage();
    const notebook = await NotebookPage.open(page, [SESSION]);
    await notebook.run(0);
    const panel = await notebook.openPanel();
    await panel
      .getByRole('button', { name: 'Open the Spark UI', exact: true })
      .click();
    const note = page.locator(TAB).getByRole('status');
    await expect(note).toContainText(
      'The Jupyter server lacks jupyter-server-proxy'
    );
    await expect(note).toContainText('pip install jupyter-server-proxy');
    await expect(note.getByRole('button', { name: 'Try again' })).toBeVisible();
    await notebook.close();
  } finally {
    await context.close();
    await server.stop();
  }
});
