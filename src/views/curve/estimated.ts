import { rowAt, nearestRow } from '../../analysis/curve-at';
import { firstPointMs, LineAxis } from '../../analysis/curve-axes';
import type { Baseline } from '../../analysis/curve-classes';
import { LineCosts } from '../../analysis/curve-costs';
import {
  LineEstimate,
  measuresOf,
  type Measure
} from '../../analysis/curve-estimate';
import type { ITranslation } from '../../draw/words';
import type { Application, Curve, CurveLine } from '../../model';
import { BASELINE_LOOK, looksOf } from './looks';
import type { ILineLook } from './plot';
import { estimatorOf, type ICurveSettings } from './settings';

const BASELINES: readonly Baseline[] = ['majority', 'sameAsLast'];

/** A line, or a baseline of one, as it is estimated, and where its points stand. */
export interface IEstimated {
  readonly key: string;
  readonly line: CurveLine;
  /** Null for the line itself. */
  readonly baseline: Baseline | null;
  readonly name: string;
  readonly look: ILineLook;
  readonly estimate: LineEstimate;
  readonly axis: LineAxis;
}

/** What a curve is about: what its learners lose, else numbers that somebody told. */
export interface ISubject {
  readonly loss: CurveLine['loss'];
  readonly measures: readonly Measure[];
}

/** What a curve is about. */
export function subjectOf(curve: Curve): ISubject {
  const drawn = curve.lines.filter(
    ({ kind, points }) => kind !== 'epochs' && points.length > 0
  );
  const first = drawn.find(isLearner) ?? drawn[0];
  return {
    loss: first?.loss ?? 'value',
    measures: first ? measuresOf(first) : ['loss']
  };
}

/** Whether a line is a learner's own. */
export function isLearner({ kind }: CurveLine): boolean {
  return kind === 'online' || kind === 'batch';
}

/** The measure that is wanted, where the curve has it. */
export function measureOf(subject: ISubject, wanted: Measure): Measure {
  return subject.measures.includes(wanted) ? wanted : 'loss';
}

/** The lines of one curve as somebody wants them estimated; keeps what can go on from point to point. */
export class Estimates {
  private readonly estimates = new Map<string, LineEstimate>();
  private readonly axes = new Map<string, LineAxis>();
  private readonly costs = new Map<number, LineCosts>();
  /** Lines whose costs were updated since what has come was taken in. */
  private readonly isCostNew = new Set<number>();
  private key = '';
  private taken: {
    readonly settings: ICurveSettings;
    readonly lines: readonly IEstimated[];
  } | null = null;

  constructor(
    readonly curve: Curve,
    private readonly applications: () => Iterable<Application>,
    private readonly trans: ITranslation
  ) {}

  /** What a line has cost so far; as new as the last {@link of}. */
  costOf(line: CurveLine): LineCosts {
    let cost = this.costs.get(line.id);
    if (!cost) {
      cost = new LineCosts(line);
      this.costs.set(line.id, cost);
    }
    if (!this.isCostNew.has(line.id)) {
      this.isCostNew.add(line.id);
      cost.update(this.applications());
    }
    return cost;
  }

  /** The lines as they were taken in last: what is under a pointer is what is drawn, and a pointer moves often. */
  last(settings: ICurveSettings): readonly IEstimated[] {
    return this.taken?.settings === settings
      ? this.taken.lines
      : this.of(settings);
  }

  /** Take in what has come, and give the lines: baselines first, so that they lie behind. */
  of(settings: ICurveSettings): readonly IEstimated[] {
    const lines = this.take(settings);
    this.taken = { settings, lines };
    return lines;
  }

  private take(settings: ICurveSettings): readonly IEstimated[] {
    const { curve, trans } = this;
    const subject = subjectOf(curve);
    const measure = measureOf(subject, settings.measure);
    const key = JSON.stringify([
      estimatorOf(settings, curve.alpha),
      measure,
      settings.axis
    ]);
    if (key !== this.key) {
      this.estimates.clear();
      this.axes.clear();
      this.key = key;
    }
    this.isCostNew.clear();
    const looks = looksOf(curve);
    const estimated = (
      line: CurveLine,
      baseline: Baseline | null,
      name: string,
      look: ILineLook
    ): IEstimated => ({
      key: baseline ?? String(line.id),
      line,
      baseline,
      name,
      look,
      estimate: this.estimateOf(line, baseline, measure, settings),
      axis: this.axisOf(line, settings)
    });
    const lines = curve.lines.filter(
      line =>
        line.kind !== 'epochs' &&
        line.loss === subject.loss &&
        line.points.length > 0 &&
        measuresOf(line).includes(measure)
    );
    // Of the learner that has scored the most labels.
    const [guessed] = lines
      .filter(line => isLearner(line) && line.examples.hasClasses)
      .sort((a, b) => b.examples.end - a.examples.end);
    const hasBaselines =
      settings.baselines &&
      guessed &&
      (measure === 'loss' || measure === 'accuracy');
    return [
      ...(hasBaselines
        ? BASELINES.map((baseline, i) =>
            estimated(
              guessed,
              baseline,
              baseline === 'majority'
                ? trans.__('always the majority')
                : trans.__('same as the last label'),
              { ...BASELINE_LOOK, dash: i === 0 ? [] : [2, 2] }
            )
          )
        : []),
      ...lines.map(line =>
        estimated(line, null, line.label, looks.get(line.id) ?? BASELINE_LOOK)
      )
    ];
  }

  private estimateOf(
    line: CurveLine,
    baseline: Baseline | null,
    measure: Measure,
    settings: ICurveSettings
  ): LineEstimate {
    const id = `${line.id} ${baseline}`;
    let estimate = this.estimates.get(id);
    if (!estimate) {
      estimate = new LineEstimate(line, {
        estimator: estimatorOf(settings, this.curve.alpha),
        measure,
        baseline
      });
      this.estimates.set(id, estimate);
    }
    estimate.update();
    return estimate;
  }

  private axisOf(line: CurveLine, settings: ICurveSettings): LineAxis {
    let axis = this.axes.get(String(line.id));
    if (!axis) {
      axis = new LineAxis(line, settings.axis);
      this.axes.set(String(line.id), axis);
    }
    const isCost = settings.axis === 'cpu' || settings.axis === 'bytes';
    axis.update(isCost ? this.costOf(line) : null, firstPointMs(this.curve));
    return axis;
  }
}

/** The last value of an estimate that is one; NaN for none. */
export function lastOf({ value, length }: LineEstimate): number {
  for (let row = length - 1; row >= 0; row--) {
    if (!Number.isNaN(value[row]!)) {
      return value[row]!;
    }
  }
  return NaN;
}

/** The greatest place of any point. */
export function endOf(lines: readonly IEstimated[]): number {
  return lines.reduce(
    (end, { axis }) => Math.max(end, axis.x[axis.length - 1] ?? 0),
    0
  );
}

/** The place of the point that is nearest to a place. */
export function nearestPlace(
  lines: readonly IEstimated[],
  place: number
): number {
  let best = place;
  let distance = Infinity;
  for (const { axis } of lines) {
    const row = nearestRow(axis, place);
    const away = row < 0 ? Infinity : Math.abs(axis.x[row]! - place);
    if (away < distance) {
      best = axis.x[row]!;
      distance = away;
    }
  }
  return best;
}

/** The place of the next point to the right (1) or to the left (−1); the same place when there is none. */
export function nextPlace(
  lines: readonly IEstimated[],
  place: number,
  direction: 1 | -1
): number {
  let best = place;
  for (const { axis } of lines) {
    let row = rowAt(axis, place);
    if (direction > 0) {
      row++;
    } else {
      while (row >= 0 && axis.x[row]! >= place) {
        row--;
      }
    }
    const at = row >= 0 && row < axis.length ? axis.x[row]! : place;
    if (
      at !== place &&
      (best === place || Math.abs(at - place) < Math.abs(best - place))
    ) {
      best = at;
    }
  }
  return best;
}
