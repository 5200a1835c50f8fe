import type { CurveAxis } from '../../analysis/curve-axes';
import type { IPointJob } from '../../analysis/curve-point-jobs';
import type { ComponentChild } from 'preact';
import { formatCount, formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { Sample } from './legend';
import type { ILineLook } from './plot';
import { axisWords, placeWords } from './settings';

/** What a line says at a place of the axis. */
export interface IValueAt {
  readonly key: string;
  readonly name: string;
  readonly look: ILineLook;
  /** In words. */
  readonly value: string;
  /** Of an approximation. */
  readonly isApproximate: boolean;
  /** Micro-batch that made the point; null for none. */
  readonly batchId: number | null;
  readonly queryRunId: string | null;
  readonly cellRunId: string | null;
  /** The jobs that made the point, those that are still known. */
  readonly jobs: readonly IPointJob[];
  /** Rows that the point added. */
  readonly examples: number;
  readonly elapsedMs: number;
  readonly isInSample: boolean;
  readonly isRepeat: boolean;
}

/** What happened at a place. */
export interface IHappened {
  readonly name: string;
  readonly detail: string;
}

interface IProps {
  readonly axis: CurveAxis;
  readonly place: number;
  readonly values: readonly IValueAt[];
  readonly happened: readonly IHappened[];
  readonly trans: ITranslation;
  /** How the cell of a run is called, such as `[3]`; null when it is gone. */
  readonly cellName: ((runId: string) => string | null) | null;
}

/** So many jobs are named. */
const MOST_JOBS = 4;

/** Every line at one place of the axis, in exact numbers, and what made the points. */
export function PointCard(props: IProps): ComponentChild {
  const { axis, place, values, happened, trans, cellName } = props;
  const first = values.find(({ examples }) => examples > 0) ?? values[0];
  return (
    <div class="jp-Sparkglass-curveCard">
      <strong>
        {axis === 'examples'
          ? trans.__('after %1 rows', formatCount(place))
          : `${axisWords(axis, trans)}: ${placeWords(axis, place)}`}
      </strong>
      <table>
        <tbody>
          {values.map(value => (
            <tr key={value.key}>
              <th scope="row">
                <Sample look={value.look} /> {value.name}
              </th>
              <td>
                {value.isApproximate ? '≈ ' : ''}
                {value.value}
              </td>
              <td>{noteOf(value, trans)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {first && (
        <p>
          {[
            first.batchId === null
              ? ''
              : trans.__('Batch %1', formatCount(first.batchId)),
            jobWords(first, trans),
            cellWords(first, cellName, trans),
            first.examples > 0
              ? trans._n(
                  'adds %2 row',
                  'adds %2 rows',
                  first.examples,
                  formatCount(first.examples)
                )
              : '',
            trans.__('%1 after the start', formatDuration(first.elapsedMs))
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {happened.map(({ name, detail }) => (
        <p key={name + detail}>
          <b>{name}</b>
          {detail && `: ${detail}`}
        </p>
      ))}
    </div>
  );
}

function jobWords({ jobs }: IValueAt, trans: ITranslation): string {
  const ids = jobs.map(({ job }) => job.id).sort((a, b) => a - b);
  const more = ids.length > MOST_JOBS ? ', …' : '';
  return ids.length === 0
    ? ''
    : trans._n(
        'job %2',
        'jobs %2',
        ids.length,
        ids.slice(0, MOST_JOBS).join(', ') + more
      );
}

function cellWords(
  { cellRunId }: IValueAt,
  cellName: IProps['cellName'],
  trans: ITranslation
): string {
  const name = cellRunId === null ? null : cellName?.(cellRunId);
  return name ? trans.__('cell %1', name) : '';
}

function noteOf(value: IValueAt, trans: ITranslation): string {
  return value.isRepeat
    ? trans.__('delivered before, not learnt again')
    : value.isInSample
      ? trans.__('on its own training rows: does not count')
      : '';
}
