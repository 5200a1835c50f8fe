import { expect, test, type Page } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';
import { SESSION } from '../fixtures/notebook-file';

/** Names in a folder of the server. */
async function list(page: Page, path: string): Promise<string[]> {
  const response = await page.request.get(`api/contents/${path}`);
  const { content } = (await response.json()) as {
    content: { name: string }[];
  };
  return content.map(({ name }) => name).sort();
}

/** The events of a part of a log. */
async function eventsOf(
  page: Page,
  path: string
): Promise<{ Event: string; [field: string]: unknown }[]> {
  const response = await page.request.get(
    `api/contents/${path}?type=file&format=text`
  );
  const { content } = (await response.json()) as { content: string };
  expect(content.endsWith('\n')).toBe(true);
  return content
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
}

const count = (events: { Event: string }[], name: string): number =>
  events.filter(({ Event }) => Event === name).length;

test('a session is recorded from its beginning on, until somebody stops it, and opens again', async ({
  page
}) => {
  const notebook = await NotebookPage.open(page, [
    SESSION,
    'sc.parallelize(range(40), 4).map(lambda n: n + 1).sum()'
  ]);
  await notebook.run(0);
  await notebook.run(1);
  await notebook.sentence(1);
  const panel = await notebook.openPanel();
  const recording = panel.getByRole('region', { name: 'Recording' });
  const toggle = recording.getByRole('button', { name: /record/i }).first();
  await toggle.focus();
  await page.keyboard.press('Enter');
  await expect(recording).toHaveAttribute('data-phase', 'recording');
  await expect(recording.getByRole('status')).toContainText(
    /Recording since \d\d:\d\d: \d+ lines/
  );
  const folder = /eventlog_v2_local-\d+/.exec(
    await recording.getByRole('status').innerText()
  )![0];
  const id = folder.replace('eventlog_v2_', '');
  await expect
    .poll(() => list(page, folder))
    .toEqual([`appstatus_${id}.inprogress`, `events_1_${id}`]);

  const at = await notebook.addAndRun(
    'sc.parallelize(range(60), 6).map(lambda n: (n % 3, n)).reduceByKey(lambda a, b: a + b, 2).collect()'
  );
  await notebook.sentence(at);
  await toggle.click();
  await expect(recording).toHaveAttribute('data-phase', 'done');
  await expect(recording.getByRole('status')).toContainText(
    `in the folder ${folder}.`
  );
  expect(await list(page, folder)).toEqual([
    `appstatus_${id}`,
    `events_1_${id}`
  ]);
  const events = await eventsOf(page, `${folder}/events_1_${id}`);
  expect(events[0]!.Event).toBe('SparkListenerLogStart');
  expect(count(events, 'SparkListenerJobEnd')).toBe(2);
  expect(count(events, 'SparkListenerTaskStart')).toBe(12);
  expect(count(events, 'SparkListenerTaskEnd')).toBe(12);
  expect(count(events, 'SparkglassCellEnd')).toBe(3);
  expect(count(events, 'SparkglassStrings')).toBe(0);
  // Nobody has stopped the session.
  expect(count(events, 'SparkListenerApplicationEnd')).toBe(0);

  await recording.getByRole('button', { name: 'Open the recording' }).click();
  const log = page.locator('.jp-Sparkglass-log');
  await expect(log.getByRole('heading').first()).toContainText(
    '2 jobs and 12 tasks in '
  );
  await log.getByRole('tab', { name: 'Stages' }).click();
  await expect(log.getByRole('row').nth(2)).toBeVisible();
  await notebook.close();
});

test('the end of the session ends its recording, also when a session is recorded again', async ({
  page
}) => {
  const notebook = await NotebookPage.open(page, [
    SESSION,
    'sc.parallelize(range(4), 2).count()'
  ]);
  // Nothing to record yet.
  await notebook.command('sparkglass:record');
  await expect(
    page.getByText('There is no Spark session in this notebook yet.').first()
  ).toBeVisible();
  await notebook.run(0);
  await notebook.run(1);
  const panel = await notebook.openPanel();
  const recording = panel.getByRole('region', { name: 'Recording' });
  await notebook.command('sparkglass:record');
  await expect(recording).toHaveAttribute('data-phase', 'recording');
  await notebook.command('sparkglass:record');
  await expect(recording).toHaveAttribute('data-phase', 'done');
  await notebook.command('sparkglass:record');
  await expect(recording).toHaveAttribute('data-phase', 'recording');
  await notebook.addAndRun('spark.stop()');
  await expect(recording).toHaveAttribute('data-phase', 'done');
  const status = await recording.getByRole('status').innerText();
  expect(status).toContain('It ended with the Spark session.');
  const folder = /eventlog_v2_local-\d+_2/.exec(status)![0];
  const id = folder.replace('eventlog_v2_', '').replace(/_2$/, '');
  const events = await eventsOf(page, `${folder}/events_1_${id}`);
  expect(count(events, 'SparkListenerApplicationEnd')).toBe(1);
  expect(count(events, 'SparkglassCellStart')).toBe(
    count(events, 'SparkglassCellEnd')
  );
  expect(await list(page, folder)).toContain(`appstatus_${id}`);
  await notebook.close();
});

test('a folder that cannot be written to is said, with what to do', async ({
  page
}) => {
  const notebook = await NotebookPage.open(page, [SESSION]);
  await notebook.run(0);
  await page.route('**/api/contents/eventlog_v2_**', route =>
    route.request().method() === 'PUT'
      ? route.fulfill({
          status: 403,
          json: { message: 'Permission denied: eventlog' }
        })
      : route.continue()
  );
  const panel = await notebook.openPanel();
  const recording = panel.getByRole('region', { name: 'Recording' });
  await recording.getByRole('button', { name: 'Record this session' }).click();
  await expect(recording.getByRole('alert')).toContainText('Permission denied');
  await expect(recording.getByRole('alert')).toContainText('record again');
  await page.unrouteAll();
  await recording.getByRole('button', { name: 'Record again' }).click();
  await expect(recording).toHaveAttribute('data-phase', 'recording');
  await notebook.close();
});
