// The notebook in front: its cells, and running them through JupyterLab's own commands.
(() => {
  const bench = (globalThis.bench = {});
  const panel = () => globalThis.jupyterapp.shell.currentWidget;
  const run = command =>
    globalThis.jupyterapp.commands.execute(command).then(() => undefined);

  bench.cell = id => panel().content.widgets.find(cell => cell.model.id === id);

  bench.isReady = () =>
    globalThis.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel
      ?.status === 'idle';

  /** What a cell printed, and the errors it ended with. */
  const printed = id => {
    const parts = [];
    const { outputs } = bench.cell(id).model;
    for (let i = 0; i < outputs.length; i++) {
      const output = outputs.get(i).toJSON();
      if (output.output_type === 'stream') {
        parts.push([].concat(output.text).join(''));
      } else if (output.output_type === 'error') {
        throw new Error(`cell ${id}: ${output.ename}: ${output.evalue}`);
      }
    }
    return parts.join('');
  };

  /** Puts a cell at the top of the page, where what is under it shows. */
  bench.show = async id => {
    const { content } = panel();
    const cell = bench.cell(id);
    cell.node.dataset.benchCell = id;
    const index = content.widgets.indexOf(cell);
    content.activeCellIndex = index;
    content.deselectAll();
    await content.scrollToItem(index, 'start');
  };

  /** Runs a cell; times are ms since 1970. */
  bench.run = async id => {
    await bench.show(id);
    const called = Date.now();
    const start = performance.now();
    await run('notebook:run-cell');
    const roundTripMs = performance.now() - start;
    return { called, roundTripMs, text: printed(id) };
  };

  bench.runAll = async () => {
    await run('notebook:run-all-cells');
  };

  /** Runs Python behind the notebook's back: no output, no history, no cell. */
  bench.silent = async code => {
    const { kernel } = panel().sessionContext.session;
    const reply = await kernel.requestExecute({
      code,
      silent: true,
      store_history: false,
      stop_on_error: false
    }).done;
    if (reply.content.status !== 'ok') {
      throw new Error(`${reply.content.ename}: ${reply.content.evalue}`);
    }
  };

  /** The value of a Python expression, as its `repr`. */
  bench.evaluate = async expression => {
    const { kernel } = panel().sessionContext.session;
    const reply = await kernel.requestExecute({
      code: '',
      silent: true,
      store_history: false,
      user_expressions: { value: expression }
    }).done;
    return reply.content.user_expressions.value.data['text/plain'];
  };

  /** How long the kernel was busy with the last cell it ran, by its own clock: ms between `busy` and `idle`. */
  bench.runTimed = async id => {
    const { kernel } = panel().sessionContext.session;
    const times = new Map();
    const onMessage = (_, message) => {
      if (message.header.msg_type === 'status') {
        const parent = message.parent_header;
        if (parent.msg_type === 'execute_request') {
          const entry = times.get(parent.msg_id) ?? {};
          entry[message.content.execution_state] = message.header.date;
          times.set(parent.msg_id, entry);
        }
      }
    };
    kernel.iopubMessage.connect(onMessage);
    const before = bench.cell(id).node.querySelectorAll('*').length;
    const result = await bench.run(id);
    kernel.iopubMessage.disconnect(onMessage);
    const [entry] = times.values();
    return {
      ...result,
      kernelMs: microseconds(entry.idle) - microseconds(entry.busy),
      nodesBefore: before,
      nodes: bench.cell(id).node.querySelectorAll('*').length,
      heightPx: bench.cell(id).node.getBoundingClientRect().height
    };
  };

  /** ms since 1970 with three decimals, which `Date` would cut off. */
  const microseconds = text =>
    Date.parse(text.replace(/\.\d+/, '')) +
    Number(`0.${/\.(\d+)/.exec(text)?.[1] ?? 0}`) * 1000;
})();
