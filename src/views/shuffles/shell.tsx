import type { ComponentChild } from 'preact';
import { limitsOf } from '../../analysis/shuffle-sizes';
import { stageName } from '../../analysis/task-columns';
import { formatBytes, formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { TermButton } from '../term-button';
import type { ITerm } from '../timeline/terms';
import { bytesOf, keyOf, type IShownShuffle } from './shuffles-data';
import { limitsWords, outcomeDetail, outcomeTerm, outcomeWords } from './words';

/** What the parts around the matrix can do. */
export interface IShellActions {
  choose(key: string): void;
  fit(): void;
  explain(term: ITerm, anchor: HTMLElement): void;
  hideExplanation(): void;
}

interface IProps {
  readonly shown: IShownShuffle;
  readonly isFit: boolean;
  readonly legend: HTMLElement;
  readonly actions: IShellActions;
  readonly trans: ITranslation;
}

/** Which shuffle it is, what became of it, what the colours mean and how exact they are. */
export function Aside(props: IProps): ComponentChild {
  const { shown, isFit, legend, actions, trans } = props;
  const { shuffle, outcome, choices } = shown;
  const detail = outcomeDetail(outcome, trans);
  return (
    <>
      <span
        class="jp-Sparkglass-partitions-picks"
        data-sparkglass-no-picture=""
      >
        <select
          class="jp-Sparkglass-select"
          aria-label={trans.__('Shuffle')}
          value={keyOf(shown)}
          onChange={event => actions.choose(event.currentTarget.value)}
        >
          {choices.map(choice => (
            <option key={keyOf(choice)} value={keyOf(choice)}>
              {trans.__(
                'Shuffle %1, of stage %2: %3',
                choice.shuffle.id,
                stageName(choice.stage),
                formatBytes(bytesOf(choice.shuffle))
              )}
            </option>
          ))}
        </select>
        {!isFit && (
          <button
            type="button"
            class="jp-Sparkglass-toggle"
            onClick={actions.fit}
          >
            {trans.__('Show everything')}
          </button>
        )}
      </span>
      <p>
        {trans.__(
          '%1 × %2',
          trans._n(
            '%2 map task',
            '%2 map tasks',
            shuffle.maps,
            formatCount(shuffle.maps)
          ),
          trans._n(
            '%2 reducer',
            '%2 reducers',
            shuffle.reducers,
            formatCount(shuffle.reducers)
          )
        )}
      </p>
      <p>
        <TermButton
          class="jp-Sparkglass-outcome"
          onExplain={anchor => actions.explain(outcomeTerm(trans), anchor)}
          onHide={actions.hideExplanation}
        >
          <b>{outcomeWords(outcome, trans)}</b>
        </TermButton>
        {detail && <span class="jp-Sparkglass-outcomeDetail">{detail}</span>}
      </p>
      <div
        class="jp-Sparkglass-shuffles-legend"
        ref={node => {
          if (node && legend.parentElement !== node) {
            node.replaceChildren(legend);
          }
        }}
      />
      <p class="jp-Sparkglass-shuffles-limits">
        {shuffle.matrix
          ? limitsWords(limitsOf(shuffle), shuffle.maps, trans)
          : trans.__('Only the totals of this shuffle are known.')}
      </p>
    </>
  );
}
