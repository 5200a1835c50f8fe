import type { ICurveSettings } from './settings';

/** A line with all its points. */
export interface ITabled {
  readonly name: string;
  readonly axis: { readonly x: ArrayLike<number> };
  readonly estimate: {
    readonly value: ArrayLike<number>;
    readonly length: number;
  };
}

/**
 * Lines as a table: a row a point and line, also where the plot has one pixel for many. Numbers are written for programs: a full stop, no groups.
 *
 * @param part - of the axis; null = all of it.
 */
export function csvOf(
  lines: readonly ITabled[],
  { axis, measure, estimator }: ICurveSettings,
  part: readonly [number, number] | null
): string {
  const [from, to] = part ?? [-Infinity, Infinity];
  const rows = [['line', axis, measure, 'estimator'].join(',')];
  for (const { name, axis: places, estimate } of lines) {
    for (let row = 0; row < estimate.length; row++) {
      const x = places.x[row]!;
      if (x < from || x > to) {
        continue;
      }
      const value = estimate.value[row]!;
      rows.push(
        [
          quoted(name),
          String(x),
          // A gap is an empty field.
          Number.isFinite(value) ? String(value) : '',
          estimator
        ].join(',')
      );
    }
  }
  return `${rows.join('\n')}\n`;
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
