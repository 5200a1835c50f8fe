import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { NotebookPage } from '../fixtures/notebook';
import { NO_NEWS, notebookOf } from '../fixtures/notebook-file';

const ROOT = join(__dirname, '..', '..');
let count = 0;

/** The files of a language's labs, as the repository has them. */
const filesOf = (language: string): string[] =>
  readdirSync(join(ROOT, 'examples', language)).sort();

/** A folder of the server, which is empty. */
async function makeFolder(page: Page): Promise<string> {
  const folder = `work-${process.pid}-${++count}`;
  await save(page, folder, { type: 'directory' });
  return folder;
}

async function save(page: Page, path: string, data: object): Promise<void> {
  const response = await page.request.put(`api/contents/${path}`, { data });
  expect(response.ok()).toBe(true);
}

/** What the server has at a path. */
async function there<T>(page: Page, path: string): Promise<T> {
  return (await (await page.request.get(`api/contents/${path}`)).json())
    .content as T;
}

const namesIn = async (page: Page, folder: string): Promise<string[]> =>
  (await there<{ name: string }[]>(page, folder))
    .map(({ name }) => name)
    .sort();

/** JupyterLab in a folder and a language, with nothing but its launcher. */
async function openLauncher(
  page: Page,
  folder: string,
  locale = 'default'
): Promise<void> {
  const settings = {
    '@jupyterlab/translation-extension:plugin': { locale },
    '@jupyterlab/apputils-extension:notification': NO_NEWS,
    'sparkglass:plugin': {}
  };
  for (const [id, values] of Object.entries(settings)) {
    const response = await page.request.put(`lab/api/settings/${id}`, {
      data: { raw: JSON.stringify(values) }
    });
    expect(response.ok()).toBe(true);
  }
  await page.goto(
    `lab/workspaces/labs-${process.pid}-${++count}/tree/${folder}`
  );
  await expect(page.locator('.jp-Launcher')).toBeVisible({ timeout: 30_000 });
}

/** Which notebook is in front. */
const inFront = (page: Page): Promise<string | undefined> =>
  page.evaluate(
    () =>
      (
        window as unknown as {
          jupyterapp: {
            shell: { currentWidget?: { context?: { path: string } } };
          };
        }
      ).jupyterapp.shell.currentWidget?.context?.path
  );

const card = (page: Page, name: string) =>
  page.locator('.jp-LauncherCard').filter({ hasText: name });

test.afterEach(async ({ page }) => {
  await page.request.put(
    'lab/api/settings/@jupyterlab/translation-extension:plugin',
    { data: { raw: '{}' } }
  );
  for (const { id } of await (await page.request.get('api/sessions')).json()) {
    await page.request.delete(`api/sessions/${id}`);
  }
});

test('the card copies the labs beside what is shown and opens the first; what a student changed stays', async ({
  page
}) => {
  const folder = await makeFolder(page);
  await openLauncher(page, folder);
  await card(page, 'Spark Labs').click();
  const first = `${folder}/spark-labs/01-first-look.ipynb`;
  await expect.poll(() => inFront(page)).toBe(first);
  await expect(page.locator('.jp-NotebookPanel h1').first()).toContainText(
    'First look'
  );
  // It stands where the launcher stood.
  await expect(page.locator('.jp-Launcher')).toHaveCount(0);
  expect(await namesIn(page, `${folder}/spark-labs`)).toEqual(filesOf('en'));
  for (const file of filesOf('en')) {
    const { cells } = JSON.parse(
      readFileSync(join(ROOT, 'examples', 'en', file), 'utf8')
    ) as { cells: { id: string; source: string[] }[] };
    const got = await there<{ cells: { id: string; source: string }[] }>(
      page,
      `${folder}/spark-labs/${file}`
    );
    expect(got.cells.map(({ id, source }) => [id, source])).toEqual(
      cells.map(({ id, source }) => [id, source.join('')])
    );
  }

  // One is changed and one is thrown away; the command brings back the one that is missing, and no more.
  const second = `${folder}/spark-labs/02-partitions-and-shuffles.ipynb`;
  const changed = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };
  await save(page, second, {
    type: 'notebook',
    format: 'json',
    content: changed
  });
  const third = `${folder}/spark-labs/03-caching-and-plans.ipynb`;
  await page.request.delete(`api/contents/${third}`);
  await page.evaluate(
    () =>
      (
        window as unknown as {
          jupyterapp: {
            commands: { execute: (id: string) => Promise<unknown> };
          };
        }
      ).jupyterapp.commands
        .execute('sparkglass:open-labs')
        .then(() => 0) as Promise<unknown>
  );
  expect(await namesIn(page, `${folder}/spark-labs`)).toEqual(filesOf('en'));
  expect((await there<typeof changed>(page, second)).cells).toEqual([]);
  expect((await there<typeof changed>(page, third)).cells).not.toEqual([]);
});

test('in Polish they are Polish, in a folder with a Polish name', async ({
  page
}) => {
  const folder = await makeFolder(page);
  await openLauncher(page, folder, 'pl_PL');
  await card(page, 'Laboratoria Sparka').click();
  await expect
    .poll(() => inFront(page))
    .toBe(`${folder}/spark-laboratoria/01-first-look.ipynb`);
  await expect(page.locator('.jp-NotebookPanel h1').first()).toContainText(
    'Pierwsze spojrzenie'
  );
  expect(await namesIn(page, `${folder}/spark-laboratoria`)).toEqual(
    filesOf('pl')
  );
});

test('where they cannot be copied, a notification says why and what helps', async ({
  page
}) => {
  const folder = await makeFolder(page);
  await save(page, `${folder}/spark-labs`, {
    type: 'file',
    format: 'text',
    content: ''
  });
  await openLauncher(page, folder);
  await card(page, 'Spark Labs').click();
  const said = page.locator('.jp-toastContainer');
  await expect(said).toContainText(
    `“${folder}/spark-labs”, but a file has that name. Rename the file`
  );
  // Nobody may make a folder there, whoever the server is.
  const closed = `closed-${process.pid}`;
  symlinkSync('/sys', join(process.env.UI_TEST_HOME ?? '', 'files', closed));
  await openLauncher(page, closed);
  await card(page, 'Spark Labs').click();
  await expect(said).toContainText(
    `Jupyter may not write into “${closed}/spark-labs”. Open a folder of your own`
  );
  await expect(page.locator('.jp-Launcher')).toBeVisible();
});

test('Notebook 7 opens them from its menu', async ({ page }) => {
  const folder = await makeFolder(page);
  const path = `${folder}/mine.ipynb`;
  await NotebookPage.put(page, notebookOf(['1 + 1']), path);
  await NotebookPage.openFile(page, path, { app: 'notebook' });
  await page.getByRole('menuitem', { name: 'Spark', exact: true }).click();
  const opened = page.waitForEvent('popup');
  await page.getByRole('menuitem', { name: 'Spark Labs', exact: true }).click();
  await expect
    .poll(async () => decodeURIComponent((await opened).url()))
    .toContain(`notebooks/${folder}/spark-labs/01-first-look.ipynb`);
  expect(await namesIn(page, `${folder}/spark-labs`)).toEqual(filesOf('en'));
});
