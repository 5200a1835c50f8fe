/**
 * What a timeline costs: giving tasks their lanes, taking in a batch, and the columns of pixels of one frame.
 *
 *     npm run build:lib && node --expose-gc bench/timeline-columns.mjs [tasks] [rounds]
 *
 * Prints one JSON line, CPU times in milliseconds: `lanes` from nothing; `update` with 2,000 new tasks; then a frame (aggregate and paint
 * 1,600 columns × 64 lanes), every column anew with everything, a tenth and a hundredth of the time in view, and panning with a half and a
 * tenth in view. Medians and the 95th centile.
 * Cores work one task after the other, and a task's end reaches the driver a little after its core went on, as on a real driver.
 */
import { lib } from './built.mjs';

const { Column, COLUMN_COUNT, Kind, Flag, Reason } = await import(
  `${lib}/events/index.js`
);
const { Session } = await import(`${lib}/model/index.js`);
const { TimelineLanes } = await import(`${lib}/analysis/timeline-lanes.js`);
const { aggregateColumns, paintColumns, timelineColumns } = await import(
  `${lib}/analysis/timeline-columns.js`
);
const { ColumnWindow } = await import(`${lib}/analysis/column-window.js`);

const taskCount = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 15);
const executorCount = 16;
const coresEach = 4;
const width = 1600;
const start = 1_795_000_000_000;
const batchRows = 2000;

/** Numbers that are the same in every run. */
let seed = 1;
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};

/** Tasks as a scheduler would start them: each on the core that is free first. */
function schedule() {
  const free = new Float64Array(executorCount * coresEach).fill(start);
  const launch = new Float64Array(taskCount);
  const duration = new Float64Array(taskCount);
  const executor = new Uint8Array(taskCount);
  for (let task = 0; task < taskCount; task++) {
    let core = 0;
    for (let c = 1; c < free.length; c++) {
      if (free[c] < free[core]) {
        core = c;
      }
    }
    const busy = Math.round(5 + 60 * random() ** 3);
    launch[task] = free[core];
    duration[task] = busy + Math.floor(random() * 12);
    executor[task] = core % executorCount;
    free[core] += busy + (random() < 0.02 ? Math.floor(random() * 200) : 0);
  }
  return { launch, duration, executor };
}

const tasks = schedule();

function opening() {
  const names = Array.from({ length: executorCount }, (_, id) =>
    String(id + 1)
  );
  const events = [
    { Event: 'SparkglassStrings', Base: 0, Values: [...names, 'host'] },
    ...names.map(id => ({
      Event: 'SparkListenerExecutorAdded',
      Timestamp: start,
      'Executor ID': id,
      'Executor Info': { Host: 'host', 'Total Cores': coresEach }
    }))
  ];
  return { application: 1, backfill: false, events, rows: null };
}

function batchOf(first, length) {
  const columns = new Array(COLUMN_COUNT).fill(null);
  const fill = (column, value) => {
    columns[column] = Float64Array.from({ length }, (_, row) =>
      value(first + row)
    );
  };
  fill(Column.kind, () => Kind.ended);
  fill(Column.taskId, task => task);
  fill(Column.stageId, task => Math.floor(task / 50_000));
  fill(Column.index, task => task % 50_000);
  fill(Column.launchTime, task => tasks.launch[task]);
  fill(Column.executor, task => tasks.executor[task]);
  fill(Column.host, () => executorCount);
  fill(Column.flags, () => Flag.metrics);
  fill(Column.reason, task =>
    task % 997 ? Reason.success : Reason.exceptionFailure
  );
  fill(Column.durationMs, task => tasks.duration[task]);
  fill(Column.executorDeserializeTimeMs, () => 1);
  fill(Column.executorRunTimeMs, task => Math.max(1, tasks.duration[task] - 8));
  fill(Column.jvmGcTimeMs, task => (task % 20 ? 0 : 3));
  fill(Column.shuffleWriteTimeNs, () => 1.5e6);
  return {
    application: 1,
    backfill: false,
    events: [],
    rows: { length, columns }
  };
}

function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share =>
    Math.round(
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] *
        100
    ) / 100;
  return { p50: at(0.5), p95: at(0.95) };
}

/** CPU time: wall time on a busy machine says more about its other users. */
function time(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const session = new Session();
session.apply(opening());
for (let first = 0; first < taskCount - batchRows; first += batchRows) {
  session.apply(
    batchOf(first, Math.min(batchRows, taskCount - batchRows - first))
  );
}
const scope = { application: session.latest, stages: null };

const build = [];
let lanes = null;
for (let round = 0; round < Math.min(rounds, 5) + 1; round++) {
  globalThis.gc?.();
  const took = time(() => {
    lanes = new TimelineLanes(scope);
    lanes.update();
  });
  if (round > 0) {
    build.push(took);
  }
}
session.apply(batchOf(taskCount - batchRows, batchRows));
const update = time(() => lanes.update());
if (
  lanes.count !== taskCount ||
  lanes.lanes.length !== executorCount * coresEach
) {
  throw new Error(`${lanes.count} tasks in ${lanes.lanes.length} lanes`);
}

const paint = {
  phases: [1, 2, 3, 4, 5, 6, 7],
  failed: 8,
  killed: 9,
  leastAlpha: 0.3
};
const columns = timelineColumns(width, lanes.lanes.length);
const pixels = new Uint32Array(width * lanes.lanes.length);
const window = new ColumnWindow();

/** Zooming computes every column anew; panning only those that come into view. */
function frames(share, pans) {
  const span = (lanes.to - lanes.from) * share;
  const room = lanes.to - lanes.from - span;
  const took = [];
  const shown = lanes.lanes;
  let busy = 0;
  for (let frame = 0; frame < rounds * 8; frame++) {
    // A pan moves by 24 pixels a frame, a hand's speed.
    const from =
      lanes.from +
      (pans
        ? (span / width) * 24 * frame
        : (room * frame) / (rounds * 8) + frame * 0.37);
    const to = from + span;
    took.push(
      time(() => {
        if (pans) {
          paintColumns(
            window.show({
              lanes: shown,
              from,
              to,
              width,
              now: lanes.to,
              revision: '1'
            }),
            paint,
            pixels
          );
        } else {
          aggregateColumns(shown, from, to, lanes.to, columns);
          paintColumns(columns, paint, pixels);
        }
      })
    );
    busy += pixels[width >> 1] > 0 ? 1 : 0;
  }
  if (busy === 0) {
    throw new Error('nothing was drawn');
  }
  return summary(took.slice(rounds));
}

process.stdout.write(
  `${JSON.stringify({
    bench: 'timeline-columns',
    node: process.version,
    tasks: taskCount,
    lanes: lanes.lanes.length,
    width,
    lanesMs: summary(build).p50,
    updateMs: Math.round(update * 100) / 100,
    zoomAllMs: frames(1, false),
    zoomTenthMs: frames(0.1, false),
    zoomHundredthMs: frames(0.01, false),
    panHalfMs: frames(0.5, true),
    panTenthMs: frames(0.1, true)
  })}\n`
);
