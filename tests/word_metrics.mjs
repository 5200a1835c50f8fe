// node tests/word_metrics.mjs: frames on stdin (a JSON list of base64 texts), what the model words of SQL metrics on stdout, by execution and accumulator.
import { readFileSync } from 'node:fs';
import '../bench/built.mjs';

const { decodeFrame } = await import('../lib/events/index.js');
const { Session } = await import('../lib/model/index.js');
const { wordMetric } = await import('../lib/analysis/metric-words.js');

const session = new Session();
for (const frame of JSON.parse(readFileSync(0, 'utf8'))) {
  session.apply(await decodeFrame(Buffer.from(frame, 'base64')));
}
const app = session.latest;
const words = {};
for (const execution of app.sql.values()) {
  words[execution.id] = {};
  for (const [id, summary] of app.sqlMetrics.metricsOf(execution)) {
    words[execution.id][id] = wordMetric(summary);
  }
}
process.stdout.write(JSON.stringify(words));
