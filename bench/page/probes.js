/* global CanvasRenderingContext2D, MutationObserver, PointerEvent, document, requestAnimationFrame */
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

  /**
   * Drags a picture on which the mouse is held, one move a frame, and notes the frames: ms from one to the next; ms from a frame's first
   * callback until the page has been laid out and painted, draws in microtasks included; and in how many of them the picture was drawn.
   */
  bench.dragFrames = async (picture, { left, right, y, seconds }) => {
    const intervals = [];
    const work = [];
    const context = CanvasRenderingContext2D.prototype;
    const { clearRect } = context;
    let drawn = false;
    let draws = 0;
    let last = null;
    let began = 0;
    context.clearRect = function (...place) {
      drawn ||= this.canvas.closest(picture) !== null;
      return clearRect.apply(this, place);
    };
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      work.push(performance.now() - began);
      draws += drawn ? 1 : 0;
      drawn = false;
      // Between frames, as the mouse's own.
      move(work.length);
    };
    const held = document.elementFromPoint(right, y);
    const move = n => {
      const phase = (n % 120) / 60;
      const clientX = right - (right - left) * (phase < 1 ? phase : 2 - phase);
      const place = { clientX, clientY: y, buttons: 1, pointerId: 1 };
      held.dispatchEvent(
        new PointerEvent('pointermove', { ...place, bubbles: true })
      );
    };
    let over;
    const whole = new Promise(resolve => (over = resolve));
    const tick = now => {
      if (last !== null) {
        intervals.push(now - last);
      }
      last = now;
      began = performance.now();
      port2.postMessage(null);
      if (work.length < seconds * 60) {
        requestAnimationFrame(tick);
      } else {
        over();
      }
    };
    requestAnimationFrame(tick);
    await whole;
    context.clearRect = clearRect;
    return { intervals, work, draws };
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
