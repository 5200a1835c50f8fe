// npm run setup: everything a checkout needs, and nothing twice.
import { setUp } from './set-up/index.mjs';
import { main } from './set-up/run.mjs';

await main(async () => {
  await setUp();
});
