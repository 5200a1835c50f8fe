import type { ComponentChild } from 'preact';
import {
  partitionNumber,
  type PartitionMetric
} from '../../analysis/partitions';
import { gini, maxOverMedian, topShare, variation } from '../../analysis/skew';
import { stageRole } from '../../analysis/stage-role';
import { stageName } from '../../analysis/task-columns';
import {
  formatCount,
  formatNumber,
  formatShare,
  formatTimes
} from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { VerdictHead } from '../shuffles/count-keys';
import { TermButton } from '../term-button';
import type { ITerm } from '../timeline/terms';
import { roleWords } from '../stages/stage-words';
import { keyOf, metricNamed, type IShown } from './partitions-data';
import {
  measureTerm,
  metricTerm,
  reasonWords,
  valueWords,
  type MeasureName
} from './words';

/** What the parts around the bars can do. */
export interface IShellActions {
  chooseStage(key: string): void;
  chooseMetric(metric: PartitionMetric | null): void;
  toggleSort(): void;
  fit(): void;
  /** Null where code cannot be put into a notebook, or the stage reads no shuffle that has keys. */
  readonly countKeys: (() => void) | null;
  explain(term: ITerm, anchor: HTMLElement): void;
  hideExplanation(): void;
}

interface IProps {
  readonly shown: IShown;
  readonly verdict: string;
  readonly isSorted: boolean;
  readonly isFit: boolean;
  readonly actions: IShellActions;
  readonly trans: ITranslation;
}

/** The verdict, and what is shown and how. */
export function Head(props: IProps): ComponentChild {
  const { verdict, actions, trans } = props;
  return (
    <>
      <VerdictHead
        verdict={verdict}
        countKeys={actions.countKeys}
        trans={trans}
      />
      <Controls {...props} />
    </>
  );
}

function Controls(props: IProps): ComponentChild {
  const { shown, isSorted, isFit, actions, trans } = props;
  const { measured, choices, metrics, reason } = shown;
  return (
    <div class="jp-Sparkglass-partitions-controls">
      <span
        class="jp-Sparkglass-partitions-picks"
        data-sparkglass-no-picture=""
      >
        <select
          class="jp-Sparkglass-select"
          aria-label={trans.__('Stage')}
          title={reason ? reasonWords(reason, trans) : ''}
          value={keyOf(measured)}
          onChange={event => actions.chooseStage(event.currentTarget.value)}
        >
          {choices.map(choice => (
            <option key={keyOf(choice)} value={keyOf(choice)}>
              {stageWords(choice, choices, trans)}
            </option>
          ))}
        </select>
        <select
          class="jp-Sparkglass-select"
          aria-label={trans.__('Measure')}
          value={measured.metric}
          onChange={event =>
            actions.chooseMetric(metricNamed(event.currentTarget.value))
          }
        >
          {metrics.map(metric => (
            <option key={metric} value={metric}>
              {metricTerm(metric, trans).name}
            </option>
          ))}
        </select>
        <button
          type="button"
          class="jp-Sparkglass-toggle"
          aria-pressed={isSorted}
          title={trans.__('The largest first, instead of by their numbers')}
          onClick={actions.toggleSort}
        >
          {trans.__('sorted')}
        </button>
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
      <Measures {...props} />
      {reason && reason !== 'only' && choices.length > 1 && (
        <span class="jp-Sparkglass-partitions-reason">
          {reasonWords(reason, trans)}
        </span>
      )}
    </div>
  );
}

function stageWords(
  { application, stage }: IShown['choices'][number],
  choices: IShown['choices'],
  trans: ITranslation
): string {
  const feeds = choices.some(
    other =>
      other.application === application &&
      other.stage.parentIds.includes(stage.id)
  );
  return trans.__(
    'Stage %1: %2',
    stageName(stage),
    roleWords(stageRole(stage, feeds), trans)
  );
}

/** The measures of unevenness, each explained when pointed at. */
function Measures({ shown, actions, trans }: IProps): ComponentChild {
  const { skew, values } = shown.measured;
  if (skew.count < 2 || skew.total === 0) {
    return null;
  }
  const figures: readonly (readonly [MeasureName, string])[] = [
    ['share', formatShare(topShare(skew))],
    ['times', formatTimes(maxOverMedian(skew.sorted))],
    ['variation', formatNumber(variation(values), 2)],
    ['gini', formatNumber(gini(skew.sorted), 2)]
  ];
  return (
    <ul
      class="jp-Sparkglass-measures"
      aria-label={trans.__('Measures of unevenness')}
    >
      {figures.map(([name, value]) => {
        const term = measureTerm(name, trans);
        return (
          <li key={name}>
            <TermButton
              onExplain={anchor => actions.explain(term, anchor)}
              onHide={actions.hideExplanation}
            >
              {term.name}
              <em>{value}</em>
            </TermButton>
          </li>
        );
      })}
    </ul>
  );
}

/** How many partitions are read out one by one. */
const MOST_READ = 12;

/** The picture as a table, for who cannot see it: the largest partitions. */
export function Unseen(props: {
  shown: IShown;
  spoken: string;
  trans: ITranslation;
}): ComponentChild {
  const { shown, spoken, trans } = props;
  const { measured } = shown;
  const { skew, metric, application, partitions, values } = measured;
  const largest = skew.sorted[Math.max(0, skew.count - MOST_READ)] ?? 0;
  const rows: number[] = [];
  for (let i = 0; i < values.length && rows.length < MOST_READ; i++) {
    if (values[i]! >= largest) {
      rows.push(i);
    }
  }
  rows.sort((a, b) => values[b]! - values[a]!);
  return (
    <div class="jp-Sparkglass-unseen">
      <table>
        <caption>{trans.__('The largest partitions')}</caption>
        <thead>
          <tr>
            <th scope="col">{trans.__('Partition')}</th>
            <th scope="col">{metricTerm(metric, trans).name}</th>
            <th scope="col">{trans.__('Executor')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(index => (
            <tr key={index}>
              <th scope="row">
                {formatCount(
                  partitionNumber(application.tasks, partitions, index)
                )}
              </th>
              <td>{valueWords(metric, values[index]!)}</td>
              <td>
                {application.strings[
                  application.tasks.executor[partitions.rows[index]!] ?? -1
                ] ?? ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div aria-live="polite">{spoken}</div>
    </div>
  );
}
