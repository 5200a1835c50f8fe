import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const root = join(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface IManifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(read('package.json')) as IManifest;
const isJupyter = (name: string) => /^@(jupyterlab|lumino)\//.test(name);

/** The files under a folder, from the root. */
function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(
    entry => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(path) : [path];
    }
  );
}

describe('package.json', () => {
  // A dependency becomes a module shared by all extensions: it is not
  // tree-shaken, and a worker that imports it dies at load.
  it("depends on JupyterLab's own packages only", () => {
    const names = Object.keys(manifest.dependencies);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter(name => !isJupyter(name))).toEqual([]);
  });

  it('names every package the sources import, where it belongs', () => {
    const imported = new Set(
      filesUnder('src')
        .filter(path => /(?<!\.spec)\.tsx?$/.test(path))
        .flatMap(path => [
          ...read(path).matchAll(
            /(?:from|import|import\()\s*'([^'.\s][^'\s]*)'/g
          )
        ])
        .map(match => /^(?:@[^/]+\/)?[^/]+/.exec(match[1] ?? '')?.[0] ?? '')
        .filter(name => !name.startsWith('node:'))
    );
    const misplaced = [...imported].filter(
      name =>
        !(
          name in
          (isJupyter(name) ? manifest.dependencies : manifest.devDependencies)
        )
    );
    expect(misplaced).toEqual([]);
  });
});

describe('the version', () => {
  it('is the same in every file that names it', () => {
    const { version } = manifest;
    const lock = JSON.parse(read('package-lock.json')) as IManifest;
    expect(lock.version).toBe(version);
    expect(read('pyproject.toml')).toContain('path = "package.json"');
    expect(
      /VERSION = "(.+)"/.exec(read('sparkglass/kernel/version.py'))?.[1]
    ).toBe(version);
    expect(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  });
});

const built = 'sparkglass/labextension';

// Jest also runs in a checkout that has not been built; `npm test` builds first.
if (existsSync(join(root, built, 'package.json'))) {
  describe('the built extension', () => {
    const size = (path: string) =>
      gzipSync(readFileSync(join(root, path))).length;

    it('loads at most 10 kB at start', () => {
      const { load } = (
        JSON.parse(read(`${built}/package.json`)) as {
          jupyterlab: { _build: { load: string } };
        }
      ).jupyterlab._build;
      // "./extension":()=>r.e(590).then(…), or Promise.all([r.e(1),r.e(2)]).then(…)
      const text = read(`${built}/${load}`);
      const modules = [
        ...text.matchAll(/"\.\/(extension|mimeExtension)":\(\)=>(.+?)\.then\(/g)
      ];
      expect(modules).toHaveLength(2);
      const chunks = new Set(
        modules.flatMap(module =>
          [...(module[2] ?? '').matchAll(/\.e\("?([\w-]+)"?\)/g)].map(
            match => match[1] ?? ''
          )
        )
      );
      const files = filesUnder(`${built}/static`).filter(path =>
        chunks.has(/([\w-]+)\.[^/]*js$/.exec(path)?.[1] ?? '')
      );
      expect(files.length).toBeGreaterThan(0);
      const total = [`${built}/${load}`, ...files]
        .map(size)
        .reduce((sum, bytes) => sum + bytes, 0);
      expect(total).toBeLessThanOrEqual(10_000);
    });

    // Chunks have numbers, but for a few with names: texts that only some pages load (the kernel side for kernels that lack it, the Polish words, the labs),
    // and the ways into what opens apart from a notebook.
    const file = (path: string) => path.split('/').pop() ?? '';
    const nameOf = (path: string) => file(path).split('.')[0] ?? '';
    const scripts = filesUnder(`${built}/static`).filter(
      path => path.endsWith('.js') && nameOf(path) !== 'style'
    );
    const texts = ['kernel-source', 'polish', 'labs-en', 'labs-pl'];
    const numbers = new Map(
      [
        ...read(
          scripts.find(path => nameOf(path) === 'remoteEntry') ?? ''
        ).matchAll(/(\d+):"([a-z][a-z-]*)"/g)
      ]
        .map(match => [match[1], match[2] ?? ''] as const)
        // The table of hashes looks the same where one has no digit.
        .filter(([, name]) => !/^[0-9a-f]{6}$/.test(name))
    );

    /** What opens apart or on a press, and tabs beyond the first three: one need not be opened to use the others. */
    const pressed = [
      'log-document',
      'picture',
      'record',
      'details',
      'spark-ui',
      'other-drivers',
      'dagre',
      'cell-code',
      'learning-code',
      'labs'
    ];
    const tabs = [
      'curve',
      'streams',
      'partitions',
      'shuffles',
      'plan',
      'lineage',
      'advice',
      'advice-mark'
    ];

    /** The files that a page has when it has loaded these and all that they can ask for, but for some ways. */
    const reached = (from: readonly string[], but: readonly string[] = []) => {
      const found = new Set<string>();
      const visit = (name: string) => {
        const path = scripts.find(one => nameOf(one) === name);
        if (!path || found.has(path)) {
          return;
        }
        found.add(path);
        // Each `Promise.all([e(1),e(2)])` or single `e(1)` is what one import needs, and `u(3)` a worker's file.
        for (const [group] of read(path).matchAll(
          /(?:\w+\.[eu]\("?[\w-]+"?\),?)+/g
        )) {
          const needs = [...group.matchAll(/[eu]\("?([\w-]+)"?\)/g)].map(
            match => numbers.get(match[1]) ?? match[1] ?? ''
          );
          if (!needs.some(need => but.includes(need))) {
            needs.forEach(visit);
          }
        }
      };
      from.forEach(visit);
      return [...found];
    };
    const total = (paths: readonly string[]) =>
      paths
        .filter(path => !texts.includes(nameOf(path)))
        .map(size)
        .reduce((sum, bytes) => sum + bytes, 0);

    it.each([
      [
        'a notebook with panel, timeline, stages and tasks open',
        ['remoteEntry'],
        [...pressed, ...tabs]
      ],
      [
        'an opened log with overview, timeline, stages and tasks',
        ['log-document'],
        ['picture', 'dagre', ...tabs]
      ]
    ])('is at most 173 kB of code for %s', (_, from, but) => {
      const paths = reached(from, but);
      expect(paths.length).toBeGreaterThan(3);
      expect(total(paths)).toBeLessThanOrEqual(173_000);
    });

    // Loaded with the tab that is opened, or when somebody presses a button.
    it.each([
      ['the layout of graphs that branch', 'dagre', 20_000],
      ['training curves, with uPlot', 'curve', 60_000],
      ['streams, with their charts', 'streams', 40_000],
      ['the partitions', 'partitions', 20_000],
      ['the shuffles', 'shuffles', 20_000],
      ['the plan', 'plan', 50_000],
      ['the lineage', 'lineage', 20_000],
      ['the advice', 'advice', 30_000],
      ['the mark of advice', 'advice-mark', 20_000],
      ['details in a tab', 'details', 10_000],
      ['the Spark UI in a tab', 'spark-ui', 10_000],
      ['the list of other applications', 'other-drivers', 5_000],
      ['a picture', 'picture', 10_000],
      ['a recording', 'record', 10_000],
      ['ready-made cells', 'cell-code', 5_000],
      ['ready-made cells about learning', 'learning-code', 3_000],
      ['what copies the labs', 'labs', 3_000]
    ])(
      'is at most so much code for %s, beside what shows a notebook',
      (_, name, most) => {
        const shown = reached(['remoteEntry'], [...pressed, ...tabs]);
        const paths = reached([name]).filter(path => !shown.includes(path));
        expect(paths.length).toBeGreaterThan(0);
        expect(total(paths)).toBeLessThanOrEqual(most);
      }
    );

    it('reaches all code from these', () => {
      const paths = reached(['remoteEntry']);
      expect(scripts.filter(path => !paths.includes(path))).toEqual([]);
    });

    it.each([
      ['kernel-source', 37_000],
      ['polish', 59_000],
      ['labs-en', 20_000],
      ['labs-pl', 20_000]
    ])('carries at most so much text as %s', (name, most) => {
      const bytes = scripts
        .filter(path => nameOf(path) === name)
        .map(size)
        .reduce((sum, one) => sum + one, 0);
      expect(bytes).toBeGreaterThan(0);
      expect(bytes).toBeLessThanOrEqual(most);
    });
  });
}
