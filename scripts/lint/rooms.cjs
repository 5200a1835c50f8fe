// The import table of the rooms (folders of src/) as an ESLint rule.
const { dirname, relative, resolve, sep } = require('node:path');

/** Which room may import which rooms (`only`: from some of its files) and packages; `pure` rooms have no DOM and no timers. */
const rooms = require('./rooms.json');

const source = resolve(__dirname, '..', '..', 'src');
/** Style sheets are no room: who draws into JupyterLab may bring them along. */
const style = resolve(source, '..', 'style');

/** The room a file stands in: `null` for the files directly in src/ and outside it. */
function roomOf(file) {
  const parts = relative(source, file).split(sep);
  return parts.length > 1 && parts[0] !== '..' ? parts[0] : null;
}

function mayUse(packages, name) {
  return packages.some(pattern =>
    pattern.endsWith('*')
      ? name.startsWith(pattern.slice(0, -1))
      : name === pattern || name.startsWith(`${pattern}/`)
  );
}

const importsByTheTable = {
  meta: {
    type: 'problem',
    docs: { description: 'imports follow scripts/lint/rooms.json' },
    schema: [],
    messages: {
      unknown: 'src/{{room}} is not in scripts/lint/rooms.json.',
      room: 'src/{{room}} may not import src/{{other}}.',
      package: 'src/{{room}} may not import the package {{name}}.'
    }
  },
  create(context) {
    const file = context.filename;
    const room = roomOf(file);
    if (room === null) {
      return {};
    }
    const entry = Object.hasOwn(rooms, room) ? rooms[room] : null;

    function check(node) {
      if (!node || typeof node.value !== 'string' || !entry) {
        return;
      }
      const name = node.value;
      if (!name.startsWith('.')) {
        if (!mayUse(entry.packages, name)) {
          context.report({ node, messageId: 'package', data: { room, name } });
        }
        return;
      }
      const target = resolve(dirname(file), name);
      if (room === 'lab' && dirname(target) === style) {
        return;
      }
      const other = roomOf(target) ?? relative(source, target);
      const only = entry.only?.[other];
      const own = relative(resolve(source, room), file).split(sep).join('/');
      if (
        other !== room &&
        (!entry.rooms.includes(other) || (only && !only.includes(own)))
      ) {
        context.report({ node, messageId: 'room', data: { room, other } });
      }
    }

    return {
      Program(node) {
        if (!entry) {
          context.report({ node, messageId: 'unknown', data: { room } });
        }
      },
      ImportDeclaration: node => check(node.source),
      ImportExpression: node => check(node.source),
      ExportAllDeclaration: node => check(node.source),
      ExportNamedDeclaration: node => check(node.source),
      TSImportType: node => check(node.source),
      // new URL('./worker.js', import.meta.url): how a worker is named.
      'NewExpression[callee.name="URL"]': node => {
        const [first, second] = node.arguments;
        if (second?.type === 'MemberExpression') {
          check(first);
        }
      }
    };
  }
};

/** The rule as an ESLint plugin (`rooms/imports`), and its table. */
module.exports = { rules: { imports: importsByTheTable }, rooms };
