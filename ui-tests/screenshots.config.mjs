// npm run screenshots: the pictures of the README, made from the first example as it is.
import config from './playwright.config.mjs';

export default {
  ...config,
  testDir: './screenshots',
  reporter: 'list',
  use: { ...config.use, viewport: { width: 1280, height: 800 } }
};
