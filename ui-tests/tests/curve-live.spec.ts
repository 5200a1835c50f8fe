import { expect, test, type Locator } from '@playwright/test';
import { expectAccessible, THEMES, wear } from '../fixtures/accessible';
import { curveOf, told } from '../fixtures/curve';
import { NotebookPage } from '../fixtures/notebook';

// Training curves that need no Spark: one kernel and one page for all of them.

/** Lets a loop of the kernel wait, in the middle of a cell, until the page has been looked at. */
const GATE = [
  'import json, os, time',
  'def wait_for(name):',
  '    for _ in range(1200):',
  '        if os.path.exists(name):',
  '            return',
  '        time.sleep(0.05)'
].join('\n');

/** The figure "Concept drift" of the lecture, as it is made; `right` is what the kernel itself counts. */
const LECTURE = [
  'from sklearn.linear_model import LogisticRegression, SGDClassifier',
  'from sklearn.preprocessing import StandardScaler',
  'from sparkglass.learning import curve',
  'from sparkglass.learning.recipes import payments',
  'X, y = payments()',
  'X = StandardScaler().fit_transform(X)',
  'right = {}',
  'def heard(line, losses, before):',
  '    right.setdefault(line.name, []).extend(1 - float(loss) for loss in losses)',
  "with curve('payments', classes=[0, 1]) as c:",
  '    c.on_scored(heard)',
  "    c.mark('drift', 'above 500', start=500, pattern='sudden')",
  "    online = SGDClassifier(loss='log_loss', random_state=42)",
  "    batch = c.batch(LogisticRegression(), fit_on=(X[:500], y[:500]), name='batch')",
  "    learn = c.each_batch([('online', online), batch])",
  '    for i in range(1000):',
  '        if i == 750:',
  '            wait_for(gate)',
  '        learn.step(X[i : i + 1], y[i : i + 1])'
].join('\n');

/** Plain means of the phases, and the mean of the last 50 at some rows, in per cent. */
const SAY = [
  'mean = lambda values: 100 * sum(values) / len(values)',
  'print(json.dumps({name: {',
  "    'before': mean(all[:-500]), 'after': mean(all[-500:]),",
  "    'at': {str(row): mean(all[: row - 1000 or None][-50:]) for row in (500, 600, 750, 1000)}",
  '} for name, all in right.items()}))'
].join('\n');

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  notebook = await NotebookPage.open(page, [GATE]);
  await notebook.run(0);
});
test.afterAll(async () => {
  await notebook?.close();
  await notebook?.page.context().close();
});

/** A file of the server, of which the kernel waits. */
async function open(gate: string): Promise<void> {
  const response = await notebook.page.request.put(`api/contents/${gate}`, {
    data: { type: 'file', format: 'text', content: '' }
  });
  expect(response.ok()).toBe(true);
}

/** A share in the words of the page: at most two decimals. */
const words = (share: number): string => `${Number(share.toFixed(2))} %`;

interface ISaid {
  readonly before: number;
  readonly after: number;
  readonly at: Readonly<Record<string, number>>;
}

test("the lecture's figure, drawn live: the batch model dies at the drift, the online one adapts", async () => {
  const gate = `looked-at-${Date.now()}`;
  const at = await notebook.add(`gate = '${gate}'\n${LECTURE}`);
  await notebook.run(at, false);
  const panel = await curveOf(notebook, at, 1499);
  await panel
    .getByRole('combobox', { name: 'Measure' })
    .selectOption('accuracy');
  await panel.getByRole('combobox', { name: 'Average' }).selectOption('window');
  await panel.getByRole('slider').fill('34');
  await expect(panel.getByText('50 rows', { exact: true })).toBeVisible();

  // In the middle of the cell the page knows already who is ahead.
  const verdict = panel.locator('.jp-Sparkglass-verdict');
  await expect(verdict).toHaveText(/^online is ahead since row \d+: /);
  const plot = panel.getByRole('group', { name: /^Training curve/ });
  const tip = notebook.page.getByRole('tooltip');
  const valueOf = (line: string): Locator =>
    tip.getByRole('row', { name: new RegExp(`^${line} `) });
  await plot.press('End');
  await expect(tip).toContainText('after 750 rows');
  const seen = await valueOf('batch').innerText();
  const strip = notebook.strip(at).locator('.jp-Sparkglass-stripWord');
  await expect(strip).toHaveText('Running');

  await open(gate);
  await notebook.kernelIs('idle');
  await curveOf(notebook, at, 1999);
  const said = await told<Record<'online' | 'batch', ISaid>>(notebook, SAY);
  const { online, batch } = said;
  expect(seen).toContain(words(batch.at['750']!));
  // The figure's numbers, from the kernel: research on the lecture has them, too.
  expect(
    [online.before, online.after, batch.before, batch.after].map(
      share => Math.round(10 * share) / 1000
    )
  ).toEqual([0.958, 0.958, 0.984, 0.76]);

  // Row 1,000 and, 500 to the left, the last one before the drift.
  await plot.press('End');
  await expect(tip).toContainText('after 1,000 rows');
  await expect(valueOf('online')).toContainText(words(online.at['1000']!));
  await expect(valueOf('batch')).toContainText(words(batch.at['1000']!));
  for (let i = 0; i < 5; i++) {
    await plot.press('Shift+ArrowLeft');
    if (i === 3) {
      await expect(tip).toContainText('after 600 rows');
      await expect(valueOf('online')).toContainText(words(online.at['600']!));
      await expect(valueOf('batch')).toContainText(words(batch.at['600']!));
    }
  }
  await expect(tip).toContainText('after 500 rows');
  await expect(valueOf('online')).toContainText(words(online.at['500']!));
  await expect(valueOf('batch')).toContainText(
    `${words(batch.at['500']!)}on its own training rows: does not count`
  );
  await plot.press('Escape');

  const parts = panel.getByRole('table', { name: /before and after/ });
  await expect(parts.getByRole('columnheader')).toHaveText([
    'mean accuracy',
    'rows 1–500',
    'from row 501 · above 500'
  ]);
  const cells = (line: string): Locator =>
    parts.getByRole('row', { name: new RegExp(`^${line} `) }).getByRole('cell');
  await expect(cells('online')).toHaveText([
    words(online.before),
    words(online.after)
  ]);
  await expect(cells('batch')).toHaveText([
    `${words(batch.before)} (own training rows)`,
    words(batch.after)
  ]);
  // The better number of the first part flatters, and is not the best.
  await expect(parts.locator('b')).toHaveText([
    words(online.before),
    words(online.after)
  ]);
  await expect(verdict).toContainText(
    `${words(online.at['1000']!)} right, batch has ${words(batch.at['1000']!)}`
  );
});

/** A learner that is fitted anew after every 100 rows, and answers requests meanwhile. */
const SERVED = [
  'from sparkglass.learning import curve',
  'from sparkglass.learning.learners import Perceptron',
  'from sparkglass.learning.recipes import flowers',
  'rows = flowers()',
  "c = curve('served', classes=[-1, 1])",
  "nightly = c.batch(Perceptron(), every=100, name='nightly')",
  'learn = c.each_batch([nightly])',
  'def see(first, end):',
  '    for i in range(first, end, 10):',
  '        learn.step(rows.X[i : i + 10], rows.y[i : i + 10])',
  'see(0, 250)',
  'served = c.serve(nightly)'
].join('\n');

test('a model that answers requests: its version, how far it is behind, and what it was asked', async () => {
  const at = await notebook.addAndRun(SERVED);
  const port = await told<string>(
    notebook,
    "print(json.dumps(served.url.rpartition(':')[2].strip('/')))"
  );
  const panel = await curveOf(notebook, at, 1);
  const row = panel.locator('.jp-Sparkglass-curveServing');
  await expect(row).toContainText('nightly answers requests');
  await expect(row).toContainText(/version 1.*lag 50 rows/);

  // Through the Jupyter server, as a browser reaches it.
  const ask = (rows: number[][]): ReturnType<typeof request.post> =>
    request.post(`sparkglass/serve/${port}/predict`, { data: { rows } });
  const { request } = notebook.page;
  const answer = await ask([[0, 0]]);
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({
    model_version: 1,
    trained_on: 200
  });
  expect((await ask([[0]])).status()).toBe(422);
  await expect(row).toContainText('2 requests, 1 failed');
  await expect(row).toContainText(/latency \d/);

  // Learning goes on: a new version takes over, and the lag drops as it does.
  await notebook.addAndRun('see(250, 320)');
  await expect(row).toContainText(/version 2.*lag 20 rows/);
  const lag = panel.locator('.jp-Sparkglass-curveLag');
  await expect(lag).toContainText('nightly is 20 rows behind');
  const plot = panel.getByRole('group', { name: /^Training curve/ });
  await plot.press('End');
  await expect(notebook.page.getByRole('tooltip')).toContainText(
    '20 rows, version 2'
  );
  await plot.press('Escape');

  await notebook.addAndRun('served.stop()');
  await expect(row).toContainText('nightly does not answer any more');
});

/** Two hundred rows from the one called `first` on; `wrong` is what the kernel itself counts. */
const AGAIN = [
  'from sparkglass.learning import curve',
  'from sparkglass.learning.learners import Perceptron',
  'from sparkglass.learning.recipes import flowers',
  'rows = flowers()',
  'wrong = []',
  "with curve('again', classes=[-1, 1]) as c:",
  '    c.on_scored(lambda line, losses, before: wrong.extend(map(float, losses)))',
  "    learn = c.each_batch(Perceptron(), name='perceptron')",
  '    for i in range(first, first + 200, 10):',
  '        learn.step(rows.X[i : i + 10], rows.y[i : i + 10])'
].join('\n');
const WRONG = 'print(json.dumps(100 * sum(wrong) / len(wrong)))';

test('an earlier run is drawn behind the present one, each with its own numbers', async () => {
  await notebook.addAndRun('first = 400');
  const at = await notebook.addAndRun(AGAIN);
  const before = await told<number>(notebook, WRONG);
  const panel = await curveOf(notebook, at, 20);
  const behind = panel.getByRole('combobox', { name: 'Behind' });
  await expect(behind).toHaveCount(0);

  await notebook.addAndRun('first = 1300');
  await notebook.run(at);
  const now = await told<number>(notebook, WRONG);
  expect(words(now)).not.toBe(words(before));
  await panel
    .getByRole('combobox', { name: 'Average' })
    .selectOption('cumulative');
  await behind.selectOption('run 1');
  const plot = panel.getByRole('group', { name: /^Training curve/ });
  await plot.press('End');
  const tip = notebook.page.getByRole('tooltip');
  for (const [run, share] of [
    ['run 1', before],
    ['run 2', now]
  ] as const) {
    await expect(
      tip.getByRole('row', { name: new RegExp(`^perceptron, ${run} `) })
    ).toContainText(words(share));
  }
  await plot.press('Escape');
  const legend = panel.locator('.jp-Sparkglass-curveLegend');
  await expect(legend).toContainText('perceptron, run 1');
  await behind.selectOption('');
  await expect(legend).not.toContainText('run 1');
});

test('nothing that WCAG 2.2 AA forbids, in any theme', async () => {
  const at = await notebook.addAndRun(SERVED);
  await curveOf(notebook, at, 1);
  for (const theme of THEMES) {
    await wear(notebook, theme);
    await expectAccessible(notebook, ['.jp-Sparkglass-strip'], theme);
  }
  await notebook.addAndRun('served.stop()');
});
