// npm run build:api: packs src/api/cli.ts into lib/api/cli.js, one file that Node runs as it is. After tsc, which leaves its own there.
import { BannerPlugin, rspack } from '@rspack/core';
import { join } from 'node:path';
import { root } from './set-up/paths.mjs';
import { main, SetUpError } from './set-up/run.mjs';

/** @type {import('@rspack/core').Configuration} */
const configuration = {
  context: root,
  mode: 'production',
  target: 'node20',
  devtool: 'source-map',
  entry: { cli: './src/api/cli.ts' },
  output: { path: join(root, 'lib', 'api'), filename: '[name].js' },
  resolve: { extensions: ['.ts', '.js'] },
  module: {
    rules: [
      {
        test: /\.ts$/,
        loader: 'builtin:swc-loader',
        options: {
          jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }
        }
      }
    ]
  },
  optimization: { minimize: false },
  performance: false,
  plugins: [new BannerPlugin({ banner: '#!/usr/bin/env node', raw: true })]
};

await main(
  () =>
    new Promise((done, failed) => {
      rspack(configuration, (error, stats) => {
        if (error || stats.hasErrors()) {
          failed(error ?? new SetUpError(stats.toString('errors-only')));
        } else {
          done(0);
        }
      });
    })
);
