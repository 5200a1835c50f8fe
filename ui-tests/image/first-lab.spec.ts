/* eslint-disable jupyter/galata-prefer-menu-helper -- its helpers need a page that shows its objects, and the image's does not */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { results } from '../../scripts/set-up/paths.mjs';
import { walk } from '../fixtures/walk';

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

/** What of the notebook is on the student's disk, once it is not being written. */
async function saved(path: string): Promise<readonly ICell[]> {
  let cells: readonly ICell[] = [];
  await expect(() => {
    cells = JSON.parse(readFileSync(join(FOLDER, path), 'utf8')).cells;
  }).toPass();
  return cells;
}

/** The code cells that have not run yet, by what is on the student's disk. */
async function notYetRun(page: Page, path: string): Promise<number> {
  await page.keyboard.press('Control+s');
  return (await saved(path)).filter(
    cell => cell.cell_type === 'code' && cell.execution_count === null
  ).length;
}

test('the first lab runs, shows Spark and its UI, and is saved in the folder', async ({
  page
}) => {
  const path = await openPrinted(page);
  // Cells that are sent before Sparkglass has reached the kernel have no strip.
  await page.getByRole('tab', { name: 'Spark', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Spark', exact: true });
  await expect(panel).toContainText('Ready.', { timeout: 60000 });
  // The lab's last cell ends Spark, and with it the UI, so it runs last.
  const cells = page.locator('.jp-WindowedPanel-outer').first();
  const last = page.locator('.jp-CodeCell').filter({ hasText: 'spark.stop()' });
  await expect(async () => {
    await cells.evaluate(outer => {
      outer.scrollTop = outer.scrollHeight;
    });
    await last.locator('.jp-InputPrompt').click({ timeout: 2000 });
  }).toPass();
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
  await page
    .getByRole('menuitem', { name: 'Run All Above Selected Cell', exact: true })
    .click();
  await expect
    .poll(() => notYetRun(page, path), { timeout: 180000, intervals: [1000] })
    .toBe(1);
  await expect
    .poll(async () => {
      await page.keyboard.press('Control+s');
      return (await saved(path)).filter(cell => 'sparkglass' in cell.metadata)
        .length;
    })
    .toBeGreaterThan(2);
  await cells.evaluate(outer => {
    outer.scrollTop = 0;
  });
  const strip = page.locator('.jp-Sparkglass-strip').filter({ hasText: /job/ });
  await expect(strip.first()).toBeVisible();
  await page.screenshot({ path: join(results, 'image-first-lab.png') });

  await panel
    .getByRole('button', { name: 'Open the Spark UI', exact: true })
    .click();
  const frame = page.frameLocator('.jp-Sparkglass-ui iframe');
  await expect(
    frame.locator('#completedJob-table tbody tr').first()
  ).toBeVisible();
  await page.screenshot({ path: join(results, 'image-spark-ui.png') });
  const root = /^.*\/sparkglass\/ui\/\d+\//.exec(
    page
      .frames()
      .find(one => one.url().includes('/sparkglass/ui/'))
      ?.url() ?? ''
  )?.[0];
  expect(root).toBeTruthy();
  const { faults, kinds } = await walk(page, root ?? '');
  expect(faults).toEqual([]);
  expect(kinds).toContain('stages/stage/');

  await page.getByRole('tab', { name: /^01-/ }).first().click();
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
  await page
    .getByRole('menuitem', { name: 'Run All Cells', exact: true })
    .click();
  await expect
    .poll(() => notYetRun(page, path), { timeout: 180000, intervals: [1000] })
    .toBe(0);
  const outputs = (await saved(path)).flatMap(cell => cell.outputs ?? []);
  expect(outputs.map(({ output_type }) => output_type)).not.toContain('error');
});

test('the first lab in Polish', async ({ page }) => {
  test.skip(!FOLDER.endsWith('/made'), 'the lab was started in English');
  await openPrinted(page);
  await expect(
    page.getByRole('menuitem', { name: 'Plik', exact: true })
  ).toBeVisible();
  await page.screenshot({ path: join(results, 'image-polish.png') });
});
