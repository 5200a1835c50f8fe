// Lists every word that a user sees: what the catalogues must hold.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const POLISH = join(root, 'src', 'lab', 'polish.json');

/** @returns {string[]} the source files whose words are shown, specs left out */
function sources(folder = join(root, 'src')) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    return entry.isDirectory()
      ? sources(path)
      : /\.tsx?$/.test(entry.name) && !/\.spec\.tsx?$/.test(entry.name)
        ? [path]
        : [];
  });
}

function literal(node) {
  return node && ts.isStringLiteralLike(node) ? node.text : null;
}

/**
 * Every message of the program's code.
 *
 * @returns {Map<string, {plural: string | null, places: string[]}>} by key: the message id, with `context\u0004` before it where there is one
 * @throws {Error} where a translated string is not a literal: nobody could find it
 */
export function messages() {
  const found = new Map();
  for (const path of sources()) {
    const file = ts.createSourceFile(
      path,
      readFileSync(path, 'utf8'),
      ts.ScriptTarget.Latest,
      true
    );
    const visit = node => {
      if (
        ts.isCallExpression(node) &&
        ts.isPropertyAccessExpression(node.expression) &&
        ['__', '_n', '_p'].includes(node.expression.name.text)
      ) {
        read(node, path, file);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;

  function read(node, path, file) {
    const name = node.expression.name.text;
    const [first, second] = node.arguments.map(literal);
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    const place = `${path.slice(root.length + 1)}:${line + 1}`;
    // Where a translator hands on to another one, what it hands on is no literal.
    const handsOn = node.arguments[0] && ts.isIdentifier(node.arguments[0]);
    if (first === null && handsOn) {
      return;
    }
    if (first === null || (name !== '__' && second === null)) {
      throw new Error(`${place}: a translated string must be a literal.`);
    }
    const key = name === '_p' ? `${first}\u0004${second}` : first;
    const known = found.get(key) ?? { plural: null, places: [] };
    known.plural ??= name === '_n' ? second : null;
    known.places.push(place);
    found.set(key, known);
  }
}

/** @returns {Record<string, string[]>} the Polish catalogue */
export function polish() {
  return JSON.parse(readFileSync(POLISH, 'utf8'));
}

const places = text => [...new Set(text.match(/%\d+/g) ?? [])].sort();

/**
 * What is wrong with the Polish catalogue, a line each.
 *
 * @returns {string[]}
 */
export function complaints() {
  const wanted = messages();
  const have = polish();
  const lines = [];
  for (const [key, { plural, places: where }] of wanted) {
    const forms = have[key];
    const text = key.replace('\u0004', ' | ');
    if (!forms) {
      lines.push(`missing: ${JSON.stringify(text)} (${where[0]})`);
    } else if (forms.length !== (plural === null ? 1 : 3)) {
      lines.push(`forms: ${JSON.stringify(text)} has ${forms.length}`);
    } else {
      const needed = places(
        key.slice(key.indexOf('\u0004') + 1) + (plural ?? '')
      );
      for (const form of forms) {
        const got = places(form);
        if (plural === null && got.join() !== needed.join()) {
          lines.push(
            `places: ${JSON.stringify(form)} wants ${needed.join(' ')}`
          );
        } else if (got.some(place => !needed.includes(place))) {
          lines.push(
            `places: ${JSON.stringify(form)} has others than ${needed.join(' ')}`
          );
        }
      }
    }
  }
  for (const key of Object.keys(have)) {
    if (!wanted.has(key)) {
      lines.push(`unused: ${JSON.stringify(key)}`);
    }
  }
  return lines;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--list')) {
    for (const [key, { plural }] of messages()) {
      console.log(JSON.stringify(plural === null ? [key] : [key, plural]));
    }
  } else {
    const lines = complaints();
    console.log(lines.join('\n') || 'Every word has its Polish.');
    process.exitCode = lines.length > 0 ? 1 : 0;
  }
}
