/**
 * Opens an event log of a million tasks: bytes that the model holds a task, and the most memory that the program had meanwhile.
 *
 *     npm run build:lib && node --expose-gc bench/open-log.mjs [tasks]
 *
 * The log is the first stage of one that Spark wrote, with its first task's lines again and again under other ids. It is never whole
 * anywhere: the ranges that the reader asks for are made then, 3.6 GB in all. Prints one JSON line.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { lib } from './built.mjs';

const { logOfFile, readLog } = await import(`${lib}/sources/eventlog/index.js`);
const { Session } = await import(`${lib}/model/index.js`);

const tasks = Number(process.argv[2] ?? 1_000_000);
/** Ids begin here, so that all have as many digits and any range can be made on its own. */
const FIRST = 1_000_000;

const lines = gunzipSync(
  readFileSync(
    new URL('../src/model/fixtures/steady-4.3.jsonl.gz', import.meta.url)
  )
)
  .toString()
  .split('\n');
const isTask = line => /^\{"Event":"SparkListenerTask(Start|End)"/.test(line);
const firstTask = lines.findIndex(isTask);
const opening = lines
  .slice(0, firstTask)
  .map(line =>
    line.replace(/"Number of Tasks":\d+/g, `"Number of Tasks":${tasks}`)
  );
const withIds = line =>
  line
    .replace(/"Task ID":\d+/, `"Task ID":${FIRST}`)
    .replace(/"Index":\d+/, `"Index":${FIRST}`)
    .replace(/"Partition ID":\d+/, `"Partition ID":${FIRST}`);
const pair = ['Start', 'End']
  .map(kind =>
    withIds(
      lines.find(line => line.startsWith(`{"Event":"SparkListenerTask${kind}"`))
    )
  )
  .join('\n')
  .concat('\n');

const encoder = new TextEncoder();
const head = encoder.encode(`${opening.join('\n')}\n`);
const body = encoder.encode(pair);
/** Where the digits of an id are within the pair. */
const places = [...pair.matchAll(/"(?:Task ID|Index|Partition ID)":(\d{7})/g)]
  .map(match => match.index + match[0].length - 7)
  .filter(place => pair.slice(place, place + 7) === String(FIRST));
if (body.length !== pair.length) {
  throw new Error('the lines are not ASCII');
}

const size = head.length + tasks * body.length;
const file = {
  name: 'local-1764000000000',
  size: async () => size,
  async read(from, to) {
    const end = Math.min(to, size);
    const bytes = new Uint8Array(Math.max(0, end - from));
    if (from < head.length) {
      bytes.set(head.subarray(from, Math.min(end, head.length)));
    }
    const first = Math.max(0, Math.floor((from - head.length) / body.length));
    for (let task = first; task < tasks; task++) {
      const at = head.length + task * body.length - from;
      if (at >= bytes.length) {
        break;
      }
      const own = body.slice();
      const id = encoder.encode(String(FIRST + task));
      for (const place of places) {
        own.set(id, place);
      }
      const skip = Math.max(0, -at);
      bytes.set(own.subarray(skip, bytes.length - at), at + skip);
    }
    return bytes;
  }
};

const used = () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const session = new Session();
const before = used();
let most = 0;
const began = process.hrtime.bigint();
await readLog(
  logOfFile(file),
  {
    apply: batch => session.apply(batch),
    problem: (code, detail) => {
      throw new Error(`${code}: ${detail}`);
    }
  },
  {
    sliceMs: Infinity,
    onProgress: () => {
      most = Math.max(most, process.memoryUsage.rss());
    }
  }
);
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
const held = used() - before;
const table = session.latest.tasks;
if (table.length !== tasks) {
  throw new Error(`${table.length} tasks instead of ${tasks}`);
}

process.stdout.write(
  `${JSON.stringify({
    bench: 'open-log',
    node: process.version,
    tasks,
    logBytes: size,
    seconds: Math.round(seconds * 100) / 100,
    bytesPerTask: Math.round((held / tasks) * 10) / 10,
    columnBytesPerTask: Math.round((table.byteLength / tasks) * 10) / 10,
    mostResidentBytes: most
  })}\n`
);
