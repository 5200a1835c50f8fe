import { valueAt } from '../../analysis/curve-at';
import { detectionScore } from '../../analysis/curve-detections';
import type { Measure } from '../../analysis/curve-estimate';
import { curveVerdict } from '../../analysis/curve-verdict';
import type { ITranslation } from '../../draw/words';
import type {
  Application,
  Curve,
  CurveLine,
  ICurveMark,
  ICurveServing
} from '../../model';
import type { ICostRow } from './cost-table';
import type { CurveTerm } from './curve-terms';
import {
  detectionWords,
  exactWords,
  lineWords,
  valueKind,
  type ValueKind
} from './curve-words';
import { epochsOf, type IShownEpochs } from './epochs';
import {
  endOf,
  Estimates,
  isLearner,
  lastOf,
  measureOf,
  nearestPlace,
  nextPlace,
  subjectOf,
  type IEstimated
} from './estimated';
import { eventsOf, mistakesOf, spansOf, type IMarkPlaces } from './happenings';
import type { ILegendEntry } from './legend';
import { BASELINE_LOOK } from './looks';
import { heightsOf, type ILineLook, type IPlot } from './plot';
import { placeOf, plotLine } from './plot-lines';
import type { IHappened, IValueAt } from './point-card';
import type { ICurveSettings } from './settings';
import { verdictWords } from './verdict-words';

/** A pointer this near a mark, as a part of the axis, is at it. */
const NEAR = 1 / 120;
const LEAST_WIDTH_PX = 60;

/** All that a view shows of a curve. */
export interface IShownCurve {
  readonly plot: IPlot;
  readonly verdict: string;
  readonly measures: readonly Measure[];
  /** Whether losses are errors of 0 and 1. */
  readonly isError: boolean;
  readonly measure: ValueKind;
  readonly measureTerm: CurveTerm;
  readonly legend: readonly ILegendEntry[];
  readonly costs: readonly ICostRow[];
  readonly servings: readonly {
    readonly line: CurveLine;
    readonly serving: ICurveServing;
  }[];
  readonly epochs: readonly IShownEpochs[];
  readonly boundaries: readonly {
    readonly line: CurveLine;
    readonly look: ILineLook;
  }[];
  readonly mistakes: readonly string[];
  /** ms since 1970: the newest that is known. */
  readonly now: number;
  /** Points of all its lines. */
  readonly points: number;
}

/** What is drawn of one curve; keeps what can go on from point to point. */
export class CurveData {
  private readonly estimates: Estimates;

  constructor(
    readonly curve: Curve,
    applications: () => Iterable<Application>,
    private readonly trans: ITranslation
  ) {
    this.estimates = new Estimates(curve, applications, trans);
  }

  /**
   * What is to be seen now.
   *
   * @param part - of the axis; null = all of it.
   * @param width - of the plot in pixels.
   */
  shown(
    settings: ICurveSettings,
    part: readonly [number, number] | null,
    width: number
  ): IShownCurve {
    const { curve, trans } = this;
    const subject = subjectOf(curve);
    const isError = subject.loss === 'zeroOne';
    const measure = measureOf(subject, settings.measure);
    const kind = valueKind(measure, isError);
    const all = this.estimates.of(settings);
    const visible = all.filter(({ key }) => !settings.hidden.has(key));
    const end = endOf(all) || 1;
    const [from, to] = part ?? [0, end];
    const view = { from, to, width: Math.max(LEAST_WIDTH_PX, width) };
    const lines = visible.map(one =>
      plotLine(one, curve.marks, settings.bands, view)
    );
    const places = this.markPlaces(all, end);
    return {
      plot: {
        lines,
        spans: spansOf(curve, places),
        events: eventsOf(curve, places, trans),
        xRange: [0, end],
        yRange: heightsOf(lines, from, to)
      },
      verdict: verdictWords(
        curveVerdict(
          all.filter(({ baseline }) => baseline === null),
          measure !== 'loss',
          curve.marks.flatMap(({ kind, start }) =>
            kind === 'drift' && start !== null ? [start] : []
          )
        ),
        { curve, measure, isError, axis: settings.axis, trans }
      ),
      measures: subject.measures,
      isError,
      measure: kind,
      measureTerm: measure === 'loss' && isError ? 'error' : measure,
      legend: all.map(({ key, name, look, line, baseline, estimate }) => ({
        key,
        name,
        look,
        last: exactWords(lastOf(estimate), kind),
        isShown: !settings.hidden.has(key),
        what: lineWords(line, baseline, trans)
      })),
      costs: this.costs(all, kind),
      servings: curve.lines.flatMap(line => {
        const serving = line.servings[line.servings.length - 1];
        return serving ? [{ line, serving }] : [];
      }),
      epochs: epochsOf(curve, trans),
      boundaries: curve.lines
        .filter(({ boundary }) => boundary)
        .map(line => ({
          line,
          look:
            all.find(({ key }) => key === String(line.id))?.look ??
            BASELINE_LOOK
        })),
      mistakes: mistakesOf(curve),
      now: newestOf(curve),
      points: curve.lines.reduce((sum, { points }) => sum + points.length, 0)
    };
  }

  /** The place of the point that is nearest to a place. */
  nearest(place: number, settings: ICurveSettings): number {
    return nearestPlace(this.visible(settings), place);
  }

  /** The place of the next point to the right (1) or to the left (−1). */
  next(place: number, direction: 1 | -1, settings: ICurveSettings): number {
    return nextPlace(this.visible(settings), place, direction);
  }

  /** Every visible line at a place: its last point up to there. */
  valuesAt(place: number, settings: ICurveSettings): IValueAt[] {
    const subject = subjectOf(this.curve);
    const kind = valueKind(
      measureOf(subject, settings.measure),
      subject.loss === 'zeroOne'
    );
    return this.visible(settings).flatMap(
      ({ key, name, look, line, estimate, axis, baseline }) => {
        const { row, value } = valueAt(axis, estimate, place);
        if (row < 0) {
          return [];
        }
        const { points } = line;
        const batchId = points.at(row, 'batchId');
        const origin = points.originOf(row);
        return [
          {
            key,
            name,
            look,
            value: exactWords(value, kind),
            isApproximate: estimate.approximate > 0,
            batchId: Number.isNaN(batchId) ? null : batchId,
            queryRunId: origin?.queryRunId ?? null,
            cellRunId: origin?.cellRunId ?? null,
            examples: points.at(row, 'examples'),
            elapsedMs: points.at(row, 'elapsedMs'),
            isInSample: baseline === null && points.has(row, 'inSample'),
            isRepeat: baseline === null && points.has(row, 'repeat')
          }
        ];
      }
    );
  }

  /** What happened at a place, or is going on there. */
  happenedAt(place: number, settings: ICurveSettings): IHappened[] {
    const all = this.estimates.of(settings);
    const end = endOf(all);
    const places = this.markPlaces(all, end);
    const spans = spansOf(this.curve, places).filter(
      ({ from, to }) => place >= from && place <= to
    );
    const events = eventsOf(this.curve, places, this.trans).filter(
      ({ x }) => Math.abs(x - place) <= end * NEAR
    );
    return [...spans, ...events].map(({ name, detail }) => ({ name, detail }));
  }

  private visible(settings: ICurveSettings): readonly IEstimated[] {
    return this.estimates
      .of(settings)
      .filter(({ key }) => !settings.hidden.has(key));
  }

  private costs(all: readonly IEstimated[], kind: ValueKind): ICostRow[] {
    return all
      .filter(({ baseline, line }) => baseline === null && isLearner(line))
      .map(({ key, name, look, line, estimate }) => {
        const probe = all.find(
          one => one.line.kind === 'probe' && one.line.of === line.id
        );
        const cost = this.estimates.costOf(line);
        const last = line.points.length - 1;
        return {
          key,
          name,
          learner: line.learner,
          look,
          now: exactWords(lastOf(estimate), kind),
          probe: probe ? exactWords(lastOf(probe.estimate), kind) : '',
          sparkCpuNs: cost.sparkCpuNs,
          pythonCpuNs: cost.pythonCpuNs,
          bytesRead: cost.inputBytes,
          visits: line.points.at(last, 'visits'),
          retrains: this.curve.marks.filter(
            mark => mark.kind === 'retrain' && mark.line === line.id
          ).length,
          modelBytes: lastModelBytes(line)
        };
      });
  }

  private markPlaces(all: readonly IEstimated[], end: number): IMarkPlaces {
    const own = (id: number | null): IEstimated[] =>
      all.filter(({ line, baseline }) => line.id === id && baseline === null);
    const learners = all.filter(({ line }) => isLearner(line));
    const fallback = learners.length > 0 ? learners : all;
    return {
      placeOf: (id, examples) => {
        const lines = own(id);
        return placeOf(lines.length > 0 ? lines : fallback, examples);
      },
      valueAt: (id, place) => {
        const [one] = own(id);
        return one ? valueAt(one.axis, one.estimate, place).value : NaN;
      },
      lookOf: id => own(id)[0]?.look ?? null,
      end,
      detection: mark => this.detection(mark)
    };
  }

  private detection(mark: ICurveMark): string {
    const { faults, falseAlarms } = detectionScore(this.curve, mark.line);
    const found = faults.find(({ detection }) => detection === mark);
    return detectionWords(
      found ?? null,
      falseAlarms.includes(mark),
      this.trans
    );
  }
}

/** The size of the model when it was last measured; NaN where it never was. */
function lastModelBytes({ points }: CurveLine): number {
  for (let row = points.length - 1; row >= 0; row--) {
    const bytes = points.at(row, 'modelBytes');
    if (bytes >= 0) {
      return bytes;
    }
  }
  return NaN;
}

/** The newest time that anything of a curve tells, ms since 1970. */
function newestOf({ lines, startTime }: Curve): number {
  return lines.reduce((now, { servings, points }) => {
    const elapsedMs = points.at(points.length - 1, 'elapsedMs') || 0;
    const served = servings[servings.length - 1]?.time ?? 0;
    return Math.max(now, served, startTime + elapsedMs);
  }, startTime);
}
