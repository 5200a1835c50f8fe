/* eslint-disable jupyter/galata-prefer-menu-helper -- its helpers need a page that shows its objects, and the image's does not */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { results } from '../../scripts/set-up/paths.mjs';

const URL_WITH_TOKEN = process.env.IMAGE_URL ?? '';
const FOLDER = process.env.IMAGE_FOLDER ?? '';

interface ICell {
  readonly cell_type: string;
  readonly execution_count?: number | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly { readonly output_type: string }[];
}

/** Opens the address that the lab prints, as a student does; answers with the notebook it leads to. */
async function openPrinted(page: Page): Promise<string> {
  const begin = Date.now();
  await page.goto(URL_WITH_TOKEN);
  await expect(page.locator('.jp-NotebookPanel .jp-Cell').first()).toBeVisible({
    timeout: 60000
  });
  const path = /\/lab\/tree\/(.+\/01-[^?]+\.ipynb)/.exec(page.url())?.[1];
  expect(path, page.url()).toBeTruthy();
  process.stdout.write(
    `the notebook is on the screen after ${Date.now() - begin} ms\n`
  );
  return path ?? '';
}

/** What of the notebook is on the student's disk. */
function saved(path: string): readonly ICell[] {
  return JSON.parse(readFileSync(join(FOLDER, path), 'utf8')).cells;
}

test('the first lab runs, shows Spark, and is saved in the folder', async ({
  page
}) => {
  const path = await openPrinted(page);
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
  await page
    .getByRole('menuitem', { name: 'Run All Cells', exact: true })
    .click();
  await expect
    .poll(
      async () => {
        await page.keyboard.press('Control+s');
        return saved(path).filter(
          cell => cell.cell_type === 'code' && cell.execution_count === null
        ).length;
      },
      { timeout: 180000, intervals: [1000] }
    )
    .toBe(0);
  const code = saved(path).filter(cell => cell.cell_type === 'code');
  expect(
    code
      .flatMap(cell => cell.outputs ?? [])
      .map(({ output_type }) => output_type)
  ).not.toContain('error');
  await page
    .locator('.jp-WindowedPanel-outer')
    .first()
    .evaluate(outer => {
      outer.scrollTop = 0;
    });
  const strip = page.locator('.jp-Sparkglass-strip').filter({ hasText: /job/ });
  await expect(strip.first()).toBeVisible();
  await expect
    .poll(async () => {
      await page.keyboard.press('Control+s');
      return saved(path).filter(cell => 'sparkglass' in cell.metadata).length;
    })
    .toBeGreaterThan(2);
  await page.screenshot({ path: join(results, 'image-first-lab.png') });
});

test('the first lab in Polish', async ({ page }) => {
  test.skip(!FOLDER.endsWith('/made'), 'the lab was started in English');
  await openPrinted(page);
  await expect(
    page.getByRole('menuitem', { name: 'Plik', exact: true })
  ).toBeVisible();
  await page.screenshot({ path: join(results, 'image-polish.png') });
});
