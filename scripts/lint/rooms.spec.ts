import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import roomsPlugin from './rooms.cjs';

const root = join(__dirname, '..', '..');
const source = join(root, 'src');
const { rooms } = roomsPlugin;

/** What the rule says about `code` as the text of `src/<file>`. */
function complaints(file: string, code: string): string[] {
  const linter = new Linter({ cwd: root });
  const messages = linter.verify(
    code,
    [
      {
        files: ['**/*.ts'],
        languageOptions: { parser: parser as Linter.Parser },
        plugins: { rooms: { rules: roomsPlugin.rules } },
        rules: { 'rooms/imports': 'error' }
      }
    ],
    join(source, file)
  );
  return messages.map(message => message.message);
}

describe('rooms/imports', () => {
  it.each([
    ['events/x.ts', "import { Job } from '../model/job';"],
    ['model/x.ts', "import { ticks } from '../draw/ticks';"],
    ['model/x.ts', "export * from '../analysis';"],
    ['analysis/x.ts', "export { view } from '../views/timeline';"],
    ['draw/x.ts', "import type { Job } from '../model';"],
    ['views/timeline/x.ts', "import { start } from '../../sources/kernel';"],
    ['views/timeline/x.ts', "void import('../../lab/cells');"],
    ['views/x.ts', "import '../lab/y.css';"],
    ['api/x.ts', "import { source } from '../sources/kernel';"],
    ['sources/kernel/x.ts', "type Job = import('../../model').Job;"],
    [
      'analysis/x.ts',
      "new Worker(new URL('../views/worker.js', import.meta.url));"
    ]
  ])('refuses in src/%s: %s', (file, code) => {
    expect(complaints(file, code)).toEqual([
      expect.stringMatching(/^src\/\w+ may not import src\/\w+\.$/)
    ]);
  });

  it.each([
    ['model/x.ts', "import { Signal } from '@lumino/signaling';"],
    ['views/x.ts', "import { Cell } from '@jupyterlab/cells';"],
    ['events/x.ts', "import { readFileSync } from 'node:fs';"]
  ])('refuses a package in src/%s: %s', (file, code) => {
    expect(complaints(file, code)).toEqual([
      expect.stringMatching(/^src\/\w+ may not import the package .+\.$/)
    ]);
  });

  it('refuses a folder the table does not know', () => {
    expect(complaints('helpers/x.ts', '')).toEqual([
      'src/helpers is not in scripts/lint/rooms.json.'
    ]);
  });

  it('lets pass what the table allows', () => {
    for (const [room, entry] of Object.entries(rooms)) {
      const code = entry.rooms
        .filter(other => !entry.only?.[other])
        .map(other => `export * from '../${other}';`)
        .join('\n');
      expect(complaints(`${room}/x.ts`, code)).toEqual([]);
    }
    expect(
      complaints('api/logs.ts', "import { logs } from '../sources/eventlog';")
    ).toEqual([]);
    expect(
      complaints('views/a/x.ts', "import { h } from 'preact/hooks';")
    ).toEqual([]);
    expect(complaints('views/a/x.ts', "import '../b/y';")).toEqual([]);
    expect(complaints('index.ts', "import './lab/cells';")).toEqual([]);
  });

  it('is switched on for the sources', () => {
    const eslint = join(root, 'node_modules', 'eslint', 'bin', 'eslint.js');
    const config = JSON.parse(
      execFileSync(
        process.execPath,
        [eslint, '--print-config', 'src/model/job.ts'],
        { cwd: root, encoding: 'utf8' }
      )
    ) as { rules: Record<string, unknown[]> };
    expect(config.rules['rooms/imports']?.[0]).toBe(2);
    expect(config.rules['no-restricted-globals']?.[0]).toBe(2);
  });
});

describe('the rooms', () => {
  const folders = readdirSync(source, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name);

  it('import without going in circles', () => {
    const order: string[] = [];
    for (const [room, entry] of Object.entries(rooms)) {
      for (const other of entry.rooms) {
        expect(order).toContain(other);
      }
      order.push(room);
    }
  });

  it.each([...folders, '../sparkglass/kernel', '../sparkglass/learning'])(
    'src/%s has a README of at most twelve lines',
    folder => {
      const readme = join(source, folder, 'README.md');
      expect(existsSync(readme)).toBe(true);
      const lines = readFileSync(readme, 'utf8').trim().split('\n');
      expect(lines.length).toBeGreaterThan(2);
      expect(lines.length).toBeLessThanOrEqual(12);
    }
  );
});
