import { gzipSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';

interface IApplicationWindow {
  jupyterapp?: { listPlugins(): string[]; restored: Promise<unknown> };
}

/** Opens a page and waits until JupyterLab has put everything in its place. */
async function open(page: Page, path: string): Promise<readonly string[]> {
  await page.goto(path);
  await page.waitForFunction(
    () => (window as unknown as IApplicationWindow).jupyterapp
  );
  return page.evaluate(async () => {
    const { jupyterapp } = window as unknown as IApplicationWindow;
    await jupyterapp?.restored;
    return jupyterapp?.listPlugins() ?? [];
  });
}

for (const [name, path] of [
  ['JupyterLab', '/lab'],
  ['Notebook 7', '/tree']
] as const) {
  test(`${name} loads the extension without a complaint`, async ({ page }) => {
    // Notebook 7.6 has an error of its own at start; ours name us.
    const complaints: string[] = [];
    page.on('pageerror', error => complaints.push(error.stack ?? ''));
    page.on('console', message => {
      if (message.type() === 'error') {
        complaints.push(`${message.text()} ${message.location().url}`);
      }
    });
    const plugins = await open(page, path);
    expect(plugins.filter(id => id.startsWith('sparkglass:'))).not.toEqual([]);
    expect(complaints.filter(text => /sparkglass/i.test(text))).toEqual([]);
  });
}

test('JupyterLab loads at most 10 kB of it at start', async ({ page }) => {
  const bodies: Promise<[string, Buffer]>[] = [];
  page.on('response', response => {
    const file = /\/extensions\/sparkglass\/static\/([^?]+)/.exec(
      response.url()
    )?.[1];
    if (file) {
      bodies.push(response.body().then(body => [file, body]));
    }
  });
  await open(page, '/lab');
  const sizes = (await Promise.all(bodies)).map(
    ([file, body]) => [file, gzipSync(body).length] as const
  );
  expect(sizes.map(([file]) => file)).toContainEqual(
    expect.stringMatching(/^remoteEntry\./)
  );
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  expect(total, JSON.stringify(sizes)).toBeLessThanOrEqual(10_000);
});
