import { test } from '@playwright/test';
import { openLab } from '../fixtures/lab';

const THEMES = [
  ['JupyterLab Light', 'light'],
  ['JupyterLab Dark', 'dark'],
  ['JupyterLab Dark High Contrast', 'high-contrast']
] as const;

for (const [language, suffix] of [
  ['en', ''],
  ['pl', '-pl']
] as const) {
  test(`the first lab in ${language}`, async ({ page }) => {
    test.setTimeout(240_000);
    const lab = await openLab(page, '01-first-look', language);
    const { notebook, place, picture } = lab;
    await lab.run();
    await notebook.openTab(place('long'), 0);
    await notebook.openTab(place('shuffle'), 1);
    for (const [theme, name] of suffix ? THEMES.slice(0, 1) : THEMES) {
      await notebook.command('apputils:change-theme', { theme });
      await page
        .locator(`body[data-jp-theme-name="${theme}"]`)
        .waitFor({ state: 'attached' });
      await page.evaluate(() =>
        // eslint-disable-next-line @typescript-eslint/no-explicit-any
        (window as any).jupyterapp.shell.collapseRight()
      );
      await notebook.scrollTo(place('long'));
      await picture(`strip-${name}${suffix}`);
      await notebook.command('sparkglass:show-panel');
      await notebook.scrollTo(place('shuffle'));
      await picture(`panel-${name}${suffix}`);
    }
    await notebook.close();
  });
}
