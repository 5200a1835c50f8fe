import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';
import { notebookOf } from '../fixtures/notebook-file';

const MIME = 'application/vnd.sparkglass.run.v1+json';
const SHUFFLE =
  'sc.parallelize(range(40), 4).map(lambda i: (i % 3, "x" * i)).groupByKey().mapValues(len).collect()';

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
});
test.afterAll(() => notebook?.close());

/** Wait until a cell's summary is in its metadata; returns its length as it is in the file. */
async function savedLength(index: number): Promise<number> {
  await expect
    .poll(() => notebook.metadata(index))
    .toHaveProperty('sparkglass.version', 2);
  return JSON.stringify((await notebook.metadata(index)).sparkglass).length;
}

test('a streaming query is saved with its batches', async ({ page }) => {
  const at = await notebook.add(
    "rates = spark.readStream.format('rate').option('rowsPerSecond', 20).load()\nkept = rates.writeStream.queryName('kept').format('noop').trigger(processingTime='500 milliseconds').start()",
    'import time\nwhile len(kept.recentProgress) < 4: time.sleep(0.2)\nkept.stop()'
  );
  await notebook.run(at);
  await notebook.run(at + 1);
  // The end of a query and that of its last job are told on different ways: until nothing more comes.
  let live = '';
  await expect
    .poll(
      async () => {
        const before = live;
        live = await notebook.sentence(at);
        return live === before;
      },
      { intervals: [1500] }
    )
    .toBe(true);
  expect(await savedLength(at)).toBeLessThanOrEqual(24 * 1024);
  await notebook.save();
  const copy = await NotebookPage.openFile(
    page,
    await NotebookPage.put(page, await notebook.file()),
    { withoutKernel: true }
  );
  await expect(copy.strip(at).getByText('recorded')).toBeVisible();
  await expect(copy.strip(at)).toHaveAttribute('aria-label', live);
  const panel = await copy.openTab(at, 'Stream');
  await expect(panel).toContainText('kept');
  await expect(panel).toContainText('It was stopped after');
  await expect(panel.locator('canvas').first()).toBeVisible();
  const charts = panel.getByRole('group', { name: /^Batches over time/ });
  await charts.press('End');
  await charts.press('Enter');
  await expect(panel).toContainText(/Its job: \d+|Its \d+ jobs/);
});

test('a notebook that is opened without a kernel shows what was saved', async ({
  page
}) => {
  const at = await notebook.add(
    SHUFFLE,
    'sc.parallelize(range(4), 4).map(lambda i: 1 // (i - 2)).collect()',
    'frame = spark.range(9).repartition(3)'
  );
  const live: (string | null)[] = [];
  for (const [i, word] of (['Done', 'Failed', 'Planned'] as const).entries()) {
    await notebook.run(at + i);
    live.push(await notebook.sentence(at + i, word));
    expect(await savedLength(at + i)).toBeLessThanOrEqual(24 * 1024);
  }
  await notebook.save();

  // Another path: at its own, the page would find the kernel that still runs.
  const copy = await NotebookPage.openFile(
    page,
    await NotebookPage.put(page, await notebook.file()),
    { withoutKernel: true }
  );
  for (const i of [0, 1, 2]) {
    const strip = copy.strip(at + i);
    await expect(strip.getByText('recorded')).toBeVisible();
    await expect(strip).toHaveAttribute('aria-label', live[i] ?? '');
  }
  // It is all there: tasks, stages, the reason of the failure.
  const tasks = await copy.openTab(at, 'Tasks');
  await expect(tasks.getByRole('row')).toHaveCount(9);
  const timeline = await copy.openTab(at, 'Timeline');
  await expect(timeline.getByRole('img', { name: /8 tasks/ })).toBeVisible();
  const stages = await copy.openTab(at + 1, 'Stages');
  await expect(stages).toContainText('ZeroDivisionError');
  expect(await copy.isDirty()).toBe(false);
  const panel = await copy.openPanel();
  await expect(panel.getByRole('status')).toContainText('kernel');
});

test('a summary that cannot be read is no summary, and no trouble', async ({
  page
}) => {
  const content = notebookOf(['1', '2', '3', '4']) as {
    cells: { metadata: object }[];
  };
  const at = await notebook.addAndRun(SHUFFLE);
  await savedLength(at);
  const good = (await notebook.metadata(at)).sparkglass;
  const bad = [
    { ...good, version: 3 },
    { ...good, frames: ['AAAA' + good.frames[0].slice(4)] },
    { ...good, frames: ['not base64 %'] },
    'what?'
  ];
  bad.forEach((sparkglass, i) => {
    content.cells[i]!.metadata = { sparkglass };
  });
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error.stack ?? error.message));
  page.on('console', message => {
    if (message.type() === 'error') {
      errors.push(message.text());
    }
  });
  const damaged = await NotebookPage.openFile(
    page,
    await NotebookPage.put(page, content),
    { withoutKernel: true }
  );
  await expect(damaged.cell(3)).toBeVisible();
  const panel = await damaged.openPanel();
  await expect(panel.getByRole('status')).toBeVisible();
  expect(await damaged.cellsWithStrip()).toEqual([]);
  for (const i of [0, 1, 2, 3]) {
    expect((await damaged.metadata(i)).sparkglass).toEqual(bad[i]);
  }
  expect(await damaged.isDirty()).toBe(false);
  expect(errors.filter(text => /sparkglass/i.test(text))).toEqual([]);
});

test('clearing outputs clears the strip and what was saved', async () => {
  const at = await notebook.addAndRun(SHUFFLE, SHUFFLE, SHUFFLE);
  for (const i of [0, 1, 2]) {
    await notebook.sentence(at + i);
    await savedLength(at + i);
  }
  await notebook.select(at);
  await notebook.command('notebook:clear-cell-output');
  await expect(notebook.strip(at)).toHaveCount(0);
  expect(await notebook.metadata(at)).not.toHaveProperty('sparkglass');
  await expect(notebook.strip(at + 1)).toBeVisible();

  await notebook.command('notebook:clear-all-cell-outputs');
  await expect(notebook.page.locator('.jp-Sparkglass-strip')).toHaveCount(0);
  for (const i of [0, 1, 2]) {
    expect(await notebook.metadata(at + i)).not.toHaveProperty('sparkglass');
  }
  // A cleared cell that runs again has a strip again, and no word of the run that was cleared.
  await notebook.run(at);
  await notebook.sentence(at);
  await expect(notebook.strip(at).getByRole('combobox')).toHaveCount(0);
});

test('a pinned run is an output like any other', async ({ page }) => {
  const at = await notebook.addAndRun(SHUFFLE);
  const sentence = await notebook.sentence(at);
  await notebook
    .strip(at)
    .getByRole('button', { name: 'Pin', exact: true })
    .click();
  await expect
    .poll(async () => JSON.parse(await notebook.outputs(at)).length)
    .toBe(2);
  const { data } = JSON.parse(await notebook.outputs(at))[1];
  expect(Object.keys(data).sort()).toEqual(
    [MIME, 'image/svg+xml', 'text/plain'].sort()
  );
  expect(data['text/plain']).toBe(sentence);
  expect(data['image/svg+xml']).toContain(sentence.replace('Spark: ', ''));
  expect(JSON.stringify(data[MIME]).length).toBeLessThanOrEqual(24 * 1024);
  const pinned = notebook.cell(at).locator('.jp-mod-pinned');
  await expect(pinned).toContainText('1 job · 2 stages · 8 tasks');
  await expect(
    pinned.getByRole('button', { name: 'Pin', exact: true })
  ).toHaveCount(0);
  await pinned.locator('.jp-Sparkglass-stripToggle').click();
  await expect(pinned.getByRole('img', { name: /8 tasks/ })).toBeVisible();
  await notebook.save();

  // Somebody else's notebook: nothing that Jupyter ran here, so it is not trusted.
  const content = await notebook.file();
  const foreign = notebookOf(['x']) as { cells: object[] };
  foreign.cells = [
    {
      ...content.cells[at],
      metadata: {},
      outputs: content.cells[at].outputs.slice(1)
    }
  ];
  const path = await NotebookPage.put(page, foreign);
  const other = await NotebookPage.openFile(page, path, {
    withoutKernel: true
  });
  expect(await other.isTrusted(0)).toBe(false);
  const drawn = other.cell(0).locator('.jp-mod-pinned');
  await expect(drawn).toContainText('1 job · 2 stages · 8 tasks');
  await drawn.locator('.jp-Sparkglass-stripToggle').click();
  await drawn.getByRole('tab', { name: 'Tasks' }).click();
  await expect(drawn.getByRole('row')).toHaveCount(9);

  // And where there is no JupyterLab at all.
  const folder = mkdtempSync(join(tmpdir(), 'sparkglass-'));
  const file = join(folder, 'pinned.ipynb');
  writeFileSync(file, JSON.stringify(content));
  execFileSync(process.env.SPARKGLASS_PYTHON ?? 'python', [
    '-m',
    'nbconvert',
    '--to=html',
    '--log-level=ERROR',
    file
  ]);
  const html = readFileSync(join(folder, 'pinned.html'), 'utf8');
  const [, picture = ''] =
    /data-mime-type="image\/svg\+xml"[^]*?base64,([^"]+)/.exec(html) ?? [];
  expect(Buffer.from(picture, 'base64').toString()).toBe(data['image/svg+xml']);
});
