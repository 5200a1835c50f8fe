import { test } from '@playwright/test';
import { openLab } from '../fixtures/lab';

test('a flood of forged rows: lab 06', async ({ page }) => {
  test.setTimeout(240_000);
  const lab = await openLab(page, '06-when-data-go-bad');
  const { notebook, place, picture } = lab;
  await lab.run('session', 'flood');
  const at = place('flood');
  await notebook.openTab(at, 'Curve');
  await notebook.select(at);
  await notebook.strip(at).scrollIntoViewIfNeeded();
  await picture('curve-light');
  await notebook.close();
});
