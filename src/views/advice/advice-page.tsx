import { useState } from 'preact/hooks';
import type { Advice, IAdvised } from '../../analysis/advice';
import type { ITimeSplit } from '../../analysis/critical-path';
import { timeVerdict } from '../../analysis/time-verdict';
import type { IWhatIf } from '../../analysis/what-if';
import type { ITranslation } from '../../draw/words';
import type { IScopeActions } from '../scope-view';
import { Hint } from './hint';
import { ruleWords } from './rule-words';
import { TimeBar, type OnPart } from './time-bar';
import { timeVerdictWords } from './time-words';

interface IProps {
  readonly split: ITimeSplit | null;
  readonly whatIf: IWhatIf | null;
  readonly advised: IAdvised;
  /** How many rules are off. */
  readonly off: number;
  readonly trans: ITranslation;
  readonly actions: IScopeActions;
  readonly onPart: OnPart;
  readonly onShow: (advice: Advice) => void;
}

/** Where the time went, what would make it faster, and what was looked at. */
export function AdvicePage(props: IProps) {
  const { split, whatIf, advised, trans } = props;
  const verdict = timeVerdictWords(timeVerdict(split), trans);
  return (
    <>
      <h2 class="jp-Sparkglass-verdict" title={verdict}>
        {verdict}
      </h2>
      {split && split.wallMs > 0 && (
        <TimeBar
          split={split}
          whatIf={whatIf}
          trans={trans}
          onPart={props.onPart}
        />
      )}
      <Hints {...props} />
      <p class="jp-Sparkglass-advice-foot">{footWords(props)}</p>
      {split && (
        <p class="jp-Sparkglass-advice-foot">
          {methodWords(split, whatIf, trans)}
        </p>
      )}
      {advised.blind.length > 0 && (
        <p class="jp-Sparkglass-advice-foot">{blindWords(advised, trans)}</p>
      )}
    </>
  );
}

function Hints({ advised, trans, actions, onShow }: IProps) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <ul class="jp-Sparkglass-hints" aria-label={trans.__('Hints')}>
      {advised.advice.map(advice => {
        const key = keyOf(advice);
        return (
          <Hint
            key={key}
            advice={advice}
            open={open === key}
            trans={trans}
            actions={actions}
            onToggle={() => setOpen(open === key ? null : key)}
            onShow={() => onShow(advice)}
          />
        );
      })}
    </ul>
  );
}

function keyOf({ rule, about }: Advice): string {
  const { application, stage, executionId, planNode, query } = about;
  return [
    rule,
    application.ordinal,
    stage?.key ?? '',
    executionId ?? '',
    planNode ?? '',
    query?.runId ?? ''
  ].join(' ');
}

/** What was looked for, and that nothing was found when it is so. */
function footWords({ advised, off, trans }: IProps): string {
  const rules = advised.checked.map(rule => ruleWords(rule, trans)).join(' · ');
  const checked = trans._n(
    'Looked for %1 thing: %2.',
    'Looked for %1 things: %2.',
    advised.checked.length,
    rules
  );
  return [
    advised.advice.length === 0 && advised.checked.length > 0
      ? trans.__('Nothing to improve was found.')
      : '',
    advised.checked.length > 0 ? checked : '',
    off > 0
      ? trans._n(
          '%1 rule is off in the settings.',
          '%1 rules are off in the settings.',
          off
        )
      : ''
  ]
    .filter(text => text !== '')
    .join(' ');
}

function methodWords(
  split: ITimeSplit,
  whatIf: IWhatIf | null,
  trans: ITranslation
): string {
  if (whatIf) {
    return trans.__(
      'The shorter bars come from running the measured tasks again on paper, on %1 and on %2 cores; what really happened came out %3 % off.',
      whatIf.cores,
      2 * whatIf.cores,
      Math.round(Math.abs(whatIf.error) * 100)
    );
  }
  return split.window.isOver
    ? trans.__(
        'What balance or more cores would bring cannot be told here: too little is known of the tasks.'
      )
    : trans.__(
        'What balance or more cores would bring is told when it has ended.'
      );
}

function blindWords({ blind }: IAdvised, trans: ITranslation): string {
  const named = (why: 'metrics' | 'rows'): string =>
    blind
      .filter(entry => entry.why === why)
      .map(({ rule }) => ruleWords(rule, trans))
      .join(' · ');
  const [metrics, rows] = [named('metrics'), named('rows')];
  return [
    metrics &&
      trans.__(
        'Not fully judged, as the figures of the plan’s operators are not there: %1.',
        metrics
      ),
    rows &&
      trans.__(
        'Not fully judged, as details of tasks were dropped to save memory: %1.',
        rows
      )
  ]
    .filter(text => text !== '')
    .join(' ');
}
