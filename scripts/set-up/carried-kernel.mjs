// The kernel side's source as a module of the page, for kernels where the package is not installed.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { say } from './run.mjs';

const target = join(root, 'src', 'sources', 'kernel', 'carried.ts');

/**
 * Java without its comment lines and indentation: nobody reads it where it goes, and every page pays for it.
 * Lines keep their numbers, so a compiler's message still points into the file.
 */
function bare(java) {
  let inComment = false;
  return java.split('\n').map(line => {
    const text = line.trim();
    const starts = inComment || text.startsWith('/*');
    inComment = starts && !text.endsWith('*/');
    return starts || text.startsWith('//') ? '' : text;
  });
}

/**
 * Python without its comment lines and docstrings, for the same reason. A docstring may be all that a body has, so an empty one stays.
 *
 * Only docstrings begin a line with three quotes in our sources; where a line has them elsewhere, nothing is taken away.
 */
function barePython(python) {
  const QUOTES = '"""';
  const kept = [];
  let inDocstring = false;
  for (const line of python.split('\n')) {
    const text = line.trim();
    const count = text.split(QUOTES).length - 1;
    if (inDocstring) {
      inDocstring = count === 0;
      continue;
    }
    if (text.startsWith(QUOTES)) {
      inDocstring = count === 1;
      kept.push(`${line.slice(0, line.indexOf(QUOTES))}""`);
    } else if (count > 0) {
      return python;
    } else if (text !== '' && !text.startsWith('#')) {
      kept.push(line);
    }
  }
  return kept.join('\n') + '\n';
}

/**
 * Writes src/sources/kernel/carried.ts when the kernel side has changed.
 */
export function carryKernel() {
  const folder = join(root, 'sparkglass', 'kernel');
  const { version } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8')
  );
  const files = readdirSync(folder)
    .filter(name => /\.(py|java)$/.test(name))
    .sort()
    .map(name => {
      const whole = readFileSync(join(folder, name), 'utf8').replaceAll(
        '\r\n',
        '\n'
      );
      const text = name.endsWith('.java')
        ? bare(whole).join('\n')
        : barePython(whole);
      return `  ${JSON.stringify(name)}: ${JSON.stringify(text)}`;
    });
  const text = `// Written by scripts/carry-kernel.mjs from sparkglass/kernel; not to be edited.

/** The version of the package these files belong to. */
export const CARRIED_VERSION = ${JSON.stringify(version)};

/** The files of sparkglass/kernel: name to text. */
export const CARRIED: Readonly<Record<string, string>> = {
${files.join(',\n')}
};
`;
  if (existsSync(target) && readFileSync(target, 'utf8') === text) {
    return;
  }
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  say(`Wrote the kernel side's ${files.length} files into the page's source.`);
}
