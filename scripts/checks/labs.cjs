// Reads the sources of the labs (examples/source/*.lab) and makes notebooks of them.
//
// A source is a list of cells. `%% text <id>` begins a text in English, and `%% pl` the same in Polish; `%% code <id>` begins code.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..', '..');
const sources = join(root, 'examples', 'source');

/** The languages that a lab is written in. */
const LANGUAGES = ['en', 'pl'];

/** The name of a notebook's file. */
const fileOf = name => `${name}.ipynb`;

/** The path of a notebook, from the root. */
const pathOf = (language, name) => `examples/${language}/${fileOf(name)}`;

/**
 * The cells of a source.
 *
 * @throws Error where a text has no Polish, an id comes twice, or something stands before the first cell
 */
function cellsOf(text, name) {
  const cells = [];
  let lines = null;
  for (const line of text.split('\n')) {
    const mark = /^%% (text|code|pl)(?: ([a-z-]+))?$/.exec(line);
    const last = cells[cells.length - 1];
    if (!mark) {
      if (!lines) {
        throw new Error(`${name}: a line before the first cell`);
      }
      lines.push(line);
    } else if (mark[1] === 'pl') {
      if (last?.kind !== 'text' || last.pl) {
        throw new Error(`${name}: Polish without an English text`);
      }
      lines = last.pl = [];
    } else {
      if (!mark[2] || cells.some(cell => cell.id === mark[2])) {
        throw new Error(
          `${name}: a cell without an id, or one that is there already: ${line}`
        );
      }
      lines = [];
      cells.push({ kind: mark[1], id: mark[2], en: lines, pl: null });
    }
  }
  return cells.map(({ kind, id, en, pl }) => {
    if (kind === 'text' && !pl) {
      throw new Error(`${name}: ${id} has no Polish`);
    }
    return {
      kind,
      id,
      en: en.join('\n').trim(),
      pl: (pl ?? en).join('\n').trim()
    };
  });
}

/** All labs, in their order: name and cells. */
function read() {
  return readdirSync(sources)
    .filter(file => file.endsWith('.lab'))
    .sort()
    .map(file => ({
      name: file.slice(0, -'.lab'.length),
      cells: cellsOf(
        readFileSync(join(sources, file), 'utf8').replaceAll('\r\n', '\n'),
        file
      )
    }));
}

/** A text as a notebook keeps it: a list of lines, each but the last with its line end. */
const linesOf = text => text.split(/(?<=\n)/);

/** A lab's notebook in a language, as its file holds it. */
function notebookOf(lab, language) {
  return {
    cells: lab.cells.map(cell =>
      cell.kind === 'text'
        ? {
            cell_type: 'markdown',
            id: cell.id,
            metadata: {},
            source: linesOf(cell[language])
          }
        : {
            cell_type: 'code',
            execution_count: null,
            id: cell.id,
            metadata: {},
            outputs: [],
            source: linesOf(cell.en)
          }
    ),
    metadata: {
      kernelspec: {
        display_name: 'Python 3 (ipykernel)',
        language: 'python',
        name: 'python3'
      },
      language_info: { name: 'python' }
    },
    nbformat: 4,
    nbformat_minor: 5
  };
}

/** The text of a lab's notebook file in a language. */
const textOf = (lab, language) =>
  `${JSON.stringify(notebookOf(lab, language), null, 1)}\n`;

module.exports = { LANGUAGES, fileOf, notebookOf, pathOf, read, textOf };
