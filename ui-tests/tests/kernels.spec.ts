import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { addEchoKernel } from '../fixtures/kernels';
import { NotebookPage } from '../fixtures/notebook';
import { notebookOf, SESSION } from '../fixtures/notebook-file';

const COUNT = 'sc.parallelize(range(5), 5).count()';

test.describe('one kernel', () => {
  let notebook: NotebookPage;

  test.beforeAll(async ({ browser }) => {
    notebook = await NotebookPage.withSpark(browser);
  });
  test.afterAll(() => notebook?.close());

  test('spark.stop() and a new session, in the same cell and in another', async () => {
    const at = await notebook.addAndRun(
      COUNT,
      ['spark.stop()', SESSION, 'sc.parallelize(range(6), 6).count()'].join(
        '\n'
      ),
      'spark.stop()'
    );
    expect(await notebook.sentence(at)).toContain('1 job · 1 stage · 5 tasks');
    expect(await notebook.sentence(at + 1)).toContain('6 tasks');
    const panel = await notebook.openPanel();
    await expect(panel.getByRole('status')).toContainText('Spark was stopped');
    await expect(
      notebook.page.locator('.jp-Sparkglass-statusItem')
    ).toBeHidden();
    const more = await notebook.addAndRun(
      SESSION,
      'sc.parallelize(range(7), 7).count()'
    );
    // Job ids began anew with each session.
    expect(await notebook.sentence(more + 1)).toContain('1 job · 1 stage · 7');
    await expect(panel.getByRole('status')).toContainText(
      'Watching Spark live'
    );
    expect(await notebook.strip(at).getAttribute('aria-label')).toContain(
      '5 tasks'
    );
    expect(await notebook.strip(at + 1).getAttribute('aria-label')).toContain(
      '6 tasks'
    );
    expect(await notebook.cellsWithStrip()).not.toContain(more);
  });

  test('after a restart old strips are recorded, and new runs work', async () => {
    const at = await notebook.addAndRun(COUNT);
    const before = await notebook.sentence(at);
    // In the middle of a job, so that nothing was saved of this one.
    await notebook.add(
      'import time\nsc.parallelize(range(2), 2).map(lambda i: time.sleep(60) or i).count()'
    );
    await notebook.run(at + 1, false);
    await notebook.sentence(at + 1, 'Running');
    await notebook.restart();
    await expect(notebook.strip(at)).toContainText('recorded');
    await expect(notebook.strip(at)).toHaveAttribute('aria-label', before);
    await expect(notebook.strip(at + 1)).toHaveCount(0);
    const panel = await notebook.openPanel();
    await expect(panel.getByRole('status')).toContainText('Ready.');
    // Other applications of this machine may be listed: tests run side by side.
    await expect(panel.getByRole('region', { name: 'Jobs' })).toHaveCount(0);

    await notebook.run(0);
    await notebook.run(at);
    await expect(notebook.strip(at).getByText('recorded')).toHaveCount(0);
    expect(await notebook.sentence(at)).toContain('1 job · 1 stage · 5 tasks');
    await expect(notebook.strip(at).getByRole('combobox')).toHaveCount(0);
    await expect(panel.getByRole('status')).toContainText(
      'Watching Spark live'
    );
  });

  test('two pages on one notebook both show what runs, and looking on changes nothing', async ({
    page
  }) => {
    const at = await notebook.add(
      'import time\nsc.parallelize(range(8), 8).map(lambda i: time.sleep(0.5) or i).count()'
    );
    await notebook.save();
    const second = await NotebookPage.openFile(page, notebook.path);
    await notebook.run(at, false);
    await second.sentence(at, 'Running');
    await notebook.sentence(at, 'Running');
    expect(await notebook.sentence(at)).toContain('8 tasks');
    expect(await second.sentence(at)).toContain('8 tasks');
    await expect
      .poll(() => notebook.metadata(at))
      .toHaveProperty('sparkglass.version', 2);
    expect(await second.isDirty()).toBe(false);
    await second.openTab(at, 'Tasks');
    await expect(second.strip(at).getByRole('row')).toHaveCount(9);
    expect(await second.isDirty()).toBe(false);
  });
});

test('two notebooks in one page each show their own kernel', async ({
  page
}) => {
  const first = await NotebookPage.open(page, [SESSION, COUNT]);
  let second: NotebookPage | null = null;
  try {
    await first.run(0);
    await first.run(1);
    await first.sentence(1);
    second = await first.openBeside([
      SESSION,
      'sc.parallelize(range(3), 3).count()'
    ]);
    const panel = await second.openPanel();
    await expect(panel.getByRole('status')).toContainText('Ready.');
    expect(await second.cellsWithStrip()).toEqual([]);
    await second.run(0);
    await second.run(1);
    expect(await second.sentence(1)).toContain('3 tasks');
    const jobs = panel
      .getByRole('region', { name: 'Jobs' })
      .getByRole('listitem');
    await expect(jobs.filter({ hasText: '3 tasks' })).toHaveCount(1);
    await expect(jobs.filter({ hasText: '5 tasks' })).toHaveCount(0);
    await first.bringToFront();
    await expect(jobs.filter({ hasText: '5 tasks' })).toHaveCount(1);
    await expect(jobs.filter({ hasText: '3 tasks' })).toHaveCount(0);
    expect(await first.sentence(1)).toContain('5 tasks');
  } finally {
    await first.close();
    await second?.close();
  }
});

test('a kernel that is no Python is left in peace', async ({ page }) => {
  const notebook = await NotebookPage.open(page, ['hello', 'world'], {
    kernel: addEchoKernel()
  });
  try {
    await notebook.runAll();
    expect(await notebook.outputs(0)).toContain('1 hello');
    expect(await notebook.outputs(1)).toContain('2 world');
    const panel = await notebook.openPanel();
    await expect(panel.getByRole('status')).toContainText('no PySpark');
    expect(await notebook.cellsWithStrip()).toEqual([]);
    expect(serverLog()).not.toMatch(/UNKNOWN|sparkglass_request/);
  } finally {
    await notebook.close();
  }
});

test('a kernel without the package is sent what it needs: PySpark 3.5, ipykernel 6', async ({
  page
}) => {
  const notebook = await NotebookPage.open(
    page,
    [
      'import importlib.util; print(importlib.util.find_spec("sparkglass"))',
      SESSION,
      'df = spark.range(9).repartition(3)',
      'import time\nsc.parallelize(range(8), 8).map(lambda i: (i % 2, time.sleep(0.2))).groupByKey().count()'
    ],
    { kernel: 'spark35' }
  );
  try {
    // What is sent is served after cells that are queued before it.
    const panel = await notebook.openPanel();
    await expect(panel).toContainText('Ready.', { timeout: 30000 });
    await notebook.runAll();
    expect(await notebook.outputs(0)).toContain('None');
    expect(await notebook.sentence(2, 'Planned')).toContain('df: Range → Re');
    expect(await notebook.sentence(3)).toMatch(/1 job · 2 stages · 16 tasks/);
    await expect(panel).toContainText('3.5.');
    await notebook.add(
      'sc.parallelize(range(2), 2).map(lambda i: time.sleep(60)).count()'
    );
    await notebook.run(4, false);
    await notebook.sentence(4, 'Running');
    await notebook
      .strip(4)
      .getByRole('button', { name: 'Cancel', exact: true })
      .click();
    await notebook.sentence(4, 'Cancelled');
    await reloadsMidCell(page, notebook);
  } finally {
    await notebook.close();
  }
});

async function reloadsMidCell(
  page: Page,
  notebook: NotebookPage
): Promise<void> {
  await notebook.kernelIs('idle');
  await notebook.save();
  await notebook.run(4, false);
  await notebook.sentence(4, 'Running');
  await page.reload();
  expect(await notebook.sentence(3)).toContain('16 tasks');
  await notebook.sentence(4, 'Running');
  await notebook.command('sparkglass:cancel-all');
  await notebook.sentence(4, 'Cancelled');
}

function serverLog(): string {
  return readFileSync(
    join(process.env.UI_TEST_HOME ?? '', 'server.log'),
    'utf8'
  );
}

test('what is run while the kernel starts has its strip, too', async ({
  page
}) => {
  const path = await NotebookPage.put(
    page,
    notebookOf([SESSION, 'sc.parallelize(range(5), 5).count()'])
  );
  const notebook = await NotebookPage.openFile(page, path, {
    withoutKernel: true
  });
  try {
    await page.evaluate(async () => {
      // eslint-disable-next-line @typescript-eslint/no-explicit-any
      const { shell, commands } = (window as any).jupyterapp;
      const { sessionContext } = shell.currentWidget;
      void sessionContext.changeKernel({ name: 'python3' });
      while (!sessionContext.session?.kernel) {
        await new Promise(done => setTimeout(done, 0));
      }
      void commands.execute('notebook:run-all-cells');
    });
    expect(await notebook.sentence(1)).toContain('5 tasks');
  } finally {
    await notebook.close();
  }
});
