import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import {
  logOf,
  openLab,
  openLog,
  putFile,
  runCommand
} from '../fixtures/event-log';

test('an event log opens as an application, with every view', async ({
  page
}) => {
  const path = 'local-1764000000001';
  await putFile(page, path, logOf('everyday-4.3'));
  const log = await openLog(page, path);
  await expect(log.getByRole('status')).toContainText(/\d.*read$/);
  await expect(log.getByRole('heading').first()).toContainText(
    /\d+ jobs and \d+ tasks in /
  );
  await expect(log.getByRole('img', { name: /jobs and/ })).toBeVisible();
  await expect(log.getByRole('region', { name: 'Executors' })).toContainText(
    'driver'
  );
  await log.getByRole('tab', { name: 'Timeline' }).click();
  await expect(log.getByRole('img', { name: /tasks/ })).toBeVisible();
  await log.getByRole('tab', { name: 'Stages' }).click();
  await expect(log.getByRole('row').nth(3)).toBeVisible();
  await log.getByRole('tab', { name: 'Tasks' }).click();
  await expect(log.getByRole('row').nth(3)).toBeVisible();
  await log.getByRole('tab', { name: 'Tasks' }).press('Home');
  await expect(log.getByRole('tab', { name: 'Overview' })).toBeFocused();

  const [trace] = await Promise.all([
    page.waitForEvent('download'),
    log.getByRole('button', { name: 'Export trace' }).click()
  ]);
  const { traceEvents } = JSON.parse(
    readFileSync(await trace.path(), 'utf8')
  ) as { traceEvents: { cat?: string }[] };
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    log.getByRole('button', { name: 'Export tasks' }).click()
  ]);
  const rows = readFileSync(await csv.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(rows.length - 1).toBe(58);
  expect(traceEvents.filter(({ cat }) => cat === 'task').length).toBe(58);
});

test('a log that grows is followed, and found again when Spark renames it', async ({
  page
}) => {
  const path = 'local-1764000000002';
  const bytes = logOf('everyday-4.3');
  const lines = bytes.toString('utf8').split('\n');
  const ends = lines.flatMap((line, i) =>
    line.startsWith('{"Event":"SparkListenerJobEnd"') ? [i] : []
  );
  const first = lines.slice(0, (ends[0] ?? 0) + 1).join('\n') + '\n';
  await putFile(page, `${path}.inprogress`, Buffer.from(first));
  const log = await openLog(page, `${path}.inprogress`);
  await expect(log.getByRole('heading').first()).toContainText('1 job and');
  await expect(log.getByRole('status')).toContainText('followed');
  await putFile(page, `${path}.inprogress`, bytes);
  await expect(log.getByRole('heading').first()).toContainText(
    `${ends.length} jobs and`,
    { timeout: 20000 }
  );
  const response = await page.request.patch(`api/contents/${path}.inprogress`, {
    data: { path }
  });
  expect(response.ok()).toBe(true);
  await expect(log.getByRole('status')).toContainText(/ read$/, {
    timeout: 20000
  });
});

test('a damaged log says what and where, and shows the rest; nothing in it runs', async ({
  page
}) => {
  const path = 'local-1764000000003';
  const lines = logOf('failures-4.3').toString('utf8').split('\n');
  const text = lines
    .map(line =>
      line.replace(
        /"App Name":"[^"]*"/,
        '"App Name":"<img src=x onerror=window.hacked=1>"'
      )
    )
    .join('\n')
    .replace('\n', '\n{"Event": garbage\n');
  await putFile(page, path, Buffer.from(text));
  const log = await openLog(page, path);
  await expect(log.getByRole('alert')).toContainText(`${path}: line 2`);
  await expect(log.getByRole('heading').first()).toContainText('job');
  await expect(log).toContainText('<img src=x onerror=window.hacked=1>');
  expect(
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    await page.evaluate(() => (window as any).hacked)
  ).toBeUndefined();
});

test('what cannot be unpacked says so', async ({ page }) => {
  const path = 'local-1764000000004.zstd';
  await putFile(
    page,
    path,
    Buffer.from('this is no zstd at all, whatever it says')
  );
  const log = await openLog(page, path);
  await expect(log.getByRole('alert')).toContainText(path);
});

/** What a head line says once it stands still: it follows what is read, a few times a second. */
async function atRest(heading: Locator): Promise<string> {
  let before = '';
  await expect
    .poll(
      async () => {
        const now = await heading.innerText();
        const isSame = now !== '' && now === before;
        before = now;
        return isSame;
      },
      { intervals: [800] }
    )
    .toBe(true);
  return before;
}

const PACKED = join(__dirname, '../../src/sources/eventlog/fixtures');

for (const version of ['3.5', '4.3']) {
  test(`every codec and layout that Spark ${version} writes shows the same application`, async ({
    page
  }) => {
    test.setTimeout(120_000);
    await openLab(page);
    const seen: string[] = [];
    for (const name of readdirSync(join(PACKED, version))) {
      const from = join(PACKED, version, name);
      let path = `local-17640000000${version.replace('.', '')}${name.replace(/^app-[a-z]+/, '')}`;
      if (statSync(from).isDirectory()) {
        await page.request.put(`api/contents/${name}`, {
          data: { type: 'directory' }
        });
        for (const part of readdirSync(from)) {
          await putFile(
            page,
            `${name}/${part}`,
            readFileSync(join(from, part))
          );
        }
        path = `${name}/${readdirSync(from).find(part => part.startsWith('events_'))}`;
      } else {
        await putFile(page, path, readFileSync(from));
      }
      await runCommand(page, 'docmanager:open', { path });
      const log = page.locator('.jp-Sparkglass-log:visible');
      if (name.includes('running')) {
        await expect(log.getByRole('status'), name).toContainText(/followed/);
      } else {
        await expect(log.getByRole('status'), name).toContainText(/ read$/);
        await expect(log.getByRole('alert'), name).toHaveCount(0);
      }
      if (!/running|compacted/.test(name)) {
        seen.push(await atRest(log.getByRole('heading').first()));
      }
      await runCommand(page, 'application:close', {});
    }
    expect(seen).toHaveLength(6);
    expect(seen[0]).toMatch(/\d+ jobs and \d+ tasks in /);
    expect(new Set(seen).size).toBe(1);
  });
}

test('a rolling log opens from its folder, and a file of any name on request', async ({
  page
}) => {
  const folder = 'eventlog_v2_app-zstd-rolled';
  await page.request.put(`api/contents/${folder}`, {
    data: { type: 'directory' }
  });
  for (const part of readdirSync(join(PACKED, '4.3', folder))) {
    await putFile(
      page,
      `${folder}/${part}`,
      readFileSync(join(PACKED, '4.3', folder, part))
    );
  }
  await putFile(page, 'my own name', logOf('together-4.3'));
  await openLab(page);
  const item = (name: string) =>
    page.locator('.jp-DirListing-item', { hasText: name }).first();
  await item(folder).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Open Spark Event Log' }).click();
  const log = page.locator('.jp-Sparkglass-log:visible');
  await expect(log.getByRole('heading').first()).toContainText('jobs and');
  const whole = await atRest(log.getByRole('heading').first());
  await runCommand(page, 'application:close', {});
  await runCommand(page, 'docmanager:open', {
    path: 'my own name',
    factory: 'Spark event log'
  });
  await expect(log.getByRole('heading').first()).toHaveText(whole);
});
