import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

const ROOT = join(__dirname, '..', '..');
const EXAMPLE = join(ROOT, 'examples', '03-a-stream.ipynb');

/** Where the cells of the example are. */
const cells: readonly { id: string }[] = JSON.parse(
  readFileSync(EXAMPLE, 'utf8')
).cells;
const place = (id: string): number => cells.findIndex(cell => cell.id === id);

test('the third example', async ({ page }) => {
  test.setTimeout(240_000);
  const path = await NotebookPage.put(
    page,
    JSON.parse(readFileSync(EXAMPLE, 'utf8')),
    '03-a-stream.ipynb'
  );
  const notebook = await NotebookPage.openFile(page, path, {
    settings: { 'sparkglass:plugin': { language: 'en', autoOpenSeconds: 0 } }
  });
  await notebook.command('apputils:change-theme', {
    theme: 'JupyterLab Light'
  });
  await page.evaluate(() =>
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    (window as any).jupyterapp.shell.collapseLeft()
  );
  await notebook.run(place('session'));
  await notebook.run(place('windows'));
  const at = place('windows');
  const body = await notebook.openTab(at, 'Stream');
  const view = body.locator('.jp-Sparkglass-streams');
  // Time for some windows to close.
  await expect
    .poll(async () => Number(await view.getAttribute('data-batches')), {
      timeout: 180_000
    })
    .toBeGreaterThan(45);
  await notebook.select(at);
  await notebook.strip(at).scrollIntoViewIfNeeded();
  await page.screenshot({
    path: join(ROOT, 'docs', 'screenshots', 'stream-light.png'),
    animations: 'disabled',
    caret: 'hide'
  });
  await notebook.close();
});
