import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { logOf, openLog, putFile } from '../fixtures/event-log';
import { NotebookPage } from '../fixtures/notebook';

const HOSTILE = '</text><script>window.hacked = 1</script> & "quoted"';
const SHUFFLE =
  "spark.range(0, 400000, 1, 4).groupBy((F.col('id') % 7).alias('k')).count().orderBy('k').collect()";
const TABS = ['Timeline', 'Stages', 'Tasks'] as const;
/** A folder to keep the pictures in, to be looked at; then nothing is compared. */
const KEEP = process.env.SPARKGLASS_KEEP_PICTURES;

/** Elements and attributes that a slide does not show, or that reach out of the picture. */
const FOREIGN =
  /<(foreignObject|script|style|a|use|link|iframe|animate)\b|\bon\w+=|href="(?!data:image\/png;base64,)|url\((?!#)/i;

/** Press a button and take what the browser saves. */
async function save(
  page: Page,
  within: Locator,
  kind: 'SVG' | 'PNG'
): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    within.getByRole('button', { name: `Save as ${kind}` }).click()
  ]);
  return {
    name: download.suggestedFilename(),
    bytes: readFileSync(await download.path())
  };
}

/** How far two pictures of the same size are apart: the mean over all pixels and channels, from 0 to 255, and the part of pixels that differ clearly. */
function difference(
  page: Page,
  one: Buffer,
  other: Buffer
): Promise<{ mean: number; clear: number; sizes: number[][] }> {
  return page.evaluate(
    async addresses => {
      const load = async (address: string) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        return image;
      };
      const images = await Promise.all(addresses.map(load));
      const width = Math.min(...images.map(i => i.naturalWidth));
      const height = Math.min(...images.map(i => i.naturalHeight));
      const [a, b] = images.map(image => {
        const pen = new OffscreenCanvas(width, height).getContext('2d')!;
        pen.drawImage(image, 0, 0);
        return pen.getImageData(0, 0, width, height).data;
      });
      let sum = 0;
      let clear = 0;
      for (let i = 0; i < a!.length; i += 4) {
        const far = [0, 1, 2].map(c => Math.abs(a![i + c]! - b![i + c]!));
        sum += far[0]! + far[1]! + far[2]!;
        clear += Math.max(...far) > 64 ? 1 : 0;
      }
      const pixels = width * height;
      return {
        mean: sum / (3 * pixels),
        clear: clear / pixels,
        sizes: images.map(i => [i.naturalWidth, i.naturalHeight])
      };
    },
    [
      `data:image/png;base64,${one.toString('base64')}`,
      other.subarray(0, 4).toString() === '<svg'
        ? `data:image/svg+xml;base64,${other.toString('base64')}`
        : `data:image/png;base64,${other.toString('base64')}`
    ]
  );
}

/**
 * How far a picture may be from the screen. Words and boxes are the same to the pixel; bars begin on half a CSS pixel, edges of a graph are smoothed
 * elsewhere, a dotted underline is left out, and a clock in the panel goes on. A missing word or line is more than this.
 */
const BOUNDS = {
  words: { mean: 0.3, clear: 0.001 },
  graph: { mean: 0.5, clear: 0.0015 },
  drawn: { mean: 0.8, clear: 0.005 },
  // Where tasks are thinner than pixels, the picture has twice as many columns, each with other tasks.
  pixels: { mean: 4, clear: 0.03 }
} as const;

function boundOf(tab: string): keyof typeof BOUNDS {
  return tab === 'Tasks' ? 'words' : tab === 'Timeline' ? 'drawn' : 'graph';
}

/** All words of a picture. */
function wordsOf(page: Page, svg: string): Promise<string | null> {
  return page.evaluate(
    source =>
      new DOMParser().parseFromString(source, 'image/svg+xml').documentElement
        .textContent,
    svg
  );
}

/** Save a view both ways and compare it with the screen. */
async function check(
  page: Page,
  within: Locator,
  view: Locator,
  label: string,
  bound: keyof typeof BOUNDS
): Promise<{ name: string; text: string }> {
  // What is still being drawn would differ from the screen a moment later.
  await page.waitForTimeout(300);
  // Nothing of the view is pointed at.
  await within.getByRole('button', { name: 'Save as SVG' }).hover();
  const svg = await save(page, within, 'SVG');
  const text = svg.bytes.toString('utf8');
  const problem = await page.evaluate(source => {
    const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
    return parsed.querySelector('parsererror')?.textContent ?? null;
  }, text);
  expect(problem, label).toBeNull();
  expect(text, label).not.toMatch(FOREIGN);

  const png = await save(page, within, 'PNG');
  expect(png.name).toBe(svg.name.replace(/svg$/, 'png'));
  expect(
    [...png.bytes.subarray(1, 4)].map(c => String.fromCharCode(c))
  ).toEqual([...'PNG']);
  const size = await view.evaluate(node => [
    node.clientWidth,
    node.clientHeight
  ]);
  expect(
    [png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)],
    label
  ).toEqual(size.map(n => n * 2));

  const hidden = await page.addStyleTag({
    content:
      '[data-sparkglass-no-picture] { visibility: hidden } * { scrollbar-width: none !important; outline: none !important }'
  });
  // On whole pixels, as the picture is: a view may begin at half of one.
  const clip = await view.evaluate(node => {
    const { left, top } = node.getBoundingClientRect();
    return {
      x: Math.round(left + node.clientLeft),
      y: Math.round(top + node.clientTop),
      width: node.clientWidth,
      height: node.clientHeight
    };
  });
  const screen = await page.screenshot({
    clip,
    animations: 'disabled',
    caret: 'hide'
  });
  await hidden.evaluate(node => (node as Element).remove());
  const far = await difference(page, screen, svg.bytes);
  if (KEEP) {
    const { writeFileSync } = await import('node:fs');
    writeFileSync(join(KEEP, `${label}.svg`), svg.bytes);
    writeFileSync(join(KEEP, `${label}.png`), png.bytes);
    writeFileSync(join(KEEP, `${label}-screen.png`), screen);
    // eslint-disable-next-line no-console
    console.log(label, JSON.stringify(far), svg.bytes.length, png.bytes.length);
  } else {
    expect(far.mean, label).toBeLessThan(BOUNDS[bound].mean);
    expect(far.clear, label).toBeLessThan(BOUNDS[bound].clear);
  }
  return { name: svg.name, text };
}

let notebook: NotebookPage;
test.beforeAll(async ({ browser }) => {
  notebook = await NotebookPage.withSpark(browser);
  await notebook.addAndRun(
    SHUFFLE,
    `sc.setJobDescription(${JSON.stringify(HOSTILE)}); sc.parallelize(range(4), 4).map(lambda i: 1 // (i - 2)).count()`
  );
});
test.afterAll(() => notebook?.close());

for (const theme of ['Light', 'Dark', 'Dark High Contrast']) {
  test(`${theme}: every view of a notebook is saved as it looks`, async () => {
    const { page } = notebook;
    await notebook.command('apputils:change-theme', {
      theme: `JupyterLab ${theme}`
    });
    await expect(page.locator('body')).toHaveAttribute(
      'data-jp-theme-name',
      `JupyterLab ${theme}`
    );
    const panel = await notebook.openPanel();
    for (const cell of [1, 2]) {
      await notebook.scrollTo(cell);
      for (const tab of TABS) {
        const view = await notebook.openTab(cell, tab);
        const verdict = view.locator('.jp-Sparkglass-verdict').first();
        await expect(verdict).not.toBeEmpty();
        const { name, text } = await check(
          page,
          notebook.strip(cell),
          view,
          `${theme}-${cell}-${tab}`,
          boundOf(tab)
        );
        expect(name).toMatch(
          new RegExp(`^cell-\\d+-${tab.toLowerCase()}.svg$`)
        );
        const words = await wordsOf(page, text);
        expect(words).toContain((await verdict.textContent())?.trim());
      }
    }
    const { name, text } = await check(
      page,
      panel,
      panel,
      `${theme}-panel`,
      'drawn'
    );
    expect(name).toMatch(/-panel\.svg$/);
    expect(await wordsOf(page, text)).toContain('</text><script>');
    expect(
      // eslint-disable-next-line @typescript-eslint/no-explicit-any
      await page.evaluate(() => (window as any).hacked)
    ).toBeUndefined();
  });
}

test('what a person did to a view is in its picture', async () => {
  const { page } = notebook;
  const strip = notebook.strip(2);
  await notebook.scrollTo(2);
  let view = await notebook.openTab(2, 'Timeline');
  await strip.getByRole('button', { name: 'Zoom in' }).click();
  await check(page, strip, view, 'zoomed', 'drawn');
  view = await notebook.openTab(2, 'Tasks');
  await view.getByRole('row').nth(3).click();
  await view.locator('.jp-Sparkglass-filter').fill('failed');
  await expect(view.getByRole('row')).toHaveCount(2);
  const { text } = await check(page, strip, view, 'chosen', 'words');
  expect(text).toContain('>failed</text>');
});

test('tasks thinner than a pixel are an image, in device pixels', async () => {
  const { page } = notebook;
  const many = await notebook.addAndRun('sc.range(0, 800, 1, 800).count()');
  await notebook.scrollTo(many);
  const view = await notebook.openTab(many, 'Timeline');
  await expect(view.getByRole('img')).toHaveAccessibleName(/800 tasks/);
  const strip = notebook.strip(many);
  const { text } = await check(page, strip, view, 'many', 'pixels');
  expect(text).toContain('<image ');
});

/** A log opened and read to its end. */
async function openFixture(
  page: Page,
  fixture: string,
  path: string
): Promise<Locator> {
  await putFile(page, path, logOf(fixture));
  const log = await openLog(page, path);
  await expect(log.getByRole('status')).toContainText(/\d.*read$/);
  return log;
}

test('every view of an opened log is saved, and named after its application', async ({
  page
}) => {
  const log = await openFixture(page, 'everyday-4.3', 'local-1764000000009');
  for (const tab of ['Overview', ...TABS]) {
    await log.getByRole('tab', { name: tab }).click();
    const view = log.getByRole('tabpanel');
    const verdict = view.locator('.jp-Sparkglass-verdict').first();
    await expect(verdict).not.toBeEmpty();
    const { name, text } = await check(
      page,
      log,
      view,
      `log-${tab}`,
      boundOf(tab)
    );
    expect(name).toMatch(new RegExp(`^local-\\d+-${tab.toLowerCase()}.svg$`));
    const words = await wordsOf(page, text);
    expect(words).toContain((await verdict.textContent())?.trim());
  }
});

test('a failure that is explained is explained in the picture too', async ({
  page
}) => {
  const log = await openFixture(page, 'failures-4.3', 'local-1764000000010');
  await log.getByRole('tab', { name: 'Stages' }).click();
  const view = log.getByRole('tabpanel');
  await view.getByRole('button', { name: 'Why?' }).click();
  await expect(view.locator('.jp-Sparkglass-note')).toBeVisible();
  await check(page, log, view, 'why', 'graph');
  await view.locator('.jp-Sparkglass-note summary').click();
  await view.getByRole('grid').evaluate(node => (node.scrollTop = 37));
  await check(page, log, view, 'why-open', 'graph');
});
