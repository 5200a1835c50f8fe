// node tests/write_log.mjs: frames on stdin (a JSON list of base64 texts), the event log that is recorded of them on stdout.
import { readFileSync } from 'node:fs';
import '../bench/built.mjs';

const { decodeFrameWithLines } = await import('../lib/events/index.js');
const { Session } = await import('../lib/model/index.js');
const { LogWriter } = await import('../lib/sources/eventlog/writer/index.js');

const frames = JSON.parse(readFileSync(0, 'utf8'));
const session = new Session();
const batches = [];
for (const frame of frames) {
  const batch = await decodeFrameWithLines(Buffer.from(frame, 'base64'));
  batches.push(batch);
  session.apply(batch);
}
const { ordinal, id, name, sparkVersion, user, startTime } = session.latest;
const writer = new LogWriter({
  ordinal,
  id,
  name,
  sparkVersion,
  user,
  startTime,
  strings: []
});
for (const batch of batches) {
  for (const text of writer.write(batch)) {
    process.stdout.write(text);
  }
}
