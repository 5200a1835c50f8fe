import { gzipSync } from 'node:zlib';

/**
 * Opens JupyterLab without a notebook and says what extensions made it load.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} url
 * @returns {Promise<{name: string, extension: string, bytes: number, gzipBytes: number}[]>}
 */
export async function loadedFiles(page, url) {
  const found = [];
  const onResponse = response => {
    const path = new URL(response.url()).pathname;
    const match = /\/lab\/extensions\/((?:@[^/]+\/)?[^/]+)\/(.+)$/.exec(path);
    if (match) {
      const [, extension, name] = match;
      found.push(
        response.body().then(body => ({
          name,
          extension,
          bytes: body.length,
          gzipBytes: gzipSync(body).length
        }))
      );
    }
  };
  page.on('response', onResponse);
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await page.waitForFunction(
    () => globalThis.jupyterapp?.shell?.currentWidget ?? null,
    null,
    { timeout: 60000 }
  );
  // What plugins fetch after they are activated.
  await page.waitForLoadState('networkidle');
  page.off('response', onResponse);
  return Promise.all(found);
}
