// What each mode shows under a cell, read from the screen.
(() => {
  const { bench } = globalThis;

  /** "12/12" in SparkMonitor's and the managed monitor's rows of jobs. */
  const fromRows = node =>
    [...node.querySelectorAll('.jobtablebody .data')]
      .filter(part => part.closest('.jobrow'))
      .map(part => Number(/^(\d+)\/\1$/.exec(part.textContent.trim())?.[1]));

  const readers = {
    sparkglass: node => {
      const strip = node.querySelector('.jp-Sparkglass-stripLine');
      if (!strip) {
        return [];
      }
      const [, jobs, tasks] =
        /([\d,]+) jobs?\b.* ([\d,]+) tasks?\b/.exec(strip.textContent) ?? [];
      return jobs === '1' ? [Number(tasks)] : [strip.textContent];
    },
    sparkmonitor: fromRows,
    managed: async node => {
      await bench.unfold(node);
      return fromRows(node);
    }
  };

  /** How many tasks each job has that a cell shows. */
  bench.tasksShown = (id, mode) => readers[mode](bench.cell(id).node);

  /** Opens the managed monitor's table of jobs, which is closed at first. */
  bench.unfold = async node => {
    const arrow = node.querySelector(
      '.managedSparkCellMonitoringCellRoot .tdstageicon'
    );
    if (arrow && !node.querySelector('.jobtable')) {
      arrow.click();
      await new Promise(resolve => setTimeout(resolve, 300));
    }
  };

  bench.unfoldCell = id => bench.unfold(bench.cell(id).node);
})();
