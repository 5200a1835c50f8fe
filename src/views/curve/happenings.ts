import type { ITranslation } from '../../draw/words';
import type { Curve, ICurveMark } from '../../model';
import {
  markDetail,
  mistakeWords,
  policyWords,
  versionName
} from './mark-words';
import { mistakeSentence } from './mistake-words';
import type { ILineLook, IPlotEvent, IPlotSpan } from './plot';

/** What tells a flood of forged rows from a broken sensor where nobody said which it is: as `c.fault("flood")` does not, and old recordings. */
const FLOOD = /flood|forg|duplicat|repeat|zalew|pow[oó]d|fa[lł]sz/i;

/** How marks find their place in a plot. */
export interface IMarkPlaces {
  /** From examples to the axis, along a line; NaN where that is not known. */
  readonly placeOf: (lineId: number | null, examples: number | null) => number;
  /** The value of a line at a place; NaN for none. */
  readonly valueAt: (lineId: number, place: number) => number;
  readonly lookOf: (lineId: number) => ILineLook | null;
  /** The end of the axis: of what is not over yet. */
  readonly end: number;
  /** More about a detection: what it was, and how late. */
  readonly detection: (mark: ICurveMark) => string;
}

/** What was done to the data, as bands. */
export function spansOf(curve: Curve, places: IMarkPlaces): IPlotSpan[] {
  return curve.marks
    .filter(({ kind }) => kind === 'fault' || kind === 'drift')
    .map(mark => ({
      name: mark.name,
      detail: mark.detail,
      from: places.placeOf(mark.line, mark.start),
      to:
        mark.end === null
          ? places.end
          : Math.min(places.end, places.placeOf(mark.line, mark.end)),
      look: lookOf(mark)
    }))
    .filter(({ from }) => !Number.isNaN(from));
}

function lookOf({ kind, name, pattern }: ICurveMark): IPlotSpan['look'] {
  if (kind === 'drift') {
    return pattern === 'gradual' || pattern === 'recurring' ? pattern : 'drift';
  }
  return pattern === 'flood' || pattern === 'sensor'
    ? pattern
    : FLOOD.test(name)
      ? 'flood'
      : 'sensor';
}

/** What happened at one moment: detections on their lines, actions and marks on the axis. */
export function eventsOf(
  curve: Curve,
  places: IMarkPlaces,
  trans: ITranslation
): IPlotEvent[] {
  return curve.marks.flatMap(mark => {
    const kind = eventKind(mark);
    if (kind === null) {
      return [];
    }
    const x = places.placeOf(mark.line, mark.start);
    const look = mark.line === null ? null : places.lookOf(mark.line);
    const y =
      mark.kind === 'detection' && mark.line !== null
        ? places.valueAt(mark.line, x)
        : NaN;
    return Number.isNaN(x)
      ? []
      : [
          {
            kind,
            name: eventName(mark, curve, trans),
            // Of a detection the page says the same as the kernel, in its own language.
            detail:
              (mark.kind === 'detection' && places.detection(mark)) ||
              (mark.kind === 'mistake'
                ? mistakeSentence(mark.detail, trans)
                : markDetail(mark, trans)),
            x,
            y: Number.isNaN(y) ? null : y,
            colour: look?.colour ?? null
          }
        ];
  });
}

function eventKind(mark: ICurveMark): IPlotEvent['kind'] | null {
  switch (mark.kind) {
    case 'detection':
      return mark.direction === 'better' ? 'better' : 'worse';
    case 'policy':
      return 'policy';
    case 'version':
    case 'mark':
      return 'moment';
    case 'mistake':
      return 'mistake';
    default:
      // Retrainings are ticks of their line, faults are bands.
      return null;
  }
}

function eventName(
  mark: ICurveMark,
  curve: Curve,
  trans: ITranslation
): string {
  const line = curve.line(mark.line)?.label;
  switch (mark.kind) {
    case 'detection':
      return mark.direction === 'better'
        ? trans.__('▼ %1: %2 got better', mark.name, line ?? curve.label)
        : trans.__('▲ %1: %2 got worse', mark.name, line ?? curve.label);
    case 'policy':
      return trans.__('◆ policy %1', policyWords(mark.name, trans));
    case 'version':
      return trans.__('◆ version %1', versionName(mark.name));
    case 'mistake':
      return `◆ ${mistakeWords(mark.name, trans)}`;
    default:
      return `◆ ${mark.name}`;
  }
}

/** What spoils the curve, each once: what it is in the words of the page, and what the kernel says of it. */
export function mistakesOf(curve: Curve, trans: ITranslation): string[] {
  const words = curve.marks
    .filter(({ kind }) => kind === 'mistake')
    .map(({ name, detail }) =>
      [mistakeWords(name, trans), mistakeSentence(detail, trans)]
        .filter(Boolean)
        .join(': ')
    );
  return [...new Set(words)];
}
