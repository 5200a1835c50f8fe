/* global MutationObserver */
// Sparkglass's own strip, and how long a task takes from its end to the screen.
(() => {
  const { bench } = globalThis;
  const PLUGIN = 'sparkglass:plugin';

  /** Opens the strip of a cell at its timeline. */
  bench.openStrip = async id => {
    const node = await bench.until(() =>
      bench.cell(id).node.querySelector('.jp-Sparkglass-strip')
    );
    const toggle = node.querySelector('.jp-Sparkglass-stripToggle');
    if (toggle.getAttribute('aria-expanded') !== 'true') {
      toggle.click();
    }
    const tab = await bench.until(() => node.querySelector('[role=tab]'));
    tab.click();
    await bench.until(() => node.querySelector('.jp-Sparkglass-timeline'));
  };

  /** Opens the strip of a cell that started streams at its tab of them. */
  bench.openStreams = async id => {
    const node = await bench.until(() =>
      bench.cell(id).node.querySelector('.jp-Sparkglass-strip')
    );
    const toggle = node.querySelector('.jp-Sparkglass-stripToggle');
    if (toggle.getAttribute('aria-expanded') !== 'true') {
      toggle.click();
    }
    await bench.until(() => node.querySelector('.jp-Sparkglass-streams'));
  };

  /** What the page knows of each streaming query, by run id: its batches, and the rows that they read. */
  bench.streamsTold = async () => {
    const { streams } = (await link()).session.latest;
    return Object.fromEntries(
      [...streams].map(([runId, { batches }]) => [
        runId,
        [
          batches.total,
          batches.column('inputRows').reduce((sum, rows) => sum + rows, 0)
        ]
      ])
    );
  };

  /** Waits until a question has an answer. */
  bench.until = async (question, timeoutMs = 15000) => {
    const began = performance.now();
    for (;;) {
      const answer = question();
      if (answer) {
        return answer;
      }
      if (performance.now() - began > timeoutMs) {
        throw new Error(`no answer within ${timeoutMs} ms: ${question}`);
      }
      await new Promise(resolve => setTimeout(resolve, 10));
    }
  };

  const link = async () => {
    const plugins = globalThis.jupyterapp.pluginRegistry._plugins;
    const { loaded } = plugins.get(PLUGIN).service;
    return (await loaded).current.link;
  };

  /**
   * Begins to note, for the next run of a cell, when each task ended, when the model had it and when the timeline had drawn it.
   *
   * The timeline says how many ended tasks its picture holds in `data-ended`.
   */
  bench.watchTasks = async id => {
    const source = await link();
    const application = source.session.latest;
    const { node } = bench.cell(id);
    const finishes = [];
    const applied = [];
    const drawn = [];
    let next = application.tasks.length;
    let running = [];

    const take = () => {
      const { tasks } = application;
      while (next < tasks.length) {
        running.push(next++);
      }
      const before = finishes.length;
      running = running.filter(row => {
        if (tasks.state[row] === 0) {
          return true;
        }
        finishes.push(tasks.launchTime[row] + tasks.durationMs[row]);
        return false;
      });
      if (finishes.length > before) {
        applied.push({ ended: finishes.length, at: Date.now() });
      }
    };
    const forget = source.changed.connect(take);

    const observer = new MutationObserver(records => {
      const { ended } = records[records.length - 1].target.dataset;
      const entry = { ended: Number(ended), at: null };
      // A picture of the run before may still be drawn once more.
      if (entry.ended <= finishes.length) {
        drawn.push(entry);
        bench.afterFrame(at => (entry.at = at));
      }
    });
    observer.observe(node, { subtree: true, attributeFilter: ['data-ended'] });

    bench.endTasks = () => {
      forget();
      observer.disconnect();
      return {
        drawings: drawn.length,
        modelMs: delays(finishes, applied),
        screenMs: delays(finishes, drawn),
        allDrawnAt:
          drawn.find(entry => entry.ended >= finishes.length)?.at ?? null,
        tasks: finishes.length
      };
    };
  };

  /** For each task the first entry that holds it, in ms after its finish. A new run begins with fewer. */
  const delays = (finishes, entries) => {
    const result = [];
    let task = 0;
    for (const { ended, at } of entries) {
      for (; task < Math.min(ended, finishes.length); task++) {
        result.push(at - finishes[task]);
      }
    }
    return result;
  };
})();
