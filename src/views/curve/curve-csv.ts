import type { IPlot } from './plot';
import type { ICurveSettings } from './settings';

/** A plot as a table: a row a point and line, as it is drawn. Numbers are written for programs: a full stop, no groups. */
export function csvOf(
  { lines }: Pick<IPlot, 'lines'>,
  { axis, measure, estimator }: ICurveSettings
): string {
  const rows = [['line', axis, measure, 'estimator'].join(',')];
  for (const { name, main } of lines) {
    for (let i = 0; i < main.x.length; i++) {
      const value = main.y[i]!;
      rows.push(
        [
          quoted(name),
          String(main.x[i]!),
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
