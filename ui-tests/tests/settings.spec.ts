import { expect, test } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';
import { SESSION } from '../fixtures/notebook-file';
import { startServer } from '../fixtures/server';

const COUNT = 'sc.parallelize(range(5), 5).count()';
const SLOW =
  'import time\nsc.parallelize(range(6), 6).map(lambda i: time.sleep(2) or i).count()';

test('a long cell opens its strip after the seconds that the setting says, and one that was closed stays closed', async ({
  page
}) => {
  const notebook = await NotebookPage.open(page, [SESSION, SLOW], {
    settings: { 'sparkglass:plugin': { autoOpenSeconds: 1 } }
  });
  await notebook.run(0);
  await notebook.run(1, false);
  const toggle = notebook.strip(1).locator('.jp-Sparkglass-stripToggle');
  await expect(toggle).toHaveAttribute('aria-expanded', 'true');
  await toggle.click();
  expect(await notebook.sentence(1)).toContain('6 tasks');
  await expect(toggle).toHaveAttribute('aria-expanded', 'false');

  await notebook.setting('autoOpenSeconds', 0);
  const at = await notebook.addAndRun(SLOW);
  expect(await notebook.sentence(at)).toContain('6 tasks');
  await expect(
    notebook.strip(at).locator('.jp-Sparkglass-stripToggle')
  ).toHaveAttribute('aria-expanded', 'false');
  await notebook.close();
});

test('off means off: no kernel is asked, nothing is drawn; on again, all is there', async ({
  page
}) => {
  const notebook = await NotebookPage.open(page, [SESSION, COUNT], {
    settings: { 'sparkglass:plugin': { enabled: false } }
  });
  await notebook.runAll();
  const at = await notebook.addAndRun(
    "import sys, threading\nprint('sparkglass' in str(list(sys.modules)), [t.name for t in threading.enumerate() if 'parkglass' in t.name])"
  );
  expect(await notebook.outputs(at)).toContain('False []');
  expect(await notebook.cellsWithStrip()).toEqual([]);

  await notebook.setting('enabled', true);
  // What ran before comes from Spark's status store, but whose it was nobody wrote down.
  const panel = await notebook.openPanel();
  await expect(panel.getByRole('listitem').first()).toContainText('5 tasks');
  await notebook.run(1);
  expect(await notebook.sentence(1)).toContain('1 job · 1 stage · 5 tasks');

  await notebook.setting('enabled', false);
  await expect.poll(() => notebook.cellsWithStrip()).toEqual([]);
  await notebook.run(1);
  expect(await notebook.cellsWithStrip()).toEqual([]);
  await notebook.setting('enabled', true);
  await expect.poll(() => notebook.cellsWithStrip()).toContain(1);
  await notebook.close();
});

test('a cell says %load_ext sparkglass where the page must not attach', async ({
  page
}) => {
  const notebook = await NotebookPage.open(page, [SESSION, COUNT], {
    settings: { 'sparkglass:plugin': { attach: false } }
  });
  await notebook.runAll();
  expect(await notebook.cellsWithStrip()).toEqual([]);
  const at = await notebook.addAndRun('%load_ext sparkglass', COUNT);
  expect(await notebook.sentence(at + 1)).toContain('5 tasks');
  expect(await notebook.outputs(at)).toBe('[]');
  await notebook.close();
});

test('Polish by the setting alone: no language pack chosen', async ({
  page
}) => {
  const notebook = await NotebookPage.open(page, [SESSION, COUNT], {
    settings: { 'sparkglass:plugin': { language: 'pl', autoOpenSeconds: 0 } }
  });
  await notebook.runAll();
  const strip = notebook.strip(1);
  await expect(strip).toHaveAttribute(
    'aria-label',
    /1 job · 1 etap · 5 tasków/
  );
  await strip.locator('.jp-Sparkglass-stripToggle').click();
  await expect(strip.getByRole('tab')).toHaveText([
    'Oś czasu',
    'Etapy',
    'Taski',
    'Partycje',
    'Shuffle',
    'Plan',
    'Pochodzenie',
    'Porady'
  ]);
  await notebook.close();
});

test('a server under a path of a hub, with a session of its own', async ({
  browser
}) => {
  const server = await startServer(['--ServerApp.base_url=/user/ada/']);
  try {
    const page = await browser.newPage({ baseURL: `${server.url}/` });
    const notebook = await NotebookPage.open(page, [SESSION, COUNT]);
    await expect(await notebook.openPanel()).toContainText('Ready.');
    await notebook.runAll();
    expect(await notebook.sentence(1)).toContain('1 job · 1 stage · 5 tasks');
    const panel = await notebook.openTab(1, 'Timeline');
    await expect(panel.getByRole('img')).toHaveAttribute(
      'aria-label',
      /5 tasks/
    );
    await page.close();
  } finally {
    await server.stop();
  }
});
