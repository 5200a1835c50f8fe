import { expect, test } from '@playwright/test';
import { openExample } from '../fixtures/example';

test('the third example', async ({ page }) => {
  test.setTimeout(240_000);
  const { notebook, place, picture } = await openExample(
    page,
    '03-a-stream.ipynb'
  );
  await notebook.run(place('session'));
  await notebook.run(place('windows'));
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
