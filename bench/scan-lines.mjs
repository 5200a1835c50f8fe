/**
 * How much faster the byte scanner reads task lines than `JSON.parse`.
 *
 *     npm run build:lib && node bench/scan-lines.mjs [lines] [rounds]
 *
 * Both begin with the same bytes of an event log that Spark wrote (the ends of its tasks, again and again, with numbers that differ).
 * Prints one JSON line: `ratio` is the median, over the rounds, of the CPU time (which other programs on the machine disturb less) of
 * `JSON.parse` of whole lines (decoded, as it takes no bytes, and nothing done with the result) by that of the scanner with its rows;
 * `ratioRows` the same for the slow path with its rows. The ways take turns, and every second round goes the other way round. Garbage
 * is not collected by force between them: that throws away compiled code.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { lib } from './built.mjs';

const { RowBuilder, parseEvent } = await import(`${lib}/events/index.js`);
const { TaskScanner } = await import(`${lib}/sources/eventlog/scanner.js`);

const lineCount = Number(process.argv[2] ?? 20_000);
const rounds = Number(process.argv[3] ?? 9);
const batchRows = 4096;

const log = gunzipSync(
  readFileSync(
    new URL('../src/model/fixtures/steady-4.3.jsonl.gz', import.meta.url)
  )
).toString();
const ends = log
  .split('\n')
  .filter(line => line.includes('TaskEnd') && line.includes('"Success"'));

const text = [];
for (let i = 0; i < lineCount; i++) {
  text.push(
    ends[i % ends.length]
      .replace(/"Task ID":\d+/, `"Task ID":${i}`)
      .replace(/"Index":\d+/, `"Index":${i % 5000}`)
  );
}
const bytes = new TextEncoder().encode(`${text.join('\n')}\n`);
const decoder = new TextDecoder();

/** Each line's bounds to `use`. */
function eachLine(use) {
  for (let from = 0; from < bytes.length;) {
    const to = bytes.indexOf(10, from);
    use(from, to);
    from = to + 1;
  }
}

/** Rows of all lines, in batches. */
function rowsBy(push, use) {
  const builder = new RowBuilder();
  eachLine((from, to) => {
    push(builder, from, to);
    if (builder.pending >= batchRows) {
      use(builder.take().rows);
    }
  });
  use(builder.take().rows);
}

const scanner = new TaskScanner();
const ways = {
  parse: () =>
    eachLine((from, to) => {
      JSON.parse(decoder.decode(bytes.subarray(from, to)));
    }),
  slow: use =>
    rowsBy((builder, from, to) => {
      builder.push(parseEvent(decoder.decode(bytes.subarray(from, to))));
    }, use),
  scan: use =>
    rowsBy((builder, from, to) => {
      if (!scanner.scan(bytes, from, to)) {
        throw new Error('a line was left to JSON.parse');
      }
      builder.pushRow(
        scanner.values,
        scanner.executor,
        scanner.host,
        scanner.sql
      );
    }, use)
};

/** A number for all rows together, but for their places among the events: peaks are events of the slow way only. */
function sumOf(way) {
  let sum = 0;
  way(rows => {
    for (const column of rows?.columns.slice(1) ?? []) {
      sum += column?.reduce((all, value) => all + value, 0) ?? 0;
    }
  });
  return sum;
}

if (sumOf(ways.slow) !== sumOf(ways.scan)) {
  throw new Error('the rows differ');
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const seconds = { parse: [], slow: [], scan: [] };
for (let round = 0; round < rounds + 1; round++) {
  const names = Object.keys(ways);
  for (const name of round % 2 === 0 ? names : names.reverse()) {
    const before = process.cpuUsage();
    ways[name](() => undefined);
    const { user, system } = process.cpuUsage(before);
    // The first round warms up.
    if (round > 0) {
      seconds[name].push((user + system) / 1e6);
    }
  }
}

const ratioTo = name =>
  Math.round(
    median(seconds[name].map((took, i) => took / seconds.scan[i])) * 100
  ) / 100;
const perSecond = name => Math.round(lineCount / median(seconds[name]));

process.stdout.write(
  `${JSON.stringify({
    bench: 'scan-lines',
    node: process.version,
    lines: lineCount,
    bytesPerLine: Math.round(bytes.length / lineCount),
    rounds,
    parseLinesPerSecond: perSecond('parse'),
    slowLinesPerSecond: perSecond('slow'),
    scanLinesPerSecond: perSecond('scan'),
    scanMBPerSecond: Math.round(bytes.length / median(seconds.scan) / 1e6),
    ratio: ratioTo('parse'),
    ratioRows: ratioTo('slow')
  })}\n`
);
