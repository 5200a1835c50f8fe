/* global MutationObserver, document */
// An event log opened in a tab, to its drawn timeline.
(() => {
  const { bench } = globalThis;

  /**
   * Opens a log as a double click does, goes to the timeline, and waits until its picture holds so many ended tasks.
   *
   * @returns {Promise<{drawnMs: number, longestTaskMs: number}>} from the double click to the end of that frame; the longest task of the main
   *   thread meanwhile.
   */
  bench.openLog = async (path, tasks) => {
    let longestTaskMs = 0;
    const long = new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) {
        longestTaskMs = Math.max(longestTaskMs, duration);
      }
    });
    long.observe({ entryTypes: ['longtask'] });
    const began = performance.now();
    const drawn = new Promise(resolve => {
      const observer = new MutationObserver(() => {
        if (document.querySelector(`[data-ended="${tasks}"]`)) {
          observer.disconnect();
          bench.afterFrame(() => resolve(performance.now()));
        }
      });
      observer.observe(document.body, {
        subtree: true,
        childList: true,
        attributeFilter: ['data-ended']
      });
    });
    void globalThis.jupyterapp.commands.execute('docmanager:open', { path });
    const tab = await bench.until(
      () => document.querySelectorAll('.jp-Sparkglass-log [role=tab]')[1]
    );
    tab.click();
    const drawnMs = (await drawn) - began;
    long.disconnect();
    return { drawnMs, longestTaskMs };
  };
})();
