/* global KeyboardEvent */
// The tabs of Sparkglass's strip beside the timeline: opened, shown whole again, and a matrix as large as is asked for.
(() => {
  const { bench } = globalThis;

  /** Opens the strip of a cell at a tab, and waits until its picture is there. */
  bench.openTab = async (id, name, selector) => {
    await bench.openStrip(id);
    const { node } = bench.cell(id);
    const tab = [...node.querySelectorAll('[role=tab]')].find(
      each => each.textContent === name
    );
    tab.click();
    await bench.until(() => node.querySelector(`${selector} canvas`));
  };

  /** Shows the whole of a picture again. */
  bench.fitPicture = (id, selector) => {
    bench
      .cell(id)
      .node.querySelector(selector)
      .dispatchEvent(new KeyboardEvent('keydown', { key: '0', bubbles: true }));
  };

  /**
   * Puts a matrix of so many rows and columns in the place of the newest shuffle's: what the driver sends is never as large.
   *
   * Sizes are like those of a real shuffle: alike, but for a few crowded reducers.
   */
  bench.widenMatrix = async side => {
    const plugins = globalThis.jupyterapp.pluginRegistry._plugins;
    const { loaded } = plugins.get('sparkglass:plugin').service;
    const { shuffles } = (await loaded).current.link.session.latest;
    const shuffle = [...shuffles.values()].pop();
    const logSizes = new Uint8Array(side * side);
    for (let i = 0; i < logSizes.length; i++) {
      const crowded = (i % side) % 97 === 0 ? 60 : 0;
      logSizes[i] = 80 + crowded + ((i * 2654435761) >>> 28);
    }
    shuffles.set(shuffle.id, {
      ...shuffle,
      maps: side,
      reducers: side,
      sampledMaps: side,
      matrix: { rows: side, columns: side, logSizes }
    });
    return logSizes.length;
  };
})();
