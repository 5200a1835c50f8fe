import type { ComponentChild } from 'preact';
import { jobTitle } from '../../analysis/stage-title';
import type { ITranslation } from '../../draw/words';
import { titleWords } from '../title-words';
import { TermButton } from '../term-button';
import type { ITerm } from '../timeline/terms';
import type { IChoice } from './lineage-data';
import { lineageTerm, type LineageTerm } from './lineage-terms';

/** Verdict and the choice of a job. */
export function Head(props: {
  verdict: string;
  choices: readonly IChoice[];
  chosen: IChoice | null;
  onChoose: (choice: IChoice) => void;
  trans: ITranslation;
}): ComponentChild {
  const { verdict, choices, chosen, trans } = props;
  return (
    <div class="jp-Sparkglass-lineage-head">
      <div class="jp-Sparkglass-verdict" title={verdict}>
        {verdict}
      </div>
      {choices.length > 1 && (
        <label data-sparkglass-no-picture="">
          <span class="jp-Sparkglass-unseen">{trans.__('Job')}</span>
          <select
            value={choices.indexOf(chosen ?? choices[0]!)}
            onChange={event => {
              const choice = choices[Number(event.currentTarget.value)];
              if (choice) {
                props.onChoose(choice);
              }
            }}
          >
            {choices.map(({ application, job }, i) => (
              <option key={i} value={i}>
                {trans.__('Job %1', job.id)}{' '}
                {titleWords(jobTitle(application, job), trans)}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

/** What the threads and cells mean: only those that occur. */
export function Legend(props: {
  terms: readonly LineageTerm[];
  onExplain: (term: ITerm | null, target: HTMLElement | null) => void;
  trans: ITranslation;
}): ComponentChild {
  const { terms, onExplain, trans } = props;
  return (
    <ul class="jp-Sparkglass-legend" aria-label={trans.__('Legend')}>
      {terms.map(name => {
        const term = lineageTerm(name, trans);
        return (
          <li key={name}>
            <TermButton
              onExplain={anchor => onExplain(term, anchor)}
              onHide={() => onExplain(null, null)}
            >
              <i class={`jp-Sparkglass-lineage-mark jp-mod-${name}`} />
              {term.name}
              <span class="jp-Sparkglass-unseen">{`${term.what} ${term.good}`}</span>
            </TermButton>
          </li>
        );
      })}
    </ul>
  );
}
