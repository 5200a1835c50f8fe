// node tests/word_streams.mjs: frames on stdin (a JSON list of base64 texts), on stdout the streaming queries that the model knows of them,
// each batch with all its columns (null = NaN), and what is advised.
import { readFileSync } from 'node:fs';
import '../bench/built.mjs';

const { decodeFrame } = await import('../lib/events/index.js');
const { BATCH_COLUMNS, Session } = await import('../lib/model/index.js');
const { adviceOf } = await import('../lib/analysis/advice/index.js');
const { applicationScope } = await import('../lib/analysis/scope.js');

const session = new Session();
for (const frame of JSON.parse(readFileSync(0, 'utf8'))) {
  session.apply(await decodeFrame(Buffer.from(frame, 'base64')));
}
const application = session.latest;
const { advice } = adviceOf(applicationScope(application));
const queries = [...application.streams.values()].map(query => {
  const { id, runId, name, status, batches, sources } = query;
  const rows = Array.from({ length: batches.length }, (_, row) =>
    Object.fromEntries(BATCH_COLUMNS.map(name => [name, batches.at(row, name)]))
  );
  const advised = advice
    .filter(({ about }) => about.query?.runId === runId)
    .map(({ rule }) => rule);
  return { id, runId, name, status, batches: rows, sources, advised };
});
process.stdout.write(JSON.stringify(queries));
