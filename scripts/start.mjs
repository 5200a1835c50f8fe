// npm start: sets up, then JupyterLab with the first lab. Arguments after `--` go to JupyterLab.
import { join } from 'node:path';
import { setUp } from './set-up/index.mjs';
import { environment, interpreter, isWindows, root } from './set-up/paths.mjs';
import { main, say, show } from './set-up/run.mjs';

await main(async () => {
  const env = await setUp();
  if (isWindows) {
    // There is no `python3` in a virtual environment on Windows.
    env.PYSPARK_PYTHON ??= interpreter(environment);
  }
  const asRoot = process.getuid?.() === 0 ? ['--allow-root'] : [];
  // Ctrl+C is JupyterLab's to answer; this process only waits for it.
  process.on('SIGINT', () => undefined);
  say('Starting JupyterLab (Ctrl+C stops it)');
  return show(
    interpreter(environment),
    [
      '-m',
      'jupyterlab',
      join(root, 'examples', 'en', '01-first-look.ipynb'),
      ...asRoot,
      ...process.argv.slice(2)
    ],
    { env }
  );
});
