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
      const text = readFileSync(join(folder, name), 'utf8');
      return `  ${JSON.stringify(name)}: ${JSON.stringify(text.replaceAll('\r\n', '\n'))}`;
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
