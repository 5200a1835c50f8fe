import { curveVariable, phaseVariable } from '../../draw/palette';
import type { Curve, CurveLine } from '../../model';
import type { ILineLook, LineColour } from './plot';

/** A third learner and more: colours that can be told from those two and from each other, also with colour blindness (style/palette.css). */
const MORE: readonly LineColour[] = [
  { phase: 'getting-result' },
  { phase: 'deserialisation' },
  { phase: 'result-serialisation' },
  { phase: 'shuffle-write' }
];

/** Of lines that have the same colour all the same. */
const DASHES: readonly (readonly number[])[] = [[], [10, 3], [7, 3, 2, 3]];

const PROBE_DASH = [5, 4];
const STRONG_PX = 2;

/** What a baseline looks like. */
export const BASELINE_LOOK: ILineLook = {
  colour: { soft: true },
  dash: [],
  widthPx: 1
};

/** Looks of all lines of a curve, by id: the first that learns row by row and the first that is trained anew have their colours everywhere. */
export function looksOf(curve: Curve): ReadonlyMap<number, ILineLook> {
  const looks = new Map<number, ILineLook>();
  let more = 0;
  const taken = new Set<string>();
  const learners = curve.lines.filter(line => !belongs(line));
  for (const line of learners) {
    const own: LineColour = {
      curve: line.kind === 'batch' ? 'batch' : 'streaming'
    };
    const isFirst = !taken.has(own.curve);
    taken.add(own.curve);
    const colour = isFirst ? own : MORE[more % MORE.length]!;
    const dash = isFirst ? [] : DASHES[Math.floor(more / MORE.length) % 3]!;
    more += isFirst ? 0 : 1;
    looks.set(line.id, { colour, dash, widthPx: STRONG_PX });
  }
  for (const line of curve.lines) {
    if (belongs(line)) {
      const { colour } = looks.get(line.of ?? -1) ?? BASELINE_LOOK;
      looks.set(line.id, { colour, dash: PROBE_DASH, widthPx: STRONG_PX });
    }
  }
  return looks;
}

function belongs(line: CurveLine): boolean {
  return line.of !== null && line.curve.line(line.of) !== null;
}

/** The colour of a look, as a style sheet names it. */
export function lookVariable({ colour }: ILineLook): string {
  return 'soft' in colour
    ? 'var(--jp-ui-font-color2)'
    : 'phase' in colour
      ? `var(${phaseVariable(colour.phase)})`
      : `var(${curveVariable(colour.curve)})`;
}
