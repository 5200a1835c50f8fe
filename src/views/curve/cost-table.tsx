import type { ComponentChild } from 'preact';
import { formatBytes, formatCount, formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { TermButton } from '../term-button';
import type { ITerm } from '../timeline/terms';
import { curveTerm, type CurveTerm } from './curve-terms';
import { Sample } from './legend';
import type { ILineLook } from './plot';
import { priceWords, type ICurveSettings } from './settings';

/** What a learner came to, and what it has cost so far. NaN = not known. */
export interface ICostRow {
  readonly key: string;
  readonly name: string;
  readonly learner: string | null;
  readonly look: ILineLook;
  /** The measure now, in words. */
  readonly now: string;
  /** The probe's now, in words; empty for none. */
  readonly probe: string;
  readonly sparkCpuNs: number;
  readonly pythonCpuNs: number;
  readonly bytesRead: number;
  readonly visits: number;
  readonly retrains: number;
  readonly modelBytes: number;
}

interface IProps {
  readonly rows: readonly ICostRow[];
  /** What is measured. */
  readonly measure: CurveTerm;
  readonly settings: ICurveSettings;
  readonly onSettings: (change: Partial<ICurveSettings>) => void;
  readonly trans: ITranslation;
  readonly onExplain: (term: ITerm, anchor: HTMLElement) => void;
  readonly onHide: () => void;
}

type Column = readonly [CurveTerm, (row: ICostRow) => string, string?];

/** Cost beside error, a learner a row. */
export function CostTable(props: IProps): ComponentChild {
  const { rows, measure, settings, trans } = props;
  const { cpuHourPrice } = settings;
  if (rows.length === 0) {
    return null;
  }
  const known = (value: number, format: (value: number) => string): string =>
    Number.isFinite(value) && value >= 0 ? format(value) : '–';
  const columns: Column[] = [
    [measure, row => row.now, trans.__('now')],
    ['probe', row => row.probe || '–'],
    ['sparkCpu', row => known(row.sparkCpuNs / 1e6, formatDuration)],
    ['pythonCpu', row => known(row.pythonCpuNs / 1e6, formatDuration)],
    ...(cpuHourPrice === null ? [] : [priced(cpuHourPrice)]),
    ['bytesRead', row => known(row.bytesRead, formatBytes)],
    ['visits', row => known(row.visits, formatCount)],
    ['retrains', row => known(row.retrains, formatCount)],
    ['modelBytes', row => known(row.modelBytes, formatBytes)]
  ];
  return (
    <div class="jp-Sparkglass-curveTable">
      <table>
        <caption>{trans.__('What each learner came to, and its cost')}</caption>
        <thead>
          <tr>
            <th scope="col">{trans.__('learner')}</th>
            {columns.map(([term, , more]) => (
              <th key={term} scope="col">
                <Head {...props} term={curveTerm(term, trans)} more={more} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.key}>
              <th scope="row" title={row.learner ?? undefined}>
                <Sample look={row.look} /> {row.name}
              </th>
              {columns.map(([term, words]) => (
                <td key={term}>{words(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <label class="jp-Sparkglass-curvePrice" data-sparkglass-no-picture="">
        {trans.__('An hour of one processor costs')}
        <input
          type="number"
          min="0"
          step="any"
          placeholder="–"
          value={cpuHourPrice ?? ''}
          title={trans.__(
            'Say a price, and the table says what each learner has cost so far. It stays in this page.'
          )}
          onInput={event =>
            props.onSettings({ cpuHourPrice: priceOf(event.currentTarget) })
          }
        />
      </label>
    </div>
  );
}

function priced(hourPrice: number): Column {
  return [
    'price',
    ({ sparkCpuNs, pythonCpuNs }) =>
      priceWords((sparkCpuNs || 0) + (pythonCpuNs || 0), hourPrice)
  ];
}

/** The number that somebody typed; null for none. */
function priceOf({ valueAsNumber }: HTMLInputElement): number | null {
  return valueAsNumber >= 0 ? valueAsNumber : null;
}

function Head(
  props: IProps & { term: ITerm; more: string | undefined }
): ComponentChild {
  const { term, more, onExplain, onHide } = props;
  return (
    <TermButton onExplain={anchor => onExplain(term, anchor)} onHide={onHide}>
      {term.name}
      {more ? ` ${more}` : ''}
    </TermButton>
  );
}
