import { join } from 'node:path';
import { test } from '@playwright/test';
import { logOf, openLab, putFile, runCommand } from '../fixtures/event-log';

const ROOT = join(__dirname, '..', '..');
const NAME = 'local-1764000000000';

test('an event log', async ({ page }) => {
  await putFile(page, NAME, logOf('steady-4.3'));
  await openLab(page);
  await runCommand(page, 'apputils:change-theme', {
    theme: 'JupyterLab Light'
  });
  await page.evaluate(() =>
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    (window as any).jupyterapp.shell.collapseLeft()
  );
  await runCommand(page, 'docmanager:open', { path: NAME });
  const view = page.locator('.jp-Sparkglass-log');
  await view.getByRole('img', { name: /jobs and/ }).waitFor();
  await page.waitForTimeout(1000);
  await page.screenshot({
    path: join(ROOT, 'docs', 'screenshots', 'event-log-light.png'),
    animations: 'disabled',
    caret: 'hide'
  });
});
