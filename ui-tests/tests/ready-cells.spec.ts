import { expect, test, type Locator } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

// Each works with what the one before has left, so they are tried again together.
test.describe.configure({ mode: 'serial' });

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
});
test.afterAll(() => notebook?.close());

/** The index of the active cell. */
const active = (): Promise<number> =>
  notebook.page.evaluate(
    () =>
      (
        window as unknown as {
          jupyterapp: {
            shell: { currentWidget: { content: { activeCellIndex: number } } };
          };
        }
      ).jupyterapp.shell.currentWidget.content.activeCellIndex
  );

const dialog = (): Locator => notebook.page.locator('.jp-Dialog');

/** The number of the batch that a preview shows. */
async function batchOf(table: Locator): Promise<number> {
  return Number(
    /^Batch (\d+)/.exec(await table.locator('p').innerText())?.[1] ?? -1
  );
}

test('a rate stream is inserted, runs, lives in its Stream tab and stops there', async () => {
  await notebook.select(0);
  await notebook.command('sparkglass:insert-cell', { kind: 'rate' });
  expect(await active()).toBe(1);
  expect(await notebook.source(1)).toMatch(/^# Ten numbers a second/);
  expect(await notebook.outputs(1)).toBe('[]');
  await notebook.run(1);
  const panel = await notebook.openTab(1, 'Stream');
  await expect(panel).toContainText('rates');
  const view = panel.locator('.jp-Sparkglass-streams');
  await expect
    .poll(async () => Number(await view.getAttribute('data-batches')), {
      timeout: 40_000
    })
    .toBeGreaterThan(1);
  await panel.getByRole('button', { name: 'Stop the query' }).click();
  await notebook.sentence(1, 'Done');
});

test('a preview is one table that changes in its place, of twenty rows at most, and stops', async () => {
  const panel = await notebook.openPanel();
  const list = panel.getByRole('region', { name: 'DataFrames' });
  const item = list.getByRole('listitem').filter({ hasText: 'rates' });
  await item.getByRole('button', { name: 'Preview' }).click();
  await expect.poll(active).toBe(2);
  await notebook.run(2);
  const outputs = notebook.cell(2).locator('.jp-RenderedHTML');
  await expect
    .poll(() => batchOf(outputs), { timeout: 40_000 })
    .toBeGreaterThan(3);
  const before = await batchOf(outputs);
  await expect
    .poll(() => batchOf(outputs), { timeout: 40_000 })
    .toBeGreaterThan(before);
  await expect(outputs).toHaveCount(1);
  await expect(outputs.locator('tbody tr')).toHaveCount(20);
  await expect(outputs.locator('th')).toHaveText([
    'batch',
    'timestamp',
    'value'
  ]);
  const stream = await notebook.openTab(2, 'Stream');
  await stream.getByRole('button', { name: 'Stop the query' }).click();
  await notebook.sentence(2, 'Done');
});

test('the list of cells, and of DataFrames, is used from the keyboard', async () => {
  const { page } = notebook;
  await notebook.select(0);
  const chosen = notebook.command('sparkglass:insert-cell');
  const list = dialog().getByRole('combobox');
  await expect(list).toBeFocused();
  await expect(list.locator('option')).toHaveCount(12);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await chosen;
  expect(await notebook.source(1)).toMatch(/^# Batch and online on the same/);
  expect(await active()).toBe(1);
  // The notebook has the keyboard again. Both keys within a second are one command; a slow machine may need another try.
  await expect(async () => {
    await page.keyboard.press('d');
    await page.keyboard.press('d');
    await expect
      .poll(() => notebook.source(1), { timeout: 3000 })
      .toMatch(/^# Ten numbers/);
  }).toPass();

  const left = notebook.command('sparkglass:insert-cell');
  await expect(list).toBeFocused();
  await page.keyboard.press('Escape');
  await left;
  await expect(dialog()).toHaveCount(0);

  await notebook.addAndRun(
    "other = spark.readStream.format('rate').load().select('value')"
  );
  const frames = notebook.page.getByRole('region', { name: 'DataFrames' });
  await expect(
    frames.getByRole('listitem').filter({ hasText: 'other' })
  ).toBeVisible();
  const asked = notebook.command('sparkglass:preview');
  await expect(list.locator('option')).toHaveText(['rates', 'other']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await asked;
  expect(await notebook.source(await active())).toContain(
    'preview_other = preview(other, "preview_other")'
  );
});

test('the palette lists each cell, in Polish where that is chosen', async ({
  page
}) => {
  const polish = await NotebookPage.open(page, ['1'], {
    settings: { 'sparkglass:plugin': { language: 'pl', autoOpenSeconds: 0 } }
  });
  await polish.command('sparkglass:preview');
  await expect(page.locator('.Toastify__toast')).toContainText(
    'nie przechowuje strumieniowego DataFrame'
  );
  await polish.command('apputils:activate-command-palette');
  await page.keyboard.type('Wstaw komórkę: Zliczanie w oknach');
  const found = page.locator('.lm-CommandPalette-item');
  await expect(found).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect
    .poll(() => polish.source(1).catch(() => ''))
    .toMatch(/^# Liczy wiersze w oknach po 5 sekund/);
  await polish.close();
});

test('a menu in the toolbar and one in the panel offer the same cells', async () => {
  const { page } = notebook;
  const items = page.getByRole('menu').getByRole('menuitem');
  const before = await notebook.cell(0).count();
  expect(before).toBe(1);
  await notebook.select(0);
  await page
    .locator('.jp-NotebookPanel-toolbar')
    .getByRole('button', { name: 'Insert a ready-made cell for Spark' })
    .click();
  await expect(items).toHaveCount(12);
  const offered = await items.allInnerTexts();
  await items.filter({ hasText: 'Batch Learner' }).click();
  await expect.poll(active).toBe(1);
  expect(await notebook.source(1)).toMatch(/^# A batch learner: /);
  await notebook.run(1);
  const curve = await notebook.openTab(1, 'Curve');
  await expect(curve.getByRole('table').first()).toContainText('fitted anew');
  await expect(items).toHaveCount(0);

  const panel = await notebook.openPanel();
  await panel.getByRole('button', { name: 'Insert Cell…' }).click();
  await expect(items).toHaveText(offered);
  await page.keyboard.press('Escape');
  await expect(items).toHaveCount(0);
});
