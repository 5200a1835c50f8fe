import { expect, test, type Locator } from '@playwright/test';
import { curveOf, told } from '../fixtures/curve';
import { NotebookPage } from '../fixtures/notebook';

/** Rows of two classes, a learner of each kind, and what they lost as the kernel heard of it. */
const LEARNERS = [
  'import json, numpy',
  'from sklearn.linear_model import LogisticRegression, SGDClassifier',
  'from sparkglass.learning import curve',
  'random = numpy.random.default_rng(1)',
  'def rows(n):',
  '    y = random.integers(0, 2, n)',
  '    return random.normal(0, 1, (n, 2)) + 1.5 * y[:, None], y',
  'lost = {}',
  'def heard(line, losses, before):',
  '    lost.setdefault(line.name, []).extend(float(loss) for loss in losses)',
  'def fading(losses, alpha):',
  '    s = b = 0.0',
  '    for loss in losses:',
  '        s, b = loss + alpha * s, 1 + alpha * b',
  '    return 100 * s / b'
].join('\n');

const LOOP = [
  "c = curve('loop', classes=[0, 1])",
  'c.on_scored(heard)',
  "each = c.each_batch([SGDClassifier(random_state=0), c.batch(LogisticRegression(), every=300, name='batch')])",
  'c.probe(*rows(100), every=100)',
  'for at in range(0, 1000, 10):',
  '    if at == 400:',
  "        c.fault('broken sensor', start=400, end=500)",
  '    X, y = rows(10)',
  '    X[:, 0] *= not 400 <= at < 500',
  '    each.step(X, y)'
].join('\n');

const SAY = [
  'print(json.dumps({',
  "    'seen': c.seen,",
  '    **{name: [fading(losses, 0.99), fading(losses, 0.9), len(losses)] for name, losses in lost.items()}',
  '}))'
].join('\n');

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
  await notebook.addAndRun(LEARNERS);
});
test.afterAll(() => notebook?.close());

/** What the kernel itself makes of the losses: fading error at α 0.99 and 0.9 in per cent, and how many there were. */
const kernelSays = () =>
  told<Record<string, [number, number, number]>>(notebook, SAY);

/** A learner's row in the table of costs. */
function costOf(panel: Locator, line: string): Locator {
  return panel
    .getByRole('table', { name: 'What each learner came to, and its cost' })
    .getByRole('row', { name: new RegExp(`^${line}`) });
}

/** The last value of a line in the legend, in per cent. */
async function lastOf(panel: Locator, line: string): Promise<number> {
  const entry = panel
    .getByRole('list', { name: 'Lines' })
    .getByRole('button', { name: new RegExp(`^${line} [–\\d]`) });
  return parseFloat(await entry.locator('strong').innerText());
}

test('a plain loop: the numbers are those of the kernel, along every axis, with any α', async () => {
  const at = await notebook.addAndRun(LOOP);
  const panel = await curveOf(notebook, at, 200);
  const numbers = await kernelSays();
  for (const line of ['SGDClassifier', 'batch']) {
    await expect
      .poll(() => lastOf(panel, line))
      .toBeCloseTo(numbers[line]![0], 1);
  }
  const slider = panel.getByRole('slider');
  await slider.fill('20');
  await expect
    .poll(() => lastOf(panel, 'SGDClassifier'))
    .toBeCloseTo(numbers['SGDClassifier']![1], 1);
  await expect(panel.getByText('remembers ≈ 10 rows')).toBeVisible();
  await slider.fill('40');

  const plot = panel.getByRole('group', { name: /^Training curve/ });
  await plot.press('End');
  const tip = notebook.page.getByRole('tooltip');
  await expect(tip).toContainText('after 1,000 rows');
  await expect(tip).toContainText(
    `${numbers['SGDClassifier']![0].toFixed(2).replace(/\.?0+$/, '')}`
  );
  await plot.press('Enter');
  await expect(
    panel.getByRole('button', { name: 'Go to its cell' })
  ).toBeVisible();
  await plot.press('+');
  await panel.getByRole('button', { name: 'Whole axis' }).click();

  const row = costOf(panel, 'batch');
  // At 300, 600 and 900 rows.
  await expect(row.getByRole('cell').nth(6)).toHaveText('3');
  // At a price of 3,600,000 an hour, a millisecond costs 1.
  const price = panel.getByLabel('An hour of one processor costs');
  await price.fill('3600000');
  const python = await row.getByRole('cell').nth(3).innerText();
  const pythonMs = parseFloat(python) * (python.endsWith(' ms') ? 1 : 1000);
  const spent = await row.getByRole('cell').nth(4).innerText();
  expect(parseFloat(spent.replaceAll(',', '')) / pythonMs).toBeCloseTo(1, 1);
  await price.fill('');
  await expect(row.getByRole('cell').nth(6)).toHaveText('3');
  for (const axis of ['visits', 'time', 'processor time', 'rows scored']) {
    await panel.getByRole('combobox', { name: 'Along' }).selectOption(axis);
    await expect(panel.locator('.jp-Sparkglass-curveAxis')).toHaveText(axis);
    await expect(panel.locator('canvas').first()).toBeVisible();
  }
  await panel.getByRole('combobox', { name: 'Measure' }).selectOption('kappa');
  await expect(
    panel.getByRole('columnheader', { name: /kappa/ })
  ).toBeVisible();
  await panel.getByRole('combobox', { name: 'Measure' }).selectOption('loss');

  const list = (await notebook.openPanel()).getByRole('region', {
    name: 'Training curves'
  });
  await expect(list).toContainText('2 learners · 1,000 rows scored');
});

const STREAM = [
  'import os, tempfile',
  'lost.clear()',
  'place = tempfile.mkdtemp()',
  'def arrive(i):',
  '    X, y = rows(20)',
  "    with open(f'{place}/.{i}', 'w') as file:",
  "        file.writelines(json.dumps({'a': x[0], 'b': x[1], 'y': int(c)}) + '\\n' for x, c in zip(X.tolist(), y))",
  "    os.rename(f'{place}/.{i}', f'{place}/{i:03}.json')",
  "c = curve('stream', classes=[0, 1])",
  'c.on_scored(heard)',
  "each = c.each_batch([SGDClassifier(random_state=0), c.batch(LogisticRegression(), every=60, name='batch')], ['a', 'b'], 'y')",
  "reader = spark.readStream.schema('a double, b double, y int').option('maxFilesPerTrigger', 1)",
  'for i in range(6):',
  '    arrive(i)',
  'query = reader.json(place).writeStream.foreachBatch(each).start()'
].join('\n');

test('a real stream: it goes on when the page is loaded anew, and what a batch cost is found', async () => {
  const at = await notebook.addAndRun(STREAM);
  await curveOf(notebook, at, 4);
  await notebook.save();
  await notebook.page.reload();
  await notebook.kernelIs('idle');
  await notebook.addAndRun(
    'for i in range(6, 12):\n    arrive(i)\nquery.processAllAvailable()'
  );
  const panel = await curveOf(notebook, at, 20);
  const numbers = await kernelSays();
  await expect(notebook.strip(at)).toContainText(
    `2 learners · ${String(numbers['seen'])} rows scored`
  );
  for (const line of ['SGDClassifier', 'batch']) {
    await expect
      .poll(() => lastOf(panel, line))
      .toBeCloseTo(numbers[line]![0], 1);
  }
  const cells = costOf(panel, 'SGDClassifier').getByRole('cell');
  // Spark's processor time and Python's, bytes that Spark read.
  await expect(cells.nth(2)).toHaveText(/[1-9][\d.]* (ms|s)$/);
  await expect(cells.nth(3)).toHaveText(/[1-9][\d.]* (ms|s)$/);
  await expect(cells.nth(4)).toHaveText(/[1-9][\d.]* (B|KiB)$/);
  const plot = panel.getByRole('group', { name: /^Training curve/ });
  await plot.press('End');
  await expect(notebook.page.getByRole('tooltip')).toContainText(/Batch \d+/);
  await plot.press('Enter');
  await panel.getByRole('button', { name: 'Show its batch' }).click();
  await expect(
    notebook.strip(at).getByRole('tab', { name: 'Stream' })
  ).toHaveAttribute('aria-selected', 'true');
  await notebook.addAndRun('query.stop()\nc.finish()');
  await notebook.sentence(at, 'Done');
});

test('a curve is there without a kernel, and pinned it is a picture and a sentence', async ({
  page
}) => {
  const at = await notebook.addAndRun(`${LOOP}\nc.finish()`);
  const panel = await curveOf(notebook, at, 200);
  const error = await lastOf(panel, 'SGDClassifier');
  await expect
    .poll(() => notebook.metadata(at))
    .toHaveProperty('sparkglass.version');
  await notebook.strip(at).getByRole('button', { name: 'Pin' }).click();
  await expect
    .poll(() => notebook.outputs(at))
    .toMatch(/image\/svg\+xml.*text\/plain.*loop: /);
  expect(await notebook.outputs(at)).toContain('SGDClassifier');
  await notebook.save();

  // Another path: at its own, the page would find the kernel that still runs.
  const copy = await NotebookPage.openFile(
    page,
    await NotebookPage.put(page, await notebook.file()),
    { withoutKernel: true }
  );
  await copy.scrollTo(at);
  await expect(copy.strip(at)).toContainText('2 learners · 1,000 rows scored');
  const saved = await copy.openTab(at, 'Curve');
  await expect(saved.locator('canvas').first()).toBeVisible();
  // All examples are not in the file: what is estimated of sums is nearly the same.
  expect(Math.abs((await lastOf(saved, 'SGDClassifier')) - error)).toBeLessThan(
    1.5
  );
});

test('before the first point it says what to do', async () => {
  const at = await notebook.addAndRun("c = curve('empty')");
  const panel = await notebook.openTab(at, 'Curve');
  await expect(panel).toContainText('No point yet on empty');
});

test('in Polish', async ({ page }) => {
  const polish = await NotebookPage.open(page, [LEARNERS, LOOP], {
    settings: { 'sparkglass:plugin': { language: 'pl', autoOpenSeconds: 0 } }
  });
  await polish.runAll();
  const panel = await polish.openTab(1, 0);
  await expect(polish.strip(1).getByRole('tab').first()).toHaveText('Krzywa');
  await expect(panel).toContainText('czas procesora');
  await expect(panel).toContainText('pamięta ≈ 100 wierszy');
  await expect(panel).toContainText('odwiedziny');
  await expect(polish.strip(1)).toContainText('2 modele');
  await polish.close();
});
