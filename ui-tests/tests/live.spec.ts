import { expect, test } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';

let notebook: NotebookPage;

test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
});
test.afterAll(() => notebook?.close());
// A test that failed in the middle must not leave a job running under the next one.
test.afterEach(async () => {
  await notebook.command('sparkglass:cancel-all');
  await notebook.kernelIs('idle');
});

/** Tasks that each take this long. */
function slow(tasks: number, seconds: number): string {
  return `import time\nsc.parallelize(range(${tasks}), ${tasks}).map(lambda i: time.sleep(${seconds}) or i).count()`;
}

test('a running cell shows its progress, then its end', async () => {
  const at = await notebook.add(slow(12, 0.5));
  await notebook.run(at, false);
  expect(await notebook.sentence(at, 'Running')).toMatch(
    /1 job · 1 stage · \d+ of 12 tasks/
  );
  const status = notebook.page.locator('.jp-Sparkglass-statusItem');
  await expect(status).toHaveText('Spark: 2 of 2 cores busy · 1 job');
  const panel = await notebook.openTab(at, 'Timeline');
  await expect(panel.getByRole('img')).toHaveAttribute('aria-label', /tasks/);
  const strip = notebook.strip(at);
  await expect(strip).toHaveAttribute('aria-label', /[4-9] of 12 tasks/);
  expect(await notebook.sentence(at)).toContain('1 job · 1 stage · 12 tasks');
  await expect(status).toHaveText('Spark: 0 of 2 cores busy · 0 jobs');
});

test('a long job can be cancelled from its strip while the kernel is busy', async () => {
  const at = await notebook.add(slow(4, 60));
  await notebook.run(at, false);
  await notebook.sentence(at, 'Running');
  await notebook.kernelIs('busy');
  await notebook
    .strip(at)
    .getByRole('button', { name: 'Cancel', exact: true })
    .click();
  expect(await notebook.sentence(at, 'Cancelled')).toContain('1 job');
  await notebook.kernelIs('idle');
  await expect(
    notebook.strip(at).getByRole('button', { name: 'Cancel', exact: true })
  ).toHaveCount(0);
  expect(await notebook.outputs(at)).toContain('cancelled');
});

test('a stage can be cancelled from the table of stages', async () => {
  const at = await notebook.add(slow(4, 60));
  await notebook.run(at, false);
  await notebook.sentence(at, 'Running');
  const panel = await notebook.openTab(at, 'Stages');
  await panel.getByRole('button', { name: /^Cancel/ }).click();
  await notebook.sentence(at, 'Cancelled');
  await notebook.kernelIs('idle');
});

test('one of two jobs can be cancelled from the panel, and the panel leads to its cell', async () => {
  const at = await notebook.add(
    [
      'import threading, time',
      'def work(n, seconds):',
      '    try:',
      '        sc.setJobDescription(f"the {n}th")',
      '        sc.parallelize(range(n), n).map(lambda i: time.sleep(seconds) or i).count()',
      '    except Exception as error:',
      '        print("gone", n)',
      'threads = [threading.Thread(target=work, args=a) for a in ((1, 60), (2, 1))]',
      'for t in threads: t.start()',
      'for t in threads: t.join()'
    ].join('\n')
  );
  await notebook.run(at, false);
  const panel = await notebook.openPanel();
  const job = panel.getByRole('listitem').filter({ hasText: 'the 1th' });
  await expect(job).toContainText('0 of 1 tasks');
  await job.getByRole('button', { name: /^Cancel job/ }).click();
  await expect(job).toContainText('cancelled');
  await notebook.kernelIs('idle');
  expect(await notebook.outputs(at)).toContain('gone 1');
  expect(await notebook.outputs(at)).not.toContain('gone 2');
  await expect(
    panel.getByRole('listitem').filter({ hasText: 'the 2th' })
  ).toContainText('2 tasks');
  await notebook.sentence(at, 'Cancelled');

  await notebook.select(0);
  await job.getByRole('button', { name: /^cell/ }).click();
  await expect(notebook.cell(at)).toHaveClass(/jp-mod-active/);
});

test('a stream that one cell started keeps its batches while others run', async () => {
  const at = await notebook.add(
    [
      "rate = spark.readStream.format('rate').option('rowsPerSecond', 5).load()",
      "query = rate.writeStream.format('memory').queryName('beats').trigger(processingTime='300 milliseconds').start()"
    ].join('\n'),
    'sc.parallelize(range(9), 9).count()',
    'import time; time.sleep(1)',
    'query.stop()'
  );
  await notebook.run(at);
  const batches = async (): Promise<number> =>
    Number(
      /(\d+) batch/.exec(
        (await notebook.strip(at).getAttribute('aria-label')) ?? ''
      )?.[1] ?? 0
    );
  await expect.poll(batches, { timeout: 30000 }).toBeGreaterThan(0);
  const before = await batches();
  await notebook.run(at + 1);
  await notebook.run(at + 2);
  await expect.poll(batches).toBeGreaterThan(before + 1);
  await notebook.run(at + 3);
  await notebook.sentence(at + 1);
  expect(await notebook.strip(at + 1).getAttribute('aria-label')).toContain(
    '1 job · 1 stage · 9 tasks'
  );
  const cells = await notebook.cellsWithStrip();
  expect(cells).not.toContain(at + 2);
  expect(cells).not.toContain(at + 3);
});

test('a refresh in the middle of a job shows the whole history again', async () => {
  const { page } = notebook;
  const at = await notebook.addAndRun('sc.parallelize(range(8), 8).count()');
  await notebook.sentence(at);
  await notebook.add(slow(4, 60));
  await notebook.save();
  await notebook.run(at + 1, false);
  await notebook.sentence(at + 1, 'Running');
  await page.reload();
  expect(await notebook.sentence(at)).toContain('1 job · 1 stage · 8 tasks');
  expect(await notebook.sentence(at + 1, 'Running')).toContain('0 of 4 tasks');
  await expect(notebook.strip(at).getByText('recorded')).toHaveCount(0);
  await notebook.kernelIs('busy');
  // Requests go through although the kernel is busy and this page has never been answered by it.
  await notebook
    .strip(at + 1)
    .getByRole('button', { name: 'Cancel', exact: true })
    .click();
  expect(await notebook.sentence(at + 1, 'Cancelled')).toContain('1 job');
  await notebook.kernelIs('idle');
  await notebook.run(at);
  await expect(notebook.strip(at).getByRole('combobox')).toContainText(
    'Run 2 of 2 · Done'
  );
});
