import type { ComponentChild } from 'preact';
import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { IPhase } from '../../analysis/curve-phases';
import { Sample } from './legend';
import type { ILineLook } from './plot';

/** What a learner was in each part of the examples. */
export interface IPhaseRow {
  readonly key: string;
  readonly name: string;
  readonly look: ILineLook;
  readonly parts: readonly IPhaseCell[];
}

export interface IPhaseCell {
  /** In words; a dash where nothing was scored. */
  readonly words: string;
  readonly examples: number;
  readonly isInSample: boolean;
  /** Whether no other learner that counts did better in this part. */
  readonly isBest: boolean;
}

interface IProps {
  readonly phases: readonly IPhase[];
  readonly rows: readonly IPhaseRow[];
  /** What is averaged. */
  readonly measure: string;
  readonly trans: ITranslation;
}

/** The plain mean of each part between two drifts, a learner a row; nothing where no drift is known. */
export function PhaseTable(props: IProps): ComponentChild {
  const { phases, rows, measure, trans } = props;
  if (phases.length === 0 || rows.length === 0) {
    return null;
  }
  const caption = trans.__('%1 before and after each drift', measure);
  return (
    <div class="jp-Sparkglass-curveTable jp-Sparkglass-curvePhases">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th
              scope="col"
              title={trans.__(
                'The plain mean over all rows of a part, each counting the same. Bold is the best; what was scored on its own training rows is not compared.'
              )}
            >
              {trans.__('mean %1', measure)}
            </th>
            {phases.map(({ from, to, drift }) => (
              <th key={from} scope="col">
                {to === Infinity
                  ? trans.__('from row %1', formatCount(from + 1))
                  : trans.__(
                      'rows %1–%2',
                      formatCount(from + 1),
                      formatCount(to)
                    )}
                {drift !== null && ` · ${drift}`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, look, parts }) => (
            <tr key={key}>
              <th scope="row">
                <Sample look={look} /> {name}
              </th>
              {parts.map((part, i) => (
                <td
                  key={i}
                  class={part.isInSample ? 'jp-mod-inSample' : undefined}
                  title={trans._n(
                    'Mean of %2 row',
                    'Mean of %2 rows',
                    part.examples,
                    formatCount(part.examples)
                  )}
                >
                  {part.isBest ? <b>{part.words}</b> : part.words}
                  {part.isInSample && ` ${trans.__('(own training rows)')}`}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
