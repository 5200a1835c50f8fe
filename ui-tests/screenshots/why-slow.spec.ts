import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

const ROOT = join(__dirname, '..', '..');
const EXAMPLE = join(ROOT, 'examples', '02-why-was-it-slow.ipynb');

/** Where the cells of the example are. */
const cells: readonly { id: string }[] = JSON.parse(
  readFileSync(EXAMPLE, 'utf8')
).cells;
const place = (id: string): number => cells.findIndex(cell => cell.id === id);

test('the second example', async ({ page }) => {
  const path = await NotebookPage.put(
    page,
    JSON.parse(readFileSync(EXAMPLE, 'utf8')),
    '02-why-was-it-slow.ipynb'
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
  for (const id of ['session', 'skew', 'salt', 'broadcast']) {
    await notebook.run(place(id));
  }
  for (const [id, tab, name] of [
    ['skew', 'Partitions', 'partitions-light'],
    ['broadcast', 'Plan', 'plan-light']
  ] as const) {
    const body = await notebook.openTab(place(id), tab);
    await notebook.select(place(id));
    await notebook.strip(place(id)).scrollIntoViewIfNeeded();
    await body.locator('canvas, svg').first().waitFor();
    await page.screenshot({
      path: join(ROOT, 'docs', 'screenshots', `${name}.png`),
      animations: 'disabled',
      caret: 'hide'
    });
  }
});
