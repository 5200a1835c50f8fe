import { test } from '@playwright/test';
import { openExample } from '../fixtures/example';

test('the second example', async ({ page }) => {
  const { notebook, place, picture } = await openExample(
    page,
    '02-why-was-it-slow.ipynb'
  );
  for (const id of ['session', 'skew', 'salt', 'broadcast']) {
    await notebook.run(place(id));
  }
  for (const [id, tab, name] of [
    ['skew', 'Partitions', 'partitions-light'],
    ['broadcast', 'Plan', 'plan-light']
  ] as const) {
    const body = await notebook.openTab(place(id), tab);
    await notebook.select(place(id));
    await notebook.strip(place(id)).scrollIntoViewIfNeeded();
    await body.locator('canvas, svg').first().waitFor();
    await picture(name);
  }
});
