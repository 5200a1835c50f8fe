/**
 * How long a page takes to know what the lines of a training curve have cost, and which jobs made the point under the pointer.
 *
 *     npm run build:lib && node --expose-gc bench/curve-costs.mjs [jobs] [lines] [points] [rounds]
 *
 * Prints one JSON line: ms, median and 95 %. `costsMs`: a batch of 10 jobs and 10 points a line comes, and the axes of CPU of all lines follow;
 * `hoverMs`: all that the card of the pointer says of all lines, a served model among them. Half of the jobs are of micro-batches and half are
 * of the steps of a learner.
 */
import { lib } from './built.mjs';
import { figures, timed } from './times.mjs';

const { batchesOfLog } = await import(`${lib}/events/index.js`);
const { Session } = await import(`${lib}/model/index.js`);
const { CurveData } = await import(`${lib}/views/curve/curve-data.js`);
const { FIRST_SETTINGS } = await import(`${lib}/views/curve/settings.js`);

const jobCount = Number(process.argv[2] ?? 10_000);
const lineCount = Number(process.argv[3] ?? 10);
const pointCount = Number(process.argv[4] ?? 10_000);
const rounds = Number(process.argv[5] ?? 60);
const RUN = 'run';
const NOW = 1_700_000_000_000;
const BATCH = 10;
const CPU_NS = 2_000_000;

/** What the page says of numbers and words is not what takes time here. */
const fill = (text, ...values) =>
  text.replace(/%(\d)/g, (_, i) => values[i - 1]);
const trans = {
  __: fill,
  _n: (one, many, n, ...values) => fill(n === 1 ? one : many, n, ...values)
};

let at = NOW;
function job(id, properties) {
  const stage = {
    'Stage ID': id,
    'Stage Attempt ID': 0,
    'Stage Name': 'collect at <stdin>:1',
    'Number of Tasks': 1,
    'RDD Info': [],
    'Parent IDs': [],
    'Submission Time': at
  };
  const info = { ...stage, 'Completion Time': at + 5 };
  const task = {
    'Task ID': id,
    Index: 0,
    Attempt: 0,
    'Launch Time': at,
    'Executor ID': 'driver',
    Host: 'localhost',
    Locality: 'PROCESS_LOCAL'
  };
  at += 10;
  return [
    {
      Event: 'SparkListenerJobStart',
      'Job ID': id,
      'Submission Time': at - 10,
      'Stage Infos': [stage],
      'Stage IDs': [id],
      Properties: properties
    },
    { Event: 'SparkListenerStageSubmitted', 'Stage Info': stage },
    {
      Event: 'SparkListenerTaskEnd',
      'Stage ID': id,
      'Stage Attempt ID': 0,
      'Task Type': 'ResultTask',
      'Task End Reason': { Reason: 'Success' },
      'Task Info': { ...task, 'Finish Time': at - 5 },
      'Task Metrics': {
        'Executor CPU Time': CPU_NS,
        'Input Metrics': { 'Bytes Read': 1_000 }
      }
    },
    { Event: 'SparkListenerStageCompleted', 'Stage Info': info },
    {
      Event: 'SparkListenerJobEnd',
      'Job ID': id,
      'Completion Time': at - 4,
      'Job Result': { Result: 'JobSucceeded' }
    }
  ];
}

let jobs = 0;
function moreJobs(count, ofQuery) {
  return Array.from({ length: count }, () => {
    const id = jobs++;
    return job(
      id,
      ofQuery && id % 2 === 0
        ? {
            'sql.streaming.queryId': 'query',
            'spark.jobGroup.id': RUN,
            'streaming.sql.batchId': String(id >> 1)
          }
        : { 'sparkglass.curve': `1:${(id >> 1) % lineCount}` }
    );
  }).flat();
}

const told = new Array(lineCount).fill(0);
function morePoints(line, count) {
  const first = told[line];
  told[line] += count;
  const numbers = Array.from({ length: count }, (_, i) => first + i);
  const step = (at - NOW) / Math.max(1, first + count);
  return {
    Event: 'SparkglassCurvePoints',
    Curve: 1,
    Line: line,
    First: first,
    Points: count,
    'Query Run ID': RUN,
    'Batch ID': numbers,
    At: numbers.map(n => n + 1),
    Examples: 1,
    'Loss Sum': numbers.map(n => n % 2),
    Elapsed: numbers.map(n => (n + 1) * step),
    'Python CPU': 40_000
  };
}

const session = new Session();
const tell = events =>
  session.apply({ application: 0, backfill: false, events, rows: null });
const apply = events => {
  for (const batch of batchesOfLog(events.map(one => JSON.stringify(one)))) {
    session.apply(batch);
  }
};

tell([
  { Event: 'SparkglassCurve', Curve: 1, Time: NOW },
  ...told.map((_, Line) => ({
    Event: 'SparkglassCurveLine',
    Curve: 1,
    Line,
    Name: `line ${Line}`,
    Kind: 'online',
    Loss: 'zeroOne'
  }))
]);
apply([
  {
    Event: 'SparkListenerApplicationStart',
    'App Name': 'bench',
    'App ID': 'local-1',
    Timestamp: NOW
  },
  {
    Event: `${'org.apache.spark.sql.streaming.StreamingQueryListener'}$QueryStartedEvent`,
    id: 'query',
    runId: RUN,
    timestamp: new Date(NOW).toISOString()
  },
  ...moreJobs(jobCount, true)
]);
tell([
  ...told.map((_, line) => morePoints(line, pointCount)),
  ...Array.from({ length: 500 }, (_, i) => ({
    Event: 'SparkglassCurveServing',
    Curve: 1,
    Line: 0,
    Version: String(i),
    'Trained On': i * 10,
    'Published At': NOW + i,
    Examples: i * 10,
    Requests: i,
    Errors: 0,
    Time: NOW + i
  }))
]);
const curve = session.curves.get(1);
const [app] = [...session.applications.values()].filter(
  one => one.jobs.size > 0
);
const data = new CurveData(curve, () => session.applications.values(), trans);
const settings = { ...FIRST_SETTINGS, axis: 'cpu' };
const shown = data.estimated(settings);

globalThis.gc?.();
const costs = [];
const hovers = [];
for (let round = 0; round < rounds; round++) {
  apply(moreJobs(BATCH, false));
  tell(told.map((_, line) => morePoints(line, BATCH)));
  costs.push(timed(() => data.estimated(settings)));
  const [{ axis }] = shown;
  const end = axis.x[axis.length - 1];
  hovers.push(
    timed(() => {
      const place = data.nearest(((round + 1) / rounds) * end, settings);
      const values = data.valuesAt(place, settings);
      data.happenedAt(place, settings);
      // Every line, and the served model.
      if (values.length !== lineCount + 1) {
        throw new Error(`${values.length} values instead of ${lineCount + 1}`);
      }
    })
  );
}
// The jobs of the micro-batches that are known, for each line; and those of its steps.
const { jobIds } = app.streams.get(RUN);
const batchJobs = [...jobIds.values()].flat().length;
const own = [...app.jobs.values()].filter(({ curve }) => curve).length;
const seen = shown.reduce(
  (sum, { axis }) => sum + axis.x[axis.length - 1] * 1e6,
  0
);
const spent =
  CPU_NS * (lineCount * (batchJobs + app.forgottenJobs) + own) +
  40_000 * told.reduce((sum, points) => sum + points, 0);
if (batchJobs === 0 || Math.abs(seen / spent - 1) > 1e-9) {
  throw new Error(`the lines have cost ${seen} ns instead of ${spent}`);
}

process.stdout.write(
  `${JSON.stringify({
    bench: 'curve-costs',
    node: process.version,
    jobs: app.jobs.size,
    lines: lineCount,
    points: pointCount,
    rounds,
    costsMs: figures(costs),
    hoverMs: figures(hovers)
  })}\n`
);
