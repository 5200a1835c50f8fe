// Every word that a user sees, and what the Polish catalogues must hold.
const { readFileSync, readdirSync } = require('node:fs');
const { join, relative, sep } = require('node:path');
const ts = require('typescript');

const root = join(__dirname, '..', '..');
const read = path => readFileSync(join(root, ...path.split('/')), 'utf8');

/** Stands between a context and its message. */
const CONTEXT = '\u0004';

/**
 * @typedef {object} IMessage
 * @property {string | null} plural the English plural; null where there is none
 * @property {string[]} places `file:line`
 */

/** The source files whose words are shown, specs left out. */
function sources(folder = join(root, 'src')) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    return entry.isDirectory()
      ? sources(path)
      : /(?<!\.spec)\.tsx?$/.test(entry.name)
        ? [path]
        : [];
  });
}

function literal(node) {
  return node && ts.isStringLiteralLike(node) ? node.text : null;
}

/**
 * The messages of a source text, added to those that were found before.
 *
 * @param {string} place how the text is called in places
 * @param {string} text
 * @param {Map<string, IMessage>} found by message id, with the context before it where there is one
 * @throws {Error} where a translated string is not a literal: nobody could find it
 */
function readMessages(place, text, found) {
  const file = ts.createSourceFile(place, text, ts.ScriptTarget.Latest, true);
  const add = (node, name) => {
    const [first, second] = node.arguments.map(literal);
    // Where a translator hands on to another one, what it hands on is no literal.
    if (
      first === null &&
      node.arguments[0] &&
      ts.isIdentifier(node.arguments[0])
    ) {
      return;
    }
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    const at = `${place}:${line + 1}`;
    if (first === null || (name !== '__' && second === null)) {
      throw new Error(`${at}: a translated string must be a literal.`);
    }
    const key = name === '_p' ? `${first}${CONTEXT}${second}` : first;
    const known = found.get(key) ?? { plural: null, places: [] };
    known.plural ??= name === '_n' ? second : null;
    known.places.push(at);
    found.set(key, known);
  };
  const visit = node => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      ['__', '_n', '_p'].includes(node.expression.name.text)
    ) {
      add(node, node.expression.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}

/** Every message of the program's code. */
function messages() {
  const found = new Map();
  for (const path of sources()) {
    const place = relative(root, path).split(sep).join('/');
    readMessages(place, readFileSync(path, 'utf8'), found);
  }
  return found;
}

/** Where a schema has words, by the name of the property: JupyterLab's contexts (`translation_utils.py`). */
const IN_SCHEMAS = {
  title: 'settings',
  description: 'settings',
  label: 'menu',
  'jupyter.lab.setting-icon-label': 'settings'
};

/** Every word of a schema: the context JupyterLab gives it, and the word. */
function schemaWords(value, depth = 0) {
  return Object.entries(value).flatMap(([key, part]) =>
    typeof part === 'string'
      ? key in IN_SCHEMAS
        ? [
            [
              depth === 0 && /^(title|description)$/.test(key)
                ? 'schema'
                : IN_SCHEMAS[key],
              part
            ]
          ]
        : []
      : typeof part === 'object' && part !== null
        ? schemaWords(part, depth + 1)
        : []
  );
}

/** Every word of the settings and menus in `schema/`. */
function settingsWords() {
  return readdirSync(join(root, 'schema'))
    .filter(name => name.endsWith('.json'))
    .flatMap(name => schemaWords(JSON.parse(read(`schema/${name}`))));
}

/** The Polish catalogue: message id to its forms. */
const polish = () => JSON.parse(read('src/lab/polish.json'));

/** The Polish words of `schema/`. */
const polishSettings = () => JSON.parse(read('src/lab/polish-settings.json'));

const gaps = text => [...new Set(text.match(/%\d+/g) ?? [])].sort();
const quoted = key => JSON.stringify(key.replace(CONTEXT, ' | '));

/**
 * What is wrong with a catalogue, a line each.
 *
 * @param {Map<string, IMessage>} wanted
 * @param {Record<string, string[]>} have
 */
function complaints(wanted = messages(), have = polish()) {
  const lines = [];
  for (const [key, { plural, places }] of wanted) {
    const forms = have[key];
    if (!forms) {
      lines.push(`missing: ${quoted(key)} (${places[0]})`);
      continue;
    }
    if (forms.length !== (plural === null ? 1 : 3)) {
      lines.push(`forms: ${quoted(key)} has ${forms.length}`);
    }
    const message = key.slice(key.indexOf(CONTEXT) + 1);
    const needed = gaps(message + (plural ?? ''));
    for (const form of forms) {
      // A plural form may leave its number out: "both stages".
      const lacks = needed.filter(
        gap => plural === null && !gaps(form).includes(gap)
      );
      const extra = gaps(form).filter(gap => !needed.includes(gap));
      if (form.trim() === '' || lacks.length > 0 || extra.length > 0) {
        lines.push(`gaps: ${quoted(form)} wants ${needed.join(' ') || 'none'}`);
      }
    }
  }
  for (const key of Object.keys(have)) {
    if (!wanted.has(key)) {
      lines.push(`unused: ${quoted(key)}`);
    }
  }
  return lines;
}

/** What is wrong with the Polish words of `schema/`, a line each. */
function settingsComplaints(
  wanted = settingsWords().map(([, word]) => word),
  have = polishSettings()
) {
  return [
    ...[...new Set(wanted)]
      .filter(word => !have[word])
      .map(word => `missing: ${quoted(word)} (schema)`),
    ...Object.keys(have)
      .filter(word => !wanted.includes(word))
      .map(word => `unused: ${quoted(word)} (schema)`)
  ];
}

/**
 * What JupyterLab's own translator is given (`jupyterlab.locale`): the words it shows before ours are loaded, and those of `schema/`. The rest
 * would make every Polish page heavier for nothing.
 */
function locale() {
  const forms = polish();
  const early = [...messages()].filter(([, { places }]) =>
    places.some(place => /\blateWords\(/.test(read(place.split(':')[0])))
  );
  const settings = polishSettings();
  return {
    '': {
      domain: 'sparkglass',
      // With `pl_PL` JupyterLab loads the words and never uses them.
      language: 'pl-PL',
      plural_forms:
        'nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);',
      version: JSON.parse(read('package.json')).version
    },
    ...Object.fromEntries(early.map(([key]) => [key, forms[key]])),
    ...Object.fromEntries(
      settingsWords().map(([context, word]) => [
        `${context}${CONTEXT}${word}`,
        [settings[word]]
      ])
    )
  };
}

module.exports = {
  complaints,
  locale,
  messages,
  readMessages,
  schemaWords,
  settingsComplaints
};
