import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { test } from '@playwright/test';

const ROOT = join(__dirname, '..', '..');
const NAME = 'local-1764000000000';

test('an event log', async ({ page }) => {
  const log = gunzipSync(
    readFileSync(join(ROOT, 'src', 'model', 'fixtures', 'steady-4.3.jsonl.gz'))
  );
  await page.request.put(`api/contents/${NAME}`, {
    data: {
      type: 'file',
      format: 'base64',
      content: log.toString('base64')
    }
  });
  await page.goto(`lab/workspaces/log${Date.now()}`);
  await page.evaluate(async path => {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    const app = (window as any).jupyterapp;
    await app.restored;
    app.shell.collapseLeft();
    await app.commands.execute('apputils:change-theme', {
      theme: 'JupyterLab Light'
    });
    await app.commands.execute('docmanager:open', { path });
  }, NAME);
  const view = page.locator('.jp-Sparkglass-log');
  await view.getByRole('img', { name: /jobs and/ }).waitFor();
  await page.waitForTimeout(1000);
  await page.screenshot({
    path: join(ROOT, 'docs', 'screenshots', 'event-log-light.png'),
    animations: 'disabled',
    caret: 'hide'
  });
});
