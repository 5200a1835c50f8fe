// A Chromium with one page, asked for one thing a line: `{"op": …}` in, `{"value": …}` or `{"error": …}` out.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findChromium } from '../scripts/set-up/browser.mjs';
import { loadedFiles } from './browser/files.mjs';
import { pan } from './browser/pan.mjs';
import { Tasks } from './browser/tasks.mjs';
import { Traffic } from './browser/traffic.mjs';

const [width, height] = process.argv.slice(2).map(Number);
const folder = join(dirname(fileURLToPath(import.meta.url)), 'page');

const browser = await chromium.launch({
  executablePath: findChromium() ?? undefined,
  args: [
    '--no-sandbox',
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--force-color-profile=srgb',
    '--enable-precise-memory-info'
  ]
});
const page = await browser.newPage({ viewport: { width, height } });
for (const name of readdirSync(folder).sort()) {
  await page.addInitScript({
    content: readFileSync(join(folder, name), 'utf8')
  });
}
// An unsaved notebook would ask whether to leave.
page.on('dialog', dialog => void dialog.accept());
const traffic = new Traffic(page);
const tasks = new Tasks(browser, page);
let profiled;

/** What can be asked. */
const operations = {
  version: () => browser.version(),

  /** Opens an address and waits until the kernel of the notebook in front is idle. */
  async open({ url }) {
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    await page.waitForFunction(() => globalThis.bench.isReady(), null, {
      timeout: 120000
    });
  },

  /** Opens an address without a notebook; which files under `/extensions/` it loaded. */
  files: ({ url }) => loadedFiles(page, url),

  /** Calls a function of bench/page. */
  call: ({ function: name, args }) =>
    page.evaluate(
      ([name, args]) => globalThis.bench[name](...args),
      [name, args]
    ),

  traffic: ({ begin, ...options }) =>
    begin ? traffic.begin(options) : traffic.end(),

  click: ({ selector }) => page.click(selector, { timeout: 15000 }),

  pan: options => pan(page, options),

  /** Bytes of live JavaScript objects, after a full collection. */
  async heap() {
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    await session.detach();
    return usedSize;
  },

  /** Begins a CPU profile of the page's main thread, or ends it and writes it to a file, to look at what takes long. */
  async profile({ path }) {
    if (!path) {
      profiled = await page.context().newCDPSession(page);
      await profiled.send('Profiler.enable');
      await profiled.send('Profiler.start');
      return;
    }
    const { profile } = await profiled.send('Profiler.stop');
    await profiled.detach();
    writeFileSync(path, JSON.stringify(profile));
  },

  tasks: ({ begin, ...options }) =>
    begin ? tasks.begin() : tasks.end(options),

  /** Leaves the notebook: nobody looks on, and its kernel goes on. */
  async leave() {
    await page.goto('about:blank');
  },

  /** Writes a snapshot of all live JavaScript objects to a file, to look at what grows. */
  async snapshot({ path }) {
    const session = await page.context().newCDPSession(page);
    const chunks = [];
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) =>
      chunks.push(chunk)
    );
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.takeHeapSnapshot');
    await session.detach();
    writeFileSync(path, chunks.join(''));
  },

  /** A picture of the page, to look at what was measured. */
  async picture({ path }) {
    await page.screenshot({ path });
  }
};

/** Nothing that is asked for takes longer, in ms; a page that hangs must not hang the bench. */
const PATIENCE = 15 * 60 * 1000;

function patience(op) {
  return new Promise((_, fail) =>
    setTimeout(() => fail(new Error(`no answer to ${op}`)), PATIENCE).unref()
  );
}

for await (const line of createInterface({ input: process.stdin })) {
  const { op, ...args } = JSON.parse(line);
  let answer;
  try {
    const value = await Promise.race([operations[op](args), patience(op)]);
    answer = { value: value ?? null };
  } catch (error) {
    answer = { error: String(error.message ?? error).slice(0, 2000) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
