import { expect, test } from '@playwright/test';
import { openLab } from '../fixtures/lab';

test('windows and a watermark: lab 05', async ({ page }) => {
  test.setTimeout(240_000);
  const lab = await openLab(page, '05-online-learning');
  const { notebook, place, picture } = lab;
  await lab.run('session', 'windows');
  const at = place('windows');
  const body = await notebook.openTab(at, 'Stream');
  const view = body.locator('.jp-Sparkglass-streams');
  // Time for some windows to close.
  await expect
    .poll(async () => Number(await view.getAttribute('data-batches')), {
      timeout: 180_000
    })
    .toBeGreaterThan(45);
  await notebook.select(at);
  await notebook.strip(at).scrollIntoViewIfNeeded();
  await picture('stream-light');
  await notebook.close();
});
