/**
 * How many task rows a second the page reads out of the kernel's frames (docs/protocol.md, section 2): bytes in, columns out.
 *
 *     npm run build:lib && node bench/decode-frames.mjs [frames] [rounds]
 *
 * Prints one JSON line: rows a second and bytes a row for frames of 2,000 ended tasks each (a busy driver's tenth of a second), medians over
 * the rounds. The rows hold what small tasks of a JVM report.
 */
import { lib } from './built.mjs';

const { Column, COLUMN_COUNT, Kind, Flag, Reason, decodeFrame, encodeFrame } =
  await import(`${lib}/events/index.js`);

const frameCount = Number(process.argv[2] ?? 50);
const rounds = Number(process.argv[3] ?? 7);
const rowsPerFrame = 2000;
const start = 1_795_000_000_000;

/** Numbers that are the same in every run. */
let seed = 1;
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};

function rowsOf(first) {
  const columns = new Array(COLUMN_COUNT).fill(null);
  const fill = (column, value) => {
    columns[column] = Float64Array.from({ length: rowsPerFrame }, (_, i) =>
      value(first + i)
    );
  };
  fill(Column.kind, () => Kind.ended);
  fill(Column.taskId, task => task);
  fill(Column.index, task => task);
  fill(Column.partitionId, task => task);
  fill(Column.launchTime, task => start + Math.floor(task / 4));
  fill(Column.flags, () => Flag.metrics);
  fill(Column.reason, () => Reason.success ?? 1);
  fill(Column.durationMs, () => 1 + Math.floor(random() * 3));
  fill(Column.executorRunTimeMs, () => Math.floor(random() * 2));
  fill(Column.executorCpuTimeNs, () => 200_000 + Math.floor(random() * 90_000));
  fill(Column.executorDeserializeCpuTimeNs, () =>
    Math.floor(100_000 + random() * 40_000)
  );
  fill(Column.resultSizeBytes, () => 924);
  return { length: rowsPerFrame, columns };
}

const frames = [];
for (let i = 0; i < frameCount; i++) {
  const rows = rowsOf(i * rowsPerFrame);
  frames.push(
    await encodeFrame({ application: 1, backfill: false, events: [], rows })
  );
}

const seconds = [];
for (let round = 0; round <= rounds; round++) {
  const before = process.hrtime.bigint();
  let read = 0;
  for (const frame of frames) {
    read += (await decodeFrame(frame)).rows.length;
  }
  const took = Number(process.hrtime.bigint() - before) / 1e9;
  if (read !== frameCount * rowsPerFrame) {
    throw new Error(`${read} rows were read`);
  }
  // The first round warms up.
  if (round > 0) {
    seconds.push(took);
  }
}

seconds.sort((a, b) => a - b);
const median = seconds[seconds.length >> 1];
const rowCount = frameCount * rowsPerFrame;
process.stdout.write(
  `${JSON.stringify({
    bench: 'decode-frames',
    node: process.version,
    rows: rowCount,
    rounds,
    rowsPerSecond: Math.round(rowCount / median),
    bytesPerRow:
      Math.round(
        (frames.reduce((sum, frame) => sum + frame.length, 0) / rowCount) * 10
      ) / 10
  })}\n`
);
