// The labs: one source, a notebook in each language. Code cells are the same in both.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import labs from '../checks/labs.cjs';
import { root } from './paths.mjs';
import { say } from './run.mjs';

/** Writes a file where it would change; says whether it did. */
function write(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) {
    return false;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return true;
}

/** Writes the notebooks, which are in the repository. */
export function writeLabs() {
  const changed = labs
    .read()
    .flatMap(lab =>
      labs.LANGUAGES.filter(language =>
        write(
          join(root, labs.pathOf(language, lab.name)),
          labs.textOf(lab, language)
        )
      )
    );
  if (changed.length > 0) {
    say(`Wrote ${changed.length} notebooks of the labs.`);
  }
}

/** Writes the notebooks of each language as a module of the page (src/lab/labs-<language>.json), which copies them for a student. */
export function carryLabs() {
  const read = labs.read();
  for (const language of labs.LANGUAGES) {
    const carried = read.map(lab => ({
      name: labs.fileOf(lab.name),
      content: labs.notebookOf(lab, language)
    }));
    write(
      join(root, 'src', 'lab', `labs-${language}.json`),
      JSON.stringify(carried)
    );
  }
}
