import { writeFileSync } from 'node:fs';

/** A task longer than this is noted, ms. */
const LONG_MS = 50;

/**
 * Long tasks of the page's main thread, by the browser's own trace: from beginning to end, as `PerformanceObserver` has them too, and the CPU time
 * of each. On a machine whose cores are all at work a task of a few ms can last a hundred: it waits for a core, in the middle.
 */
export class Tasks {
  /**
   * @param {import('@playwright/test').Browser} browser
   * @param {import('@playwright/test').Page} page
   */
  constructor(browser, page) {
    this.browser = browser;
    this.page = page;
  }

  async begin() {
    // Not more categories than are needed: each costs the page time.
    await this.browser.startTracing(this.page, { categories: ['toplevel'] });
  }

  /**
   * @param {{path?: string}} options `path`: where to keep the trace, to look at it
   * @returns {Promise<{tasks: number, busyMs: number, cpuMs: number, mostCpuMs: number, long: {ms: number, cpuMs: number}[]}>}
   */
  async end({ path }) {
    const buffer = await this.browser.stopTracing();
    if (path) {
      writeFileSync(path, buffer);
    }
    const { traceEvents } = JSON.parse(buffer.toString());
    const mains = new Set(
      traceEvents
        .filter(
          ({ name, args }) =>
            name === 'thread_name' && args.name === 'CrRendererMain'
        )
        .map(threadOf)
    );
    const found = traceEvents.filter(
      event =>
        event.ph === 'X' &&
        event.name.endsWith('RunTask') &&
        mains.has(threadOf(event))
    );
    const all = found.map(({ dur, tdur }) => ({
      ms: dur / 1000,
      cpuMs: (tdur ?? 0) / 1000
    }));
    return {
      tasks: all.length,
      busyMs: all.reduce((sum, { ms }) => sum + ms, 0),
      cpuMs: all.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      mostCpuMs: all.reduce((most, { cpuMs }) => Math.max(most, cpuMs), 0),
      long: all.filter(({ ms }) => ms > LONG_MS)
    };
  }
}

function threadOf({ pid, tid }) {
  return `${pid}:${tid}`;
}
