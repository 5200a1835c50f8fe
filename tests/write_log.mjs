// node tests/write_log.mjs: frames on stdin (a JSON list of base64 texts), the event log that is recorded of them on stdout.
import { readFileSync } from 'node:fs';
import { register } from 'node:module';

// `lib/` holds ES modules as a bundler wants them: no file endings in imports.
register(
  `data:text/javascript,${encodeURIComponent(`
    export const resolve = async (name, context, next) => {
      try { return await next(name, context); }
      catch { try { return await next(name + '.js', context); } catch { return next(name + '/index.js', context); } }
    };
    export const load = (url, context, next) =>
      next(url, url.includes('/lib/') ? { ...context, format: 'module' } : context);
  `)}`
);
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
