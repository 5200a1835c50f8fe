// For docker/test.sh: the browser's part, against a lab that runs already. IMAGE_URL is its address with the token.
import config from './playwright.config.mjs';

export default {
  ...config,
  testDir: './image',
  workers: 1,
  retries: 0,
  timeout: 240000,
  reporter: 'list',
  webServer: undefined,
  use: {
    ...config.use,
    baseURL: new URL('/', process.env.IMAGE_URL ?? 'http://127.0.0.1:8888').href
  }
};
