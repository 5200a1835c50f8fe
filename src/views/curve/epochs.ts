import type { ITranslation } from '../../draw/words';
import type { Curve, CurveLine } from '../../model';
import { subjectOf } from './estimated';
import { looksOf, BASELINE_LOOK } from './looks';
import { heightsOf, noPoints, type IPlot, type IPlotLine } from './plot';
import { exactWords, valueKind } from './curve-words';

/** A small plot of its own: a training epoch by epoch, or a number that is not what the curve is about. */
export interface IShownEpochs {
  readonly key: string;
  readonly name: string;
  readonly isEpochs: boolean;
  /** Its points. */
  readonly count: number;
  /** The last value, in words. */
  readonly last: string;
  readonly plot: IPlot;
}

/** So many small plots are shown, the newest. */
const MOST = 4;
/** Of so many epochs, the newest. */
const MOST_EPOCHS = 4000;

/** The small plots below a curve: a line and those that belong to it share one. */
export function epochsOf(curve: Curve, trans: ITranslation): IShownEpochs[] {
  const { loss } = subjectOf(curve);
  const apart = curve.lines.filter(
    line =>
      line.points.length > 0 && (line.kind === 'epochs' || line.loss !== loss)
  );
  const groups = new Map<number, CurveLine[]>();
  for (const line of apart) {
    // A value of the validation stands with that of its training.
    const owner = apart.find(
      ({ id, kind }) => id === line.of && kind === line.kind
    );
    const key = owner?.id ?? line.id;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  const looks = looksOf(curve);
  return [...groups].slice(-MOST).map(([key, lines]) => {
    const drawn = lines.map(line => ({
      ...smallLine(line),
      look: looks.get(line.id) ?? BASELINE_LOOK
    }));
    const first = lines[0]!;
    const main = drawn[0]!.main;
    const end = Math.max(
      1,
      ...drawn.map(({ main: { x } }) => Math.max(...Array.from(x)))
    );
    const owner = first.kind === 'epochs' ? curve.line(first.of) : null;
    return {
      key: String(key),
      name: owner ? trans.__('%1, %2', owner.label, first.label) : first.label,
      isEpochs: first.kind === 'epochs',
      count: first.points.length,
      last: exactWords(
        main.y[main.y.length - 1] ?? NaN,
        valueKind('loss', first.loss === 'zeroOne')
      ),
      plot: {
        lines: drawn,
        spans: [],
        events: [],
        xRange: [0, end],
        yRange: heightsOf(drawn, 0, end)
      }
    };
  });
}

/** The values of a line as they were told, none of them averaged. */
function smallLine(line: CurveLine): Omit<IPlotLine, 'look'> {
  const { points } = line;
  const x: number[] = [];
  const y: number[] = [];
  for (
    let row = Math.max(0, points.length - MOST_EPOCHS);
    row < points.length;
    row++
  ) {
    const place = points.at(row, 'at');
    if (x.length > 0 && place <= x[x.length - 1]!) {
      // Trained anew: another line, not one that runs back.
      x.push(place);
      y.push(NaN);
    }
    const count = points.at(row, 'examples');
    x.push(place);
    y.push(count > 0 ? points.at(row, 'lossSum') / count : NaN);
  }
  return {
    key: String(line.id),
    name: line.label,
    isStep: false,
    main: { x, y },
    raw: null,
    band: null,
    inSample: [],
    repeats: noPoints(),
    retrains: []
  };
}

/** What a curve says that has epochs and nothing else: where each training ended, or which one ended lowest. */
export function epochsVerdict(
  shown: readonly IShownEpochs[],
  trans: ITranslation
): string {
  const lowest = shown.reduce((best, one) =>
    endOf(one) < endOf(best) ? one : best
  );
  const words = epochsWords(lowest, trans);
  return shown.length > 1 ? trans.__('Lowest at its end: %1', words) : words;
}

/** Where a training ended, in words. */
export function epochsWords(
  { count, name, last, isEpochs }: IShownEpochs,
  trans: ITranslation
): string {
  return isEpochs
    ? trans._n(
        '%2: %3 after %1 epoch',
        '%2: %3 after %1 epochs',
        count,
        name,
        last
      )
    : `${name}: ${last}`;
}

function endOf({ plot }: IShownEpochs): number {
  const y = plot.lines[0]!.main.y;
  const end = y[y.length - 1] ?? NaN;
  return Number.isNaN(end) ? Infinity : end;
}
