/* global MutationObserver, document, requestAnimationFrame */
// What the page itself can say about what it goes through.
(() => {
  const { bench } = globalThis;

  /** Tasks of the main thread over 50 ms: begin to note them, and what was noted. */
  bench.beginLongTasks = () => {
    const durations = [];
    const observer = new PerformanceObserver(list =>
      list.getEntries().forEach(entry => durations.push(entry.duration))
    );
    observer.observe({ type: 'longtask' });
    bench.endLongTasks = () => {
      observer.takeRecords().forEach(entry => durations.push(entry.duration));
      observer.disconnect();
      return durations;
    };
  };

  /** Frames: ms from one to the next, and ms of script in their callbacks. */
  bench.beginFrames = () => {
    const intervals = [];
    const work = [];
    let last = null;
    let going = true;
    const original = globalThis.requestAnimationFrame;
    const tick = now => {
      if (last !== null) {
        intervals.push(now - last);
        work.push(0);
      }
      last = now;
      if (going) {
        original.call(globalThis, tick);
      }
    };
    original.call(globalThis, tick);
    globalThis.requestAnimationFrame = callback =>
      original.call(globalThis, now => {
        const start = performance.now();
        callback(now);
        if (work.length > 0) {
          work[work.length - 1] += performance.now() - start;
        }
      });
    bench.endFrames = () => {
      going = false;
      globalThis.requestAnimationFrame = original;
      return { intervals, work };
    };
  };

  /** Notes each change of a cell's words: when they were set, and when that frame had been drawn. */
  bench.watchWords = (id, selector) => {
    const changes = [];
    const { node } = bench.cell(id);
    const read = () =>
      [...node.querySelectorAll(selector)]
        .map(part => part.textContent)
        .join('\n');
    let words = read();
    const observer = new MutationObserver(() => {
      const now = read();
      if (now !== words) {
        words = now;
        const change = {
          setAt: Date.now(),
          drawnAt: null,
          words: now.slice(0, 400)
        };
        changes.push(change);
        bench.afterFrame(at => (change.drawnAt = at));
      }
    });
    observer.observe(node, {
      subtree: true,
      childList: true,
      characterData: true
    });
    bench.endWords = () => {
      observer.disconnect();
      return changes;
    };
  };

  /** Calls back with the time (ms since 1970) when the frame that is being made has been made. */
  bench.afterFrame = callback => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => callback(Date.now());
      port2.postMessage(null);
    });
  };

  /** How large a cell and its panel are, and the page. */
  bench.size = (id, selector) => {
    const { node } = bench.cell(id);
    const panels = [...node.querySelectorAll(selector)];
    return {
      pageNodes: document.querySelectorAll('*').length,
      panelNodes: panels.reduce(
        (sum, part) => sum + part.querySelectorAll('*').length,
        0
      ),
      panelHeightPx: panels.reduce(
        (sum, part) => sum + part.getBoundingClientRect().height,
        0
      )
    };
  };

  /** The words of a part of a cell, or null without it. */
  bench.words = (id, selector) => {
    const part = bench.cell(id).node.querySelector(selector);
    return part ? part.textContent : null;
  };
})();
