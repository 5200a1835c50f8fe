import { expect, test, type Locator } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

const count = (n: number): string =>
  `sc.parallelize(range(${n}), ${n}).count()`;

test.describe('cells that move', () => {
  let notebook: NotebookPage;

  test.beforeAll(async ({ browser }) => {
    notebook = await NotebookPage.withSpark(browser);
  });
  test.afterAll(() => notebook?.close());

  /** Which cells have a strip, and how many tasks each tells of. */
  async function tasks(): Promise<Record<number, string>> {
    const found: Record<number, string> = {};
    for (const i of await notebook.cellsWithStrip()) {
      const name = await notebook.strip(i).getAttribute('aria-label');
      found[i] = /(\d+) tasks/.exec(name ?? '')?.[1] ?? '';
    }
    return found;
  }

  test.beforeEach(async () => {
    // Away with what the test before left, but for the cell that started Spark.
    await notebook.deleteFrom(1);
  });

  test('a strip goes with its cell up and down', async () => {
    await notebook.addAndRun(count(3), 'x = 1', count(5));
    await expect.poll(tasks).toEqual({ 1: '3', 3: '5' });
    const open = await notebook.openTab(1, 'Tasks');
    await expect(open.getByRole('row')).toHaveCount(4);
    await notebook.select(1);
    await notebook.command('notebook:move-cell-down');
    await expect.poll(tasks).toEqual({ 2: '3', 3: '5' });
    // As it was: open, on the same tab.
    await expect(
      notebook.strip(2).getByRole('tab', { name: 'Tasks' })
    ).toHaveAttribute('aria-selected', 'true');
    await notebook.select(3);
    await notebook.command('notebook:move-cell-up');
    await expect.poll(tasks).toEqual({ 2: '5', 3: '3' });
    await notebook.run(2);
    await expect(notebook.strip(2).getByRole('combobox')).toContainText(
      'Run 2 of 2 · Done'
    );
  });

  test('cutting, pasting and undoing keep what belongs together', async () => {
    await notebook.addAndRun(count(3), 'x = 1', count(5));
    await expect.poll(tasks).toEqual({ 1: '3', 3: '5' });
    await expect
      .poll(() => notebook.metadata(1))
      .toHaveProperty('sparkglass.version', 2);
    await notebook.select(1);
    await notebook.command('notebook:cut-cell');
    await expect.poll(tasks).toEqual({ 2: '5' });
    await notebook.select(2);
    await notebook.command('notebook:paste-cell-below');
    await expect.poll(tasks).toEqual({ 2: '5', 3: '3' });
    await notebook.run(3);
    await expect.poll(tasks).toEqual({ 2: '5', 3: '3' });

    await notebook.select(2);
    await notebook.command('notebook:delete-cell');
    await expect.poll(tasks).toEqual({ 2: '3' });
    await notebook.command('notebook:undo-cell-action');
    await expect.poll(tasks).toEqual({ 2: '5', 3: '3' });
  });

  test('a cell that is split leaves the strip where the outputs are', async () => {
    await notebook.addAndRun(`y = 1\n${count(4)}`);
    await expect.poll(tasks).toEqual({ 1: '4' });
    await expect
      .poll(() => notebook.metadata(1))
      .toHaveProperty('sparkglass.version', 2);
    await notebook.splitAtLine(1, 1);
    await expect.poll(() => notebook.source(1)).toBe('y = 1');
    await expect.poll(tasks).toEqual({ 2: '4' });
    await expect
      .poll(() => notebook.metadata(1))
      .not.toHaveProperty('sparkglass');
    await notebook.run(1);
    await notebook.run(2);
    await expect.poll(tasks).toEqual({ 2: '4' });
  });

  test('a cell that becomes text loses its strip', async () => {
    await notebook.addAndRun(count(4));
    await expect.poll(tasks).toEqual({ 1: '4' });
    await notebook.select(1);
    await notebook.command('notebook:change-cell-to-markdown');
    await expect.poll(tasks).toEqual({});
    await notebook.command('notebook:change-cell-to-code');
    await notebook.run(1);
    await expect.poll(tasks).toEqual({ 1: '4' });
  });
});

test.describe('windowing modes', () => {
  const LAST = 31;
  let notebook: NotebookPage;

  test.beforeAll(async ({ browser }) => {
    notebook = await NotebookPage.withSpark(browser);
    const filler = Array.from({ length: 29 }, (_, i) => `${i}\n`.repeat(6));
    await notebook.add(count(5), ...filler, count(3));
    await notebook.run(1);
    await notebook.run(LAST);
    await notebook.save();
  });
  test.afterAll(() => notebook?.close());

  for (const windowingMode of ['full', 'defer', 'none', 'contentVisibility']) {
    test(`${windowingMode}: one strip a cell, also after scrolling`, async ({
      page
    }) => {
      const other = await NotebookPage.openFile(page, notebook.path, {
        settings: {
          '@jupyterlab/notebook-extension:tracker': { windowingMode }
        }
      });
      await other.openTab(1, 'Timeline');
      const image = other.strip(1).getByRole('img', { name: /5 tasks/ });
      await expect(image).toBeVisible();
      for (let i = 0; i < 2; i++) {
        await other.scrollTo(LAST);
        await expect(other.strip(LAST)).toHaveCount(1);
        await expect(other.strip(LAST)).toHaveAttribute(
          'aria-label',
          /3 tasks/
        );
        await other.scrollTo(1);
        await expect(other.strip(1)).toHaveCount(1);
        await expect(image).toBeVisible();
      }
      // Not only there: drawn.
      await expect.poll(() => coloursOf(image)).toBeGreaterThan(2);
      await other.scrollTo(LAST);
      const runs = other.strip(LAST).getByRole('combobox');
      const before = await runs.locator('option').count();
      await other.run(LAST);
      await expect(runs.locator('option')).toHaveCount(Math.max(2, before + 1));
      await expect(runs).toContainText('Done');
    });
  }
});

/** How many colours a canvas shows, as far as one looks. */
function coloursOf(canvas: Locator): Promise<number> {
  return canvas.evaluate(node => {
    const { width, height } = node as HTMLCanvasElement;
    const pen = (node as HTMLCanvasElement).getContext('2d');
    const pixels = pen?.getImageData(0, 0, width, height).data ?? [];
    return new Set(new Uint32Array((pixels as Uint8ClampedArray).buffer)).size;
  });
}
