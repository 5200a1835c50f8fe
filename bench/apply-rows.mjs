/**
 * How many ended task rows a second the model takes in: decoded columns in, tables and counters out.
 *
 *     npm run build:lib && node --expose-gc bench/apply-rows.mjs [rows] [rounds]
 *
 * Prints one JSON line: the median over the rounds, rows a second (also by CPU time, which other
 * programs on the machine disturb less), and bytes a task. The rows look like those of a shuffle job (what a
 * real one fills in), arrive in batches as frames hold them, and belong to 20 stages of 4 jobs.
 */
import { lib } from './built.mjs';

const { Column, COLUMN_COUNT, Kind, Flag, Reason } = await import(
  `${lib}/events/index.js`
);
const { Session } = await import(`${lib}/model/index.js`);

const rowCount = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 7);
const stageCount = 20;
const jobCount = 4;
const batchRows = 20_000;

/** Numbers that are the same in every run. */
let seed = 1;
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};

const perStage = Math.ceil(rowCount / stageCount);
const start = 1_795_000_000_000;

function stageInfo(id) {
  return {
    'Stage ID': id,
    'Stage Attempt ID': 0,
    'Stage Name': `stage ${id}`,
    'Number of Tasks': perStage,
    'RDD Info': [],
    'Parent IDs': [],
    Details: ''
  };
}

function opening() {
  const events = [
    {
      Event: 'SparkglassStrings',
      Base: 0,
      Values: ['1', '2', '3', '4', 'host-a', 'host-b']
    }
  ];
  for (let executor = 1; executor <= 4; executor++) {
    events.push({
      Event: 'SparkListenerExecutorAdded',
      Timestamp: start,
      'Executor ID': String(executor),
      'Executor Info': { Host: 'host-a', 'Total Cores': 8 }
    });
  }
  for (let job = 0; job < jobCount; job++) {
    const ids = Array.from(
      { length: stageCount / jobCount },
      (_, i) => job * (stageCount / jobCount) + i
    );
    events.push({
      Event: 'SparkListenerJobStart',
      'Job ID': job,
      'Submission Time': start,
      'Stage Infos': ids.map(stageInfo),
      'Stage IDs': ids,
      Properties: {}
    });
    for (const id of ids) {
      events.push({
        Event: 'SparkListenerStageSubmitted',
        'Stage Info': { ...stageInfo(id), 'Submission Time': start }
      });
    }
  }
  return { application: 1, backfill: false, events, rows: null };
}

function batchOf(first, length) {
  const columns = new Array(COLUMN_COUNT).fill(null);
  const fill = (column, value) => {
    const values = (columns[column] = new Float64Array(length));
    for (let row = 0; row < length; row++) {
      values[row] = value(first + row);
    }
  };
  fill(Column.kind, () => Kind.ended);
  fill(Column.taskId, task => task);
  fill(Column.stageId, task => Math.floor(task / perStage));
  fill(Column.index, task => task % perStage);
  fill(Column.partitionId, task => task % perStage);
  fill(Column.launchTime, task => start + Math.floor(task / 8));
  fill(Column.executor, task => task % 4);
  fill(Column.host, task => 4 + (task % 2));
  fill(Column.flags, () => Flag.metrics);
  fill(Column.reason, () => Reason.success);
  fill(Column.durationMs, () => 20 + Math.floor(random() * 400));
  for (const column of [
    Column.executorDeserializeTimeMs,
    Column.executorRunTimeMs,
    Column.jvmGcTimeMs,
    Column.shuffleFetchWaitTimeMs,
    Column.shuffleLocalBlocksFetched
  ]) {
    fill(column, () => Math.floor(random() * 300));
  }
  for (const column of [
    Column.executorDeserializeCpuTimeNs,
    Column.executorCpuTimeNs,
    Column.shuffleWriteTimeNs,
    Column.resultSizeBytes,
    Column.peakExecutionMemoryBytes,
    Column.inputBytesRead,
    Column.inputRecordsRead,
    Column.shuffleLocalBytesRead,
    Column.shuffleRecordsRead,
    Column.shuffleBytesWritten,
    Column.shuffleRecordsWritten
  ]) {
    fill(column, () => Math.floor(random() * 4_000_000));
  }
  // A few long tasks, so that one column needs its full width.
  columns[Column.executorCpuTimeNs][0] = 9e10;
  return {
    application: 1,
    backfill: false,
    events: [],
    rows: { length, columns }
  };
}

const batches = [];
for (let first = 0; first < rowCount; first += batchRows) {
  batches.push(batchOf(first, Math.min(batchRows, rowCount - first)));
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const seconds = [];
const cpuSeconds = [];
let bytes = 0;
for (let round = 0; round < rounds + 1; round++) {
  globalThis.gc?.();
  const session = new Session();
  session.apply(opening());
  const before = process.hrtime.bigint();
  const cpuBefore = process.cpuUsage();
  for (const batch of batches) {
    session.apply(batch);
  }
  const took = Number(process.hrtime.bigint() - before) / 1e9;
  const cpu = process.cpuUsage(cpuBefore);
  const app = session.latest;
  const done = [...app.jobs.values()].reduce(
    (sum, job) => sum + job.numCompletedIndices,
    0
  );
  if (app.tasks.length !== rowCount || done !== rowCount) {
    throw new Error(
      `${app.tasks.length} rows and ${done} completed tasks instead of ${rowCount}`
    );
  }
  // The first round warms up.
  if (round > 0) {
    seconds.push(took);
    cpuSeconds.push((cpu.user + cpu.system) / 1e6);
  }
  bytes =
    app.tasks.byteLength +
    app.stageList.reduce(
      (sum, stage) => sum + stage.rows.view().buffer.byteLength,
      0
    );
}

process.stdout.write(
  `${JSON.stringify({
    bench: 'apply-rows',
    node: process.version,
    rows: rowCount,
    rounds,
    rowsPerSecond: Math.round(rowCount / median(seconds)),
    rowsPerCpuSecond: Math.round(rowCount / median(cpuSeconds)),
    slowestRowsPerSecond: Math.round(rowCount / Math.max(...seconds)),
    bytesPerTask: Math.round((bytes / rowCount) * 10) / 10
  })}\n`
);
