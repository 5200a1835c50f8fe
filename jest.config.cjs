// These packages ship ES modules only, which Jest's module loader can't read
// as they are.
const esModules = [
  '@codemirror',
  '@dagrejs',
  '@jupyter/',
  '@jupyterlab/',
  '@microsoft/',
  '@preact/',
  'd3-',
  'exenv-es6',
  'fzstd',
  'lib0',
  'nanoid',
  'preact',
  'vscode-ws-jsonrpc',
  'y-protocols',
  'y-websocket',
  'yjs'
].join('|');

/** @type {import('jest').Config} */
module.exports = {
  // The pure rooms must work without a DOM; a spec that needs one says so
  // with `@jest-environment jsdom`.
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/scripts'],
  testRegex: '\\.spec\\.tsx?$',
  moduleNameMapper: {
    '\\.css$': 'identity-obj-proxy'
  },
  transform: {
    '\\.svg$': '@jupyterlab/testing/lib/jest-raw-loader.js',
    // Types are checked by tsc, once; here they are only taken out.
    '\\.[cm]?[jt]sx?$': [
      'ts-jest',
      {
        tsconfig: {
          allowJs: true,
          esModuleInterop: true,
          isolatedModules: true,
          jsx: 'react-jsx',
          jsxImportSource: 'preact',
          module: 'commonjs',
          moduleResolution: 'node10',
          sourceMap: true,
          target: 'ES2022'
        },
        diagnostics: false
      }
    ]
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules}))`]
};
