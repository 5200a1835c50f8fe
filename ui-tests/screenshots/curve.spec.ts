import { test } from '@playwright/test';
import { openExample } from '../fixtures/example';

test('the fourth example', async ({ page }) => {
  test.setTimeout(240_000);
  const { notebook, place, picture } = await openExample(
    page,
    '04-batch-or-stream.ipynb'
  );
  await notebook.run(place('drift'));
  await notebook.run(place('flood'));
  const at = place('flood');
  await notebook.openTab(at, 'Curve');
  await notebook.select(at);
  await notebook.strip(at).scrollIntoViewIfNeeded();
  await picture('curve-light');
  await notebook.close();
});
