import {
  expect,
  test as base,
  type FrameLocator,
  type Page
} from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';
import { notebookOf, SESSION } from '../fixtures/notebook-file';
import { startServer, type IServer } from '../fixtures/server';
import { walk } from '../fixtures/walk';

/** Something for each page of the Spark UI: jobs, a shuffle with SQL, cached data, a stream that goes on. */
const WORK = [
  "df = spark.range(1000).withColumn('k', F.col('id') % 7).cache()",
  'df.count()',
  "df.groupBy('k').count().collect()",
  'sc.parallelize(range(30), 30).map(lambda x: x * x).count()',
  "ticks = (spark.readStream.format('rate').option('rowsPerSecond', 5).load().writeStream.format('noop')",
  "    .queryName('ticks').trigger(processingTime='30 seconds').start())",
  'import time',
  'while ticks.lastProgress is None: time.sleep(0.2)'
].join('\n');

/** Batches of DStreams, each with a job. */
const DSTREAMS = [
  'from pyspark.streaming import StreamingContext',
  'ssc = StreamingContext(sc, 5)',
  'numbers = ssc.queueStream([sc.parallelize(range(10), 2) for _ in range(200)])',
  'numbers.foreachRDD(lambda rdd: rdd.count())',
  'ssc.start()'
].join('\n');

// A server below the address that a hub gives; its kernels are of both versions of Spark.
let server: IServer;
const test = base.extend<{ page: Page }>({
  page: async ({ browser }, use) => {
    const context = await browser.newContext({ baseURL: `${server.url}/` });
    await use(await context.newPage());
    await context.close();
  }
});
test.beforeAll(async () => {
  server = await startServer(['--ServerApp.base_url=/user/ada/']);
});
test.afterAll(() => server.stop());
/** The frame of the tab in front. */
function frameOf(page: Page): FrameLocator {
  return page.frameLocator(
    '.jp-Sparkglass-ui:not(.lm-mod-hidden) iframe >> visible=true'
  );
}

/** Where the frame in front is, below the route. */
async function pageShown(page: Page): Promise<string> {
  const frame = page
    .frames()
    .find(one => one.url().includes('/sparkglass/ui/'));
  return (frame?.url() ?? '').replace(/^.*\/sparkglass\/ui\/\d+/, '');
}

for (const [spark, kernel] of [
  ['4.3', 'python3'],
  ['3.5', 'spark35']
] as const) {
  test(`Spark ${spark}: every page and every link of the Spark UI in a tab, and the way to one job, stage, query and stream`, async ({
    page
  }) => {
    test.setTimeout(300000);
    const path = await NotebookPage.put(
      page,
      notebookOf([SESSION, WORK], kernel)
    );
    const notebook = await NotebookPage.openFile(page, path);
    try {
      await expect(await notebook.openPanel()).toContainText('Ready.', {
        timeout: 30000
      });
      await notebook.runAll();
      await notebook.sentence(1, 'Running');
      const panel = await notebook.openPanel();
      await panel
        .getByRole('button', { name: 'Open the Spark UI', exact: true })
        .click();
      const frame = frameOf(page);
      await expect(
        frame.getByRole('heading', { name: /Spark Jobs/ })
      ).toBeVisible();
      await expect(
        page.getByRole('tab', { name: 'Spark UI: pyspark-shell' })
      ).toBeVisible();
      const root = (/^.*\/sparkglass\/ui\/\d+\//.exec(
        page
          .frames()
          .find(one => one.url().includes('/sparkglass/ui/'))!
          .url()
      ) ?? [''])[0];
      expect(root).toContain('/user/ada/sparkglass/ui/');

      // The tool bar goes to pages and back, and the tab is where it was after a reload.
      const tab = page.locator('.jp-MainAreaWidget:has(.jp-Sparkglass-ui)');
      await tab.getByRole('button', { name: 'Executors' }).click();
      await expect(
        frame.locator('#active-executors-table tbody tr')
      ).toHaveCount(1);
      await tab
        .getByRole('button', { name: 'Back to the page before' })
        .click();
      await expect(
        frame.getByRole('heading', { name: /Spark Jobs/ })
      ).toBeVisible();
      await frame
        .locator('#completedJob-table a[href*="jobs/job/?id="]')
        .first()
        .click();
      await expect.poll(() => pageShown(page)).toContain('/jobs/job/?id=');

      // Links of our views go to the page they name.
      await panel.getByRole('button', { name: /^Open job 2 in/ }).click();
      await expect.poll(() => pageShown(page)).toBe('/jobs/job/?id=2');
      await panel
        .getByRole('button', { name: /^Open the query ticks in/ })
        .click();
      await expect
        .poll(() => pageShown(page))
        .toContain('/StreamingQuery/statistics/?id=');
      await expect(frame.getByText('Streaming Query Statistics')).toBeVisible();
      await notebook.bringToFront();
      const stages = await notebook.openTab(1, 'Stages');
      await stages.getByRole('button', { name: /^Open stage 0 in/ }).click();
      await expect
        .poll(() => pageShown(page))
        .toBe('/stages/stage/?id=0&attempt=0');
      await expect(
        frame.locator('#active-tasks-table tbody tr').first()
      ).toBeVisible();
      await notebook.bringToFront();
      const plan = await notebook.openTab(1, 'Plan');
      await plan
        .getByRole('button', { name: /^Open SQL query \d+ in/ })
        .click();
      await expect
        .poll(() => pageShown(page))
        .toMatch(/^\/SQL\/execution\/\?id=\d+$/);

      await notebook.bringToFront();
      await notebook.addAndRun(DSTREAMS);
      await panel
        .getByRole('button', { name: 'Open DStreams in the Spark UI' })
        .click();
      await expect.poll(() => pageShown(page)).toBe('/streaming/');
      await expect(
        frame.getByRole('heading', { name: /Streaming Statistics/ })
      ).toBeVisible();

      const found = await walk(page, root);
      expect(found.faults).toEqual([]);
      for (const kind of [
        'jobs/',
        'jobs/job/',
        'stages/',
        'stages/stage/',
        'storage/',
        'storage/rdd/',
        'environment/',
        'executors/',
        'SQL/',
        'SQL/execution/',
        'StreamingQuery/',
        'StreamingQuery/statistics/',
        'streaming/',
        'streaming/batch/'
      ]) {
        expect(found.kinds).toContain(kind);
      }
    } finally {
      await notebook.close();
    }
  });
}

test('what cannot be shown says why: the UI switched off, a driver that ended; a tab comes back after a reload', async ({
  page
}) => {
  test.setTimeout(180000);
  const notebook = await NotebookPage.open(page, [
    SESSION,
    "spark.stop()\nspark = SparkSession.builder.master('local[1]').config('spark.ui.enabled', 'false').getOrCreate()"
  ]);
  try {
    await notebook.run(0);
    const panel = await notebook.openPanel();
    await panel
      .getByRole('button', { name: 'Open the Spark UI', exact: true })
      .click();
    const frame = frameOf(page);
    const tab = page.locator('.jp-MainAreaWidget:has(.jp-Sparkglass-ui)');
    await expect(
      frame.getByRole('heading', { name: /Spark Jobs/ })
    ).toBeVisible();
    await tab.getByRole('button', { name: 'Environment' }).click();
    await expect(frame.getByText('Runtime Information')).toBeVisible();
    await page.waitForTimeout(1500); // JupyterLab saves its layout a second later.
    await page.reload();
    await expect(frame.getByText('Runtime Information')).toBeVisible();
    await notebook.bringToFront();
    await notebook.run(1);
    await expect(panel).toContainText('Its Spark UI is switched off.');
    await page.getByRole('tab', { name: /^Spark UI/ }).click();
    await tab.getByRole('button', { name: 'Load this page anew' }).click();
    await expect(tab.getByRole('status')).toContainText(
      'The driver of pyspark-shell has ended'
    );
    await expect(tab.getByRole('status')).toContainText(
      'Run the cell that makes the SparkSession again'
    );
    await expect(tab.getByRole('button', { name: 'Try again' })).toBeVisible();
  } finally {
    await notebook.close();
  }
});

test('Notebook 7 opens the Spark UI in a tab of the browser', async ({
  page
}) => {
  const notebook = await NotebookPage.open(page, [SESSION], {
    app: 'notebook'
  });
  try {
    await notebook.run(0);
    const panel = await notebook.openPanel();
    const opened = page.context().waitForEvent('page');
    await panel
      .getByRole('button', { name: 'Open the Spark UI', exact: true })
      .click();
    const ui = await opened;
    await expect(ui.getByRole('heading', { name: /Spark Jobs/ })).toBeVisible();
    expect(ui.url()).toContain('/user/ada/sparkglass/ui/');
  } finally {
    await notebook.close();
  }
});
