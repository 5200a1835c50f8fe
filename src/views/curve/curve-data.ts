import { rowAt, valueAt } from '../../analysis/curve-at';
import { detectionScore } from '../../analysis/curve-detections';
import type { Measure } from '../../analysis/curve-estimate';
import { phasesOf, PhaseMeans, type IPhase } from '../../analysis/curve-phases';
import { jobsOfPoint } from '../../analysis/curve-point-jobs';
import { curveVerdict } from '../../analysis/curve-verdict';
import type { ITranslation } from '../../draw/words';
import type { Application, Curve, CurveLine, ICurveMark } from '../../model';
import { ghostsOf, named, type IBehind } from './behind';
import type { ICostRow } from './cost-table';
import type { CurveTerm } from './curve-terms';
import {
  detectionWords,
  exactWords,
  lineWords,
  valueKind,
  type ValueKind
} from './curve-words';
import { epochsOf, epochsVerdict, type IShownEpochs } from './epochs';
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
import { phaseRows } from './phase-rows';
import type { IPhaseRow } from './phase-table';
import { heightsOf, type ILineLook, type IPlot } from './plot';
import { placeOf, plotLine } from './plot-lines';
import type { IHappened, IValueAt } from './point-card';
import { lagPlot, lagValue, lagWords, servedOf, type IServed } from './served';
import type { ICurveSettings } from './settings';
import { verdictWords } from './verdict-words';

/** A pointer this near a mark, as a part of the axis, is at it. */
const NEAR = 1 / 120;
const LEAST_WIDTH_PX = 60;

/** What is no point of a line. */
const NO_POINT = {
  isApproximate: false,
  batchId: null,
  queryRunId: null,
  cellRunId: null,
  jobs: [],
  examples: 0,
  elapsedMs: 0,
  isInSample: false,
  isRepeat: false
} as const;

/** All that a view shows of a curve. */
export interface IShownCurve {
  readonly plot: IPlot;
  /** Whether all it has are trainings epoch by epoch, each in a small plot of its own. */
  readonly isEpochsOnly: boolean;
  readonly verdict: string;
  readonly measures: readonly Measure[];
  /** Whether losses are errors of 0 and 1. */
  readonly isError: boolean;
  readonly measure: ValueKind;
  readonly measureTerm: CurveTerm;
  readonly legend: readonly ILegendEntry[];
  readonly costs: readonly ICostRow[];
  /** The parts between known drifts. */
  readonly phases: readonly IPhase[];
  /** What each learner was in them. */
  readonly phaseRows: readonly IPhaseRow[];
  readonly served: readonly IServed[];
  /** How far the served models were behind; null where none is served. */
  readonly lag: IPlot | null;
  readonly lagWords: string;
  readonly epochs: readonly IShownEpochs[];
  readonly boundaries: readonly {
    readonly line: CurveLine;
    readonly look: ILineLook;
  }[];
  readonly mistakes: readonly string[];
  /** Points of all its lines. */
  readonly points: number;
}

/** What is drawn of one curve; keeps what can go on from point to point. */
export class CurveData {
  private readonly estimates: Estimates;
  /** The earlier run that is drawn behind. */
  behind: IBehind | null = null;
  private readonly means = new Map<number, PhaseMeans>();

  constructor(
    readonly curve: Curve,
    private readonly applications: () => Iterable<Application>,
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
    const shown = [...this.ghosts(settings), ...named(all, this.behind)];
    const visible = shown.filter(({ key }) => !settings.hidden.has(key));
    const end = endOf(shown) || 1;
    const [from, to] = part ?? [0, end];
    const view = { from, to, width: Math.max(LEAST_WIDTH_PX, width) };
    const lines = visible.map(one =>
      plotLine(one, one.line.curve.marks, settings.bands, view)
    );
    const served = servedOf(curve, newestOf(curve), trans);
    const places = this.markPlaces(all, end);
    const phases = phasesOf(curve);
    const epochs = epochsOf(curve, trans);
    const isEpochsOnly = shown.length === 0 && epochs.length > 0;
    return {
      plot: {
        lines,
        spans: spansOf(curve, places),
        events: eventsOf(curve, places, trans),
        xRange: [0, end],
        yRange: heightsOf(lines, from, to)
      },
      isEpochsOnly,
      verdict: isEpochsOnly
        ? epochsVerdict(epochs, trans)
        : verdictWords(
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
      legend: shown.map(({ key, name, look, line, baseline, estimate }) => ({
        key,
        name,
        look,
        last: exactWords(lastOf(estimate), kind),
        isShown: !settings.hidden.has(key),
        what: lineWords(line, baseline, trans)
      })),
      costs: this.costs(all, kind),
      phases,
      phaseRows: phaseRows(
        all,
        phases,
        line => this.meansOf(line).of(phases),
        measure === 'accuracy',
        valueKind(measure === 'accuracy' ? measure : 'loss', isError)
      ),
      served,
      lag: lagPlot(served, places.placeOf, [0, end]),
      lagWords: lagWords(served, trans),
      epochs,
      boundaries: curve.lines
        .filter(({ boundary }) => boundary)
        .map(line => ({
          line,
          look:
            all.find(({ key }) => key === String(line.id))?.look ??
            BASELINE_LOOK
        })),
      mistakes: mistakesOf(curve, trans),
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
    return [...this.scoresAt(place, settings), ...this.lagsAt(place, settings)];
  }

  private scoresAt(place: number, settings: ICurveSettings): IValueAt[] {
    const applications = [...this.applications()];
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
            jobs: jobsOfPoint(line, row, applications),
            examples: points.at(row, 'examples'),
            elapsedMs: points.at(row, 'elapsedMs'),
            isInSample: baseline === null && points.has(row, 'inSample'),
            isRepeat: baseline === null && points.has(row, 'repeat')
          }
        ];
      }
    );
  }

  /** How far each served model was behind. */
  private lagsAt(place: number, settings: ICurveSettings): IValueAt[] {
    const { curve, trans } = this;
    const examples =
      settings.axis === 'examples'
        ? place
        : this.estimates.last(settings).reduce((most, { axis, line }) => {
            const row = isLearner(line) ? rowAt(axis, place) : -1;
            return Math.max(most, line.points.at(row, 'at') || 0);
          }, 0);
    return servedOf(curve, newestOf(curve), trans).flatMap(one => {
      const value = lagValue(one, examples, trans);
      return value === null
        ? []
        : [
            {
              ...NO_POINT,
              key: one.key,
              name: trans.__('%1 behind', one.name),
              look: { ...one.look, widthPx: 1 },
              value
            }
          ];
    });
  }

  /** What happened at a place, or is going on there. */
  happenedAt(place: number, settings: ICurveSettings): IHappened[] {
    const all = this.estimates.last(settings);
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

  /** The lines that are not switched off, as they were estimated last. */
  visible(settings: ICurveSettings): readonly IEstimated[] {
    return [
      ...this.ghosts(settings),
      ...named(this.estimates.last(settings), this.behind)
    ].filter(({ key }) => !settings.hidden.has(key));
  }

  private ghosts(settings: ICurveSettings): readonly IEstimated[] {
    return this.behind ? ghostsOf(this.behind, this.curve, settings) : [];
  }

  /** The lines as they are estimated. */
  estimated(settings: ICurveSettings): readonly IEstimated[] {
    return this.estimates.of(settings);
  }

  private meansOf(line: CurveLine): PhaseMeans {
    let means = this.means.get(line.id);
    if (!means) {
      means = new PhaseMeans(line);
      this.means.set(line.id, means);
    }
    return means;
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
function newestOf({ lines, startTime, served: own }: Curve): number {
  return lines.reduce(
    (now, { served, points }) => {
      const elapsedMs = points.at(points.length - 1, 'elapsedMs') || 0;
      return Math.max(now, served.now?.time ?? 0, startTime + elapsedMs);
    },
    Math.max(startTime, own.now?.time ?? 0)
  );
}
