import js from '@eslint/js';
import jupyterPlugin from '@jupyter/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import roomsPlugin from './scripts/lint/rooms.cjs';

const typescript = ['**/*.ts', '**/*.tsx'];
const specs = ['src/**/*.spec.ts', 'src/**/*.spec.tsx'];
const { rooms } = roomsPlugin;
const pureRooms = Object.keys(rooms).filter(name => rooms[name].pure);

// What a Web Worker or Node has not got, and what makes a result depend on
// when it was asked for.
const notPure = [
  'document',
  'window',
  'localStorage',
  'requestAnimationFrame',
  'setInterval',
  'setTimeout'
].map(name => ({
  name,
  message: 'This room runs in a worker and in Node: no DOM, no timers.'
}));

export default defineConfig([
  {
    ignores: [
      '**/node_modules',
      '.venv*',
      'bench/.envs',
      'coverage',
      'dist',
      'examples',
      'lib',
      'sparkglass/labextension',
      'src/sources/kernel/carried.ts',
      '**/test-results'
    ]
  },
  js.configs.recommended,
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: { globals: globals.node }
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' }
  },
  {
    files: typescript,
    extends: [
      tseslint.configs.recommended,
      { plugins: { jupyter: jupyterPlugin } },
      jupyterPlugin.configs.recommended
    ],
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        project: './tsconfig.test.json',
        tsconfigRootDir: import.meta.dirname
      }
    },
    rules: {
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'interface',
          format: ['PascalCase'],
          custom: { regex: '^I[A-Z]', match: true }
        }
      ],
      '@typescript-eslint/no-floating-promises': [
        'error',
        { ignoreVoid: true }
      ],
      '@typescript-eslint/no-namespace': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { args: 'none' }],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      'no-warning-comments': [
        'error',
        { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }
      ],
      'prefer-arrow-callback': 'error'
    }
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    ignores: specs,
    plugins: { rooms: roomsPlugin },
    rules: { 'rooms/imports': 'error' }
  },
  {
    files: pureRooms.map(name => `src/${name}/**/*.ts`),
    ignores: specs,
    rules: { 'no-restricted-globals': ['error', ...notPure] }
  },
  // What a spec hands to a component is nobody's to read.
  { files: specs, rules: { 'jupyter/no-untranslated-string': 'off' } },
  // prettier lays out; the linter has no say in it.
  prettier,
  { files: typescript, rules: { curly: ['error', 'all'] } }
]);
