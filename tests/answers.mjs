// node tests/answers.mjs DIR: paths on stdin (a JSON list); on stdout, as JSON, what `sparkglass-api --logs DIR` answers to each.
// One process for all: the command reads its logs anew each time, which for hundreds of paths takes minutes.
import { readFileSync } from 'node:fs';
import '../bench/built.mjs';

const { answer } = await import('../lib/api/index.js');
const { readLogs } = await import('../lib/api/logs.js');

const logs = await readLogs(process.argv[2]);
const answers = JSON.parse(readFileSync(0, 'utf8')).map(path => {
  const answered = answer(logs, path, Date.now());
  return 'message' in answered
    ? answered
    : { status: 200, body: JSON.parse(answered.text) };
});
process.stdout.write(JSON.stringify(answers));
