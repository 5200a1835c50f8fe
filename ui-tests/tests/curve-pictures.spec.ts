import { expect, test, type Locator } from '@playwright/test';
import { wear } from '../fixtures/accessible';
import { curveOf } from '../fixtures/curve';
import { NotebookPage } from '../fixtures/notebook';
import { checkPicture, saved, wordsOf } from '../fixtures/pictures';

// What the buttons of a training curve save: two pictures and a table. No Spark is needed.

const ROWS = 3000;
const CURVE = [
  'import numpy',
  'from sklearn.linear_model import SGDClassifier',
  'from sparkglass.learning import DDM, curve',
  'random = numpy.random.default_rng(3)',
  "c = curve('pictures', classes=[0, 1])",
  "each = c.each_batch([('online', SGDClassifier(random_state=0)), ('slow, careful', SGDClassifier(alpha=1, random_state=0))])",
  "c.fault('broken sensor', 1000, 1400, pattern='sensor')",
  "c.detect(DDM(), 'online')",
  `for at in range(0, ${String(ROWS)}):`,
  '    y = random.integers(0, 2, 1)',
  '    X = random.normal(0, 1, (1, 2)) + 1.5 * y[:, None]',
  '    X *= not 1000 <= at < 1400',
  '    each.step(X, y)',
  'c.finish()'
].join('\n');

let notebook: NotebookPage;
let cell: number;

test.beforeAll(async ({ browser }) => {
  // So high that all of the view is on the screen: a picture has all of it.
  const viewport = { width: 1280, height: 1200 };
  const page = await (await browser.newContext({ viewport })).newPage();
  notebook = await NotebookPage.open(page, [CURVE]);
  cell = 0;
  await notebook.run(cell);
});
test.afterAll(async () => {
  await notebook?.close();
  await notebook?.page.context().close();
});

/** The lines of the legend that are shown: name → last value, in per cent. */
async function legendOf(panel: Locator): Promise<Map<string, number>> {
  const entries = panel
    .getByRole('list', { name: 'Lines' })
    .getByRole('button', { pressed: true });
  const found = new Map<string, number>();
  for (const entry of await entries.all()) {
    const last = await entry.locator('strong').innerText();
    const words = await entry.innerText();
    found.set(words.replace(last, '').trim().split('\n')[0]!, parseFloat(last));
  }
  return found;
}

/** The table that the button saves: what its columns are, and the rows of each line. */
async function tableOf(panel: Locator): Promise<{
  name: string;
  head: string;
  lines: Map<string, [number, number][]>;
}> {
  const { name, bytes } = await saved(notebook.page, panel, 'CSV');
  const [head, ...rows] = bytes.toString('utf8').trim().split('\n');
  const lines = new Map<string, [number, number][]>();
  for (const row of rows) {
    const [, quoted, plain, x, value] =
      /^(?:"([^"]+)"|([^,]+)),([^,]+),([^,]*),\w+$/.exec(row)!;
    const line = (quoted ?? plain)!;
    const points = lines.get(line) ?? [];
    lines.set(line, points);
    points.push([Number(x), value === '' ? NaN : Number(value)]);
  }
  return { name, head: head!, lines };
}

for (const theme of ['JupyterLab Light', 'JupyterLab Dark'] as const) {
  test(`${theme}: the pictures of a curve are what the page shows`, async () => {
    await wear(notebook, theme);
    const panel = await curveOf(notebook, cell, 2 * ROWS);
    const { name, text } = await checkPicture(
      notebook.page,
      notebook.strip(cell),
      panel,
      `${theme}-curve`,
      'drawn'
    );
    expect(name).toMatch(/^cell-\d+-curve\.svg$/);
    const words = await wordsOf(notebook.page, text);
    const verdict = await panel
      .locator('.jp-Sparkglass-verdict')
      .first()
      .innerText();
    expect(words).toContain(verdict.trim());
    for (const [line, last] of await legendOf(panel)) {
      expect(words).toContain(line);
      expect(words).toContain(String(last));
    }
    expect(words).toContain('rows scored');
  });
}

test('the table of a curve has every point, and ends with what the legend says', async () => {
  const panel = await curveOf(notebook, cell, 2 * ROWS);
  const legend = await legendOf(panel);
  const { name, head, lines } = await tableOf(panel);
  expect(name).toBe('pictures.csv');
  expect(head).toBe('line,examples,loss,estimator');
  expect([...lines.keys()].sort()).toEqual([...legend.keys()].sort());
  for (const [line, points] of lines) {
    // A plot of some hundred pixels: the table has more than it.
    expect(points.map(([x]) => x)).toEqual(
      Array.from({ length: ROWS }, (_, n) => n + 1)
    );
    expect(100 * points[ROWS - 1]![1]).toBeCloseTo(legend.get(line)!, 1);
    // Before it has learnt, there is nothing that could be scored.
    expect(points[0]![1]).toBeNaN();
  }
});

test('the table is of what somebody has chosen: the measure, the lines, the part of the axis', async () => {
  const panel = await curveOf(notebook, cell, 2 * ROWS);
  await panel
    .getByRole('combobox', { name: 'Measure' })
    .selectOption('accuracy');
  await panel
    .getByRole('list', { name: 'Lines' })
    .getByRole('button', { name: /^slow, careful/ })
    .click();
  const plot = panel.getByRole('group', { name: /^Training curve/ });
  await plot.press('End');
  await plot.press('+');
  await expect(panel.getByRole('button', { name: 'Whole axis' })).toBeVisible();
  const legend = await legendOf(panel);
  const { head, lines } = await tableOf(panel);
  expect(head).toBe('line,examples,accuracy,estimator');
  expect([...lines.keys()]).toEqual(['online']);
  const points = lines.get('online')!;
  expect(points.length).toBeGreaterThan(10);
  expect(points.length).toBeLessThan(ROWS);
  expect(100 * points[points.length - 1]![1]).toBeCloseTo(
    legend.get('online')!,
    1
  );
});
