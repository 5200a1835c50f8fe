import { test } from '@playwright/test';
import { openLab } from '../fixtures/lab';

for (const [name, id, tab, picture] of [
  ['02-partitions-and-shuffles', 'skew', 'Partitions', 'partitions-light'],
  ['03-caching-and-plans', 'broadcast', 'Plan', 'plan-light']
] as const) {
  test(`${tab}: lab ${name}`, async ({ page }) => {
    const lab = await openLab(page, name);
    const { notebook, place } = lab;
    await lab.run('session', id);
    const body = await notebook.openTab(place(id), tab);
    await notebook.select(place(id));
    await notebook.strip(place(id)).scrollIntoViewIfNeeded();
    await body.locator('canvas, svg').first().waitFor();
    await lab.picture(picture);
    await notebook.close();
  });
}
