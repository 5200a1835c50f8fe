import { dirname, join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';
import { SESSION } from '../fixtures/notebook-file';

/** A program that waits with Spark until it is ended. */
const PROGRAM = [
  'import time',
  'from pyspark.sql import SparkSession',
  'spark = SparkSession.builder.getOrCreate()',
  'spark.range(100).count()',
  'time.sleep(600)'
].join('\n');

/** A session that is found by its name: others of this machine may be listed, too, as tests run side by side. */
const session = (name: string): string =>
  SESSION.replace('.getOrCreate()', `.appName('${name}').getOrCreate()`);

/** Type a line into a new terminal of JupyterLab's; returns the name of the terminal. */
const inTerminal = (page: Page, line: string): Promise<string> =>
  page.evaluate(async text => {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    const { terminals } = (window as any).jupyterapp.serviceManager;
    const terminal = await terminals.startNew();
    terminal.send({ type: 'stdin', content: [`${text}\r`] });
    return terminal.name;
  }, line);

test('a spark-submit in a terminal and a second notebook are in the panel, and their Spark UIs open', async ({
  page
}) => {
  test.setTimeout(240000);
  const names = ['mine', 'second', 'submitted'].map(
    name => `${name} ${process.pid}`
  ) as [string, string, string];
  const [mine, second, submitted] = names;
  const notebook = await NotebookPage.open(page, [session(mine)]);
  const saved = await page.request.put('api/contents/submitted.py', {
    data: { type: 'file', format: 'text', content: PROGRAM }
  });
  expect(saved.ok()).toBe(true);
  // The commands of the kernels' Python, which is the one with PySpark.
  const programs = dirname(process.env.SPARKGLASS_PYTHON ?? '');
  // A terminal begins where the server was started, not where its files are.
  const program = join(process.env.UI_TEST_HOME ?? '', 'files', 'submitted.py');
  const terminal = await inTerminal(
    page,
    `PATH="${programs}:$PATH" spark-submit --master 'local[1]' --name '${submitted}' '${program}'`
  );
  const beside = await notebook.openBeside([session(second)]);
  try {
    await beside.run(0);
    await notebook.bringToFront();
    await notebook.run(0);
    const panel = await notebook.openPanel();
    const others = panel.getByRole('region', {
      name: 'Other Spark applications'
    });
    for (const name of [second, submitted]) {
      await expect(others).toContainText(name, { timeout: 90000 });
    }
    await expect(others).not.toContainText(mine);
    for (const name of [submitted, second]) {
      await others
        .getByRole('button', { name: `Open the Spark UI of ${name}` })
        .click();
      await expect(
        page.getByRole('tab', { name: `Spark UI: ${name}` })
      ).toBeVisible();
      const frame = page.frameLocator(
        '.jp-MainAreaWidget:not(.lm-mod-hidden) .jp-Sparkglass-ui iframe'
      );
      await expect
        .poll(() => frame.locator('title').textContent(), { timeout: 60000 })
        .toBe(`${name} - Spark Jobs`);
    }
  } finally {
    await page.request.delete(`api/terminals/${terminal}`);
    await beside.close();
    await notebook.close();
  }
});
