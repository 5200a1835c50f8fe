// npm run build:labextension: packs lib/ into sparkglass/labextension.
import { steps } from './set-up/build.mjs';
import { main, show } from './set-up/run.mjs';

await main(() => show(process.execPath, steps[1][1]));
