// npm run build: the extension, from packages to what JupyterLab loads. Needs no Python.
import { setUpBuild } from './set-up/build.mjs';
import { setUpNodePackages } from './set-up/node-packages.mjs';
import { main } from './set-up/run.mjs';

await main(async () => {
  await setUpNodePackages();
  await setUpBuild();
});
