// npm run screenshots: the pictures of the README, made from the labs as they are.
import config from './playwright.config.mjs';

export default {
  ...config,
  testDir: './screenshots',
  reporter: 'list',
  use: { ...config.use, viewport: { width: 1280, height: 800 } }
};
