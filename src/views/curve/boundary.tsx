import { formatCount, formatNumber } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { Curve, CurveLine, ICurveBoundary } from '../../model';
import { lookVariable } from './looks';
import type { ILineLook } from './plot';

const SIDE = 132;
const INSET = 6;

interface IProps {
  readonly curve: Curve;
  readonly line: CurveLine;
  readonly boundary: ICurveBoundary;
  readonly look: ILineLook;
  readonly trans: ITranslation;
}

/** The line that a model draws between two classes, with some of the rows: a small square. */
export function Boundary({ curve, line, boundary, look, trans }: IProps) {
  const { sample, features, weights } = boundary;
  const range = (values: readonly number[]): [number, number] => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const pad = (most - least || 1) * 0.08;
    return [least - pad, most + pad];
  };
  if (sample.length === 0) {
    return null;
  }
  const [left, right] = range(sample.map(row => row.x));
  const [bottom, top] = range(sample.map(row => row.y));
  const side = SIDE - 2 * INSET;
  const x = (value: number): number =>
    INSET + ((value - left) / (right - left)) * side;
  const y = (value: number): number =>
    SIDE - INSET - ((value - bottom) / (top - bottom)) * side;
  const ends = crossing(weights, [left, right], [bottom, top]);
  const name = trans.__(
    'What %1 tells apart after %2 rows: %3 to the right, %4 upwards',
    line.label,
    formatCount(boundary.at),
    features[0],
    features[1]
  );
  return (
    <figure class="jp-Sparkglass-curveBoundary">
      <figcaption title={name}>
        {trans.__('%1: %2 × %3', line.label, features[0], features[1])}
      </figcaption>
      <svg
        role="img"
        aria-label={name}
        width={SIDE}
        height={SIDE}
        viewBox={`0 0 ${SIDE} ${SIDE}`}
      >
        {sample.map((row, i) => (
          // A class is told by its shape, too.
          <RowMark
            key={i}
            x={x(row.x)}
            y={y(row.y)}
            isSecond={row.label > 0}
            words={trans.__(
              '%1: %2, %3',
              curve.classes?.[row.label] ?? formatCount(row.label),
              formatNumber(row.x, 2),
              formatNumber(row.y, 2)
            )}
          />
        ))}
        {ends && (
          <line
            x1={x(ends[0][0])}
            y1={y(ends[0][1])}
            x2={x(ends[1][0])}
            y2={y(ends[1][1])}
            stroke={lookVariable(look)}
            stroke-width="2"
          />
        )}
      </svg>
    </figure>
  );
}

function RowMark(props: {
  x: number;
  y: number;
  isSecond: boolean;
  words: string;
}) {
  const { x, y, isSecond, words } = props;
  const look = {
    class: isSecond
      ? 'jp-Sparkglass-curveRow jp-mod-second'
      : 'jp-Sparkglass-curveRow'
  };
  return isSecond ? (
    <rect {...look} x={x - 2.5} y={y - 2.5} width={5} height={5}>
      <title>{words}</title>
    </rect>
  ) : (
    <circle {...look} cx={x} cy={y} r={2.75}>
      <title>{words}</title>
    </circle>
  );
}

/** Where the line w₀ + w₁·x + w₂·y = 0 enters and leaves a box; null where it misses it. */
export function crossing(
  [bias, first, second]: readonly [number, number, number],
  [left, right]: readonly [number, number],
  [bottom, top]: readonly [number, number]
): readonly [readonly [number, number], readonly [number, number]] | null {
  const found: [number, number][] = [];
  if (second !== 0) {
    for (const x of [left, right]) {
      const y = -(bias + first * x) / second;
      if (y >= bottom && y <= top) {
        found.push([x, y]);
      }
    }
  }
  if (first !== 0) {
    for (const y of [bottom, top]) {
      const x = -(bias + second * y) / first;
      if (x > left && x < right) {
        found.push([x, y]);
      }
    }
  }
  const [a, b] = found;
  return a && b ? [a, b] : null;
}
