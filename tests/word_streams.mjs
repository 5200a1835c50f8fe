// node tests/word_streams.mjs: frames on stdin (a JSON list of base64 texts), the streaming queries that the model knows of them on stdout.
import { readFileSync } from 'node:fs';
import '../bench/built.mjs';

const { decodeFrame } = await import('../lib/events/index.js');
const { Session } = await import('../lib/model/index.js');

const session = new Session();
for (const frame of JSON.parse(readFileSync(0, 'utf8'))) {
  session.apply(await decodeFrame(Buffer.from(frame, 'base64')));
}
const queries = [...session.latest.streams.values()].map(query => {
  const { id, runId, name, status, batches, sources } = query;
  const rows = Array.from(batches.column('batchId'), (batchId, row) => ({
    batchId,
    inputRows: batches.at(row, 'inputRows'),
    backlogRows: batches.at(row, 'backlogRows')
  }));
  return { id, runId, name, status, batches: rows, sources };
});
process.stdout.write(JSON.stringify(queries));
