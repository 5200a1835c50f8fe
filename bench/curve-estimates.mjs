/**
 * How long a chart of training curves takes to follow: points into the model, and the estimates of all lines, when a batch comes, and anew when
 * somebody moves the slider of the fading factor.
 *
 *     npm run build:lib && node --expose-gc bench/curve-estimates.mjs [lines] [points] [rounds]
 *
 * Prints one JSON line: ms, median and 95 %. A point is one example with its label and prediction, the most there can be to do; a batch is a
 * hundred points a line, as ten batches a second of a quick loop have them.
 */
import { lib } from './built.mjs';
import { figures, timed } from './times.mjs';

const { Session } = await import(`${lib}/model/index.js`);
const { LineEstimate } = await import(`${lib}/analysis/curve-estimate.js`);
const { LineAxis } = await import(`${lib}/analysis/curve-axes.js`);
const { drawnLine } = await import(`${lib}/analysis/curve-drawn.js`);

const lineCount = Number(process.argv[2] ?? 10);
const pointCount = Number(process.argv[3] ?? 100_000);
const rounds = Number(process.argv[4] ?? 60);
const batchPoints = 100;

/** Numbers that are the same in every run. */
let seed = 1;
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};

const told = new Array(lineCount).fill(0);

function pointsOf(line, count) {
  const first = told[line];
  told[line] += count;
  const labels = Array.from({ length: count }, () => Math.floor(3 * random()));
  const predictions = labels.map(label =>
    random() < 0.9 ? label : Math.floor(3 * random())
  );
  return {
    Event: 'SparkglassCurvePoints',
    Curve: 1,
    Line: line,
    First: first,
    Points: count,
    At: labels.map((_, i) => first + i + 1),
    Examples: 1,
    'Loss Sum': labels.map((label, i) => Number(label !== predictions[i])),
    Elapsed: labels.map((_, i) => 10 * (first + i)),
    Visits: labels.map((_, i) => first + i + 1),
    'Python CPU': 40_000,
    Labels: labels,
    Predictions: predictions
  };
}

function apply(session, events) {
  session.apply({ application: 0, backfill: false, events, rows: null });
}

const session = new Session();
apply(session, [
  { Event: 'SparkglassCurve', Curve: 1, Classes: ['a', 'b', 'c'], Time: 1 },
  ...Array.from({ length: lineCount }, (_, line) => ({
    Event: 'SparkglassCurveLine',
    Curve: 1,
    Line: line,
    Kind: 'online',
    Loss: 'zeroOne'
  }))
]);
const ids = Array.from({ length: lineCount }, (_, line) => line);
for (let done = 0; done < pointCount; done += 10_000) {
  apply(
    session,
    ids.map(line => pointsOf(line, Math.min(10_000, pointCount - done)))
  );
}
const { lines } = session.curves.get(1);

const made = (alpha, measure) =>
  lines.map(line => {
    const estimate = new LineEstimate(line, {
      estimator: { kind: 'fading', alpha },
      measure
    });
    estimate.update();
    return estimate;
  });

globalThis.gc?.();
const estimates = made(0.99, 'loss');
const axes = lines.map(line => new LineAxis(line, 'examples'));
axes.forEach(axis => axis.update(null));
const appended = [];
const drawn = [];
for (let round = 0; round < rounds; round++) {
  const events = ids.map(line => pointsOf(line, batchPoints));
  appended.push(
    timed(() => {
      apply(session, events);
      estimates.forEach(estimate => estimate.update());
      axes.forEach(axis => axis.update(null));
    })
  );
  drawn.push(
    timed(() =>
      estimates.forEach((estimate, i) => {
        const { x, length } = axes[i];
        const range = { from: 0, to: x[length - 1] };
        drawnLine(x, estimate.value, length, range, 900);
      })
    )
  );
}
const total = pointCount + rounds * batchPoints;
for (const estimate of estimates) {
  if (estimate.length !== total || !(estimate.value[total - 1] < 0.5)) {
    throw new Error(`${estimate.length} estimates instead of ${total}`);
  }
}
const alphas = Array.from({ length: 10 }, (_, i) => 0.9 + i / 100);

process.stdout.write(
  `${JSON.stringify({
    bench: 'curve-estimates',
    node: process.version,
    lines: lineCount,
    points: pointCount,
    rounds,
    appendMs: figures(appended),
    drawnMs: figures(drawn),
    alphaMs: figures(alphas.map(alpha => timed(() => made(alpha, 'loss')))),
    kappaMs: figures(
      alphas.slice(5).map(alpha => timed(() => made(alpha, 'kappa')))
    )
  })}\n`
);
