import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type Page } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

const ROOT = join(__dirname, '..', '..');
const EXAMPLE = join(ROOT, 'examples', '01-first-look.ipynb');

/** Where the cells of the example are. */
const cells: readonly { id: string; cell_type: string }[] = JSON.parse(
  readFileSync(EXAMPLE, 'utf8')
).cells;
const place = (id: string): number => cells.findIndex(cell => cell.id === id);

const THEMES = [
  ['JupyterLab Light', 'light'],
  ['JupyterLab Dark', 'dark'],
  ['JupyterLab Dark High Contrast', 'high-contrast']
] as const;

function picture(page: Page, name: string): Promise<Buffer> {
  return page.screenshot({
    path: join(ROOT, 'docs', 'screenshots', `${name}.png`),
    animations: 'disabled',
    caret: 'hide'
  });
}

for (const [language, suffix] of [
  ['en', ''],
  ['pl', '-pl']
] as const) {
  test(`the first example in ${language}`, async ({ page }) => {
    const path = await NotebookPage.put(
      page,
      JSON.parse(readFileSync(EXAMPLE, 'utf8')),
      `01-first-look${suffix}.ipynb`
    );
    const notebook = await NotebookPage.openFile(page, path, {
      settings: { 'sparkglass:plugin': { language, autoOpenSeconds: 0 } }
    });
    await page.evaluate(() =>
      // eslint-disable-next-line @typescript-eslint/no-explicit-any
      (window as any).jupyterapp.shell.collapseLeft()
    );
    // Not the last one, which stops Spark.
    for (let i = 0; i < cells.length - 2; i++) {
      if (cells[i]?.cell_type === 'code') {
        await notebook.run(i);
      }
    }
    await notebook.openTab(place('long'), 0);
    await notebook.openTab(place('shuffle'), 1);
    for (const [theme, name] of suffix ? THEMES.slice(0, 1) : THEMES) {
      await notebook.command('apputils:change-theme', { theme });
      await page
        .locator(`body[data-jp-theme-name="${theme}"]`)
        .waitFor({ state: 'attached' });
      await page.evaluate(() =>
        // eslint-disable-next-line @typescript-eslint/no-explicit-any
        (window as any).jupyterapp.shell.collapseRight()
      );
      await notebook.scrollTo(place('long'));
      await picture(page, `strip-${name}${suffix}`);
      await notebook.command('sparkglass:show-panel');
      await notebook.scrollTo(place('shuffle'));
      await picture(page, `panel-${name}${suffix}`);
    }
    await notebook.close();
  });
}
