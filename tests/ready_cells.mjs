// node tests/ready_cells.mjs: the code of every ready-made cell on stdout, by language and kind; `preview:NAME` for each name given;
// and `times`, the cell that samples event times of the first of them by its column `timestamp`.
import { createRequire } from 'node:module';
import '../bench/built.mjs';

const { CELL_CODE, previewCode } = await import('../lib/lab/cell-code.js');
const { LEARNING_CODE } = await import('../lib/lab/learning-code.js');
const { eventTimesCode } =
  await import('../lib/views/streams/event-times-code.js');
const { fill, plainWords } = await import('../lib/draw/words.js');

const polish = createRequire(import.meta.url)('../src/lab/polish.json');
const polishWords = {
  __: (msgid, ...args) => fill(polish[msgid]?.[0] ?? msgid, args)
};

const codeIn = words => ({
  ...Object.fromEntries(
    Object.entries({ ...CELL_CODE, ...LEARNING_CODE }).map(([kind, code]) => [
      kind,
      code(words)
    ])
  ),
  times: eventTimesCode('timestamp', process.argv.slice(2, 3), words),
  ...Object.fromEntries(
    process.argv
      .slice(2)
      .map(name => [`preview:${name}`, previewCode(name, words)])
  )
});
process.stdout.write(
  JSON.stringify({ en: codeIn(plainWords), pl: codeIn(polishWords) })
);
