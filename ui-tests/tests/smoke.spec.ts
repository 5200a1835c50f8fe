import { expect, test } from '@playwright/test';

interface IApplicationWindow {
  jupyterapp?: { listPlugins(): string[]; started: Promise<void> };
}

for (const [name, path] of [
  ['JupyterLab', '/lab'],
  ['Notebook 7', '/tree']
] as const) {
  test(`${name} loads the extension without a complaint`, async ({ page }) => {
    const complaints: string[] = [];
    page.on('pageerror', error => complaints.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error' && /sparkglass/i.test(message.text())) {
        complaints.push(message.text());
      }
    });
    await page.goto(path);
    await page.waitForFunction(
      () => (window as unknown as IApplicationWindow).jupyterapp
    );
    const plugins = await page.evaluate(async () => {
      const { jupyterapp } = window as unknown as IApplicationWindow;
      await jupyterapp?.started;
      return jupyterapp?.listPlugins() ?? [];
    });
    expect(plugins.filter(id => id.startsWith('sparkglass:'))).not.toEqual([]);
    expect(complaints).toEqual([]);
  });
}
