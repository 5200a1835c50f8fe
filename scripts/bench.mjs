// npm run bench: sets up, then measures. Arguments after `--` go to bench/run.py.
import { join } from 'node:path';
import { setUpChromium } from './set-up/browser.mjs';
import { setUp } from './set-up/index.mjs';
import { environment, interpreter, root } from './set-up/paths.mjs';
import { SetUpError, main, show } from './set-up/run.mjs';

await main(async () => {
  const env = await setUp();
  const chromium = await setUpChromium();
  if ('missing' in chromium) {
    throw new SetUpError(chromium.missing);
  }
  env.CHROMIUM_PATH = chromium.path;
  return show(
    interpreter(environment),
    [join(root, 'bench', 'run.py'), ...process.argv.slice(2)],
    { env }
  );
});
