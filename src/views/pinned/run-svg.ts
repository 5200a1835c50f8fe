import { readCallSite } from '../../analysis/call-site';
import { runScope } from '../../analysis/scope';
import { formatCount, formatDuration } from '../../draw/format';
import { escapeXml } from '../../draw/escape-xml';
import type { ITranslation } from '../../draw/words';
import type { CellRun, StageAttempt } from '../../model';

const WIDTH = 720;
const LEFT = 190;
const RIGHT = 70;
const ROW = 16;
const TOP = 34;
/** A picture in a notebook should not be taller than a screen. */
const MOST_ROWS = 24;

/** The light palette: exported notebooks are read on white. */
const COLOURS: Readonly<Record<StageAttempt['status'], string>> = {
  pending: '#8a8f99',
  active: '#1c6cb3',
  complete: '#4a9b5e',
  failed: '#b3201f',
  skipped: '#8a8f99'
};

/**
 * A run as a picture that needs no script: its stages over time, under the sentence that sums it up.
 *
 * @returns an SVG document. All text is escaped; there are no links, scripts or style sheets.
 */
export function runSvg(
  run: CellRun,
  sentence: string,
  trans: ITranslation
): string {
  const stages = runScope(run)
    .parts()
    .flatMap(part => part.stages)
    .filter(stage => stage.submissionTime !== null);
  const longest = [...stages]
    .sort((a, b) => duration(b) - duration(a))
    .slice(0, MOST_ROWS);
  const shown = stages.filter(stage => longest.includes(stage));
  const start = Math.min(...shown.map(stage => stage.submissionTime!));
  const end = Math.max(...shown.map(stage => endOf(stage)), start + 1);
  const x = (time: number): number =>
    LEFT + ((time - start) / (end - start)) * (WIDTH - LEFT - RIGHT);
  const hidden = stages.length - shown.length;
  const height = TOP + shown.length * ROW + (hidden > 0 ? ROW : 0) + 8;
  const rows = shown.map((stage, i) => {
    const y = TOP + i * ROW;
    const from = x(stage.submissionTime!);
    const width = Math.max(1.5, x(endOf(stage)) - from);
    const failed = stage.status === 'failed' ? ` · ${trans.__('failed')}` : '';
    const words = `${formatDuration(duration(stage))}${failed}`;
    return (
      text(LEFT - 8, y + 11, stageName(stage, trans), 'end', '#424242') +
      `<rect x="${fixed(from)}" y="${y + 2}" width="${fixed(width)}" height="${ROW - 4}" rx="2" fill="${COLOURS[stage.status]}"/>` +
      text(from + width + 4, y + 11, words, 'start', '#616161')
    );
  });
  const more =
    hidden > 0
      ? text(
          LEFT,
          TOP + shown.length * ROW + 11,
          trans._n(
            'and %2 shorter stage',
            'and %2 shorter stages',
            hidden,
            formatCount(hidden)
          ),
          'start',
          '#616161'
        )
      : '';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="11">` +
    `<title>${escapeXml(sentence)}</title>` +
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>` +
    `<text x="8" y="20" font-size="12" font-weight="600" fill="#212121">${escapeXml(sentence)}</text>` +
    rows.join('') +
    more +
    '</svg>'
  );
}

function stageName(stage: StageAttempt, trans: ITranslation): string {
  const { action } = readCallSite(stage.name);
  const name = trans.__('stage %1', stage.id);
  const retry = stage.attempt > 0 ? `.${stage.attempt}` : '';
  return action === null
    ? `${name}${retry}`
    : `${name}${retry} · ${action.slice(0, 18)}`;
}

function endOf(stage: StageAttempt): number {
  return stage.completionTime ?? stage.submissionTime ?? 0;
}

function duration(stage: StageAttempt): number {
  return endOf(stage) - (stage.submissionTime ?? 0);
}

function fixed(n: number): string {
  return String(Math.round(n * 10) / 10);
}

function text(
  x: number,
  y: number,
  words: string,
  anchor: 'start' | 'end',
  fill: string
): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}" fill="${fill}">${escapeXml(words)}</text>`;
}
