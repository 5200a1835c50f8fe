import type { ComponentChild } from 'preact';
import type { IScope } from '../../analysis/scope';
import type { ITheme } from '../../draw/theme';
import type { ITranslation } from '../../draw/words';
import type { IScopeActions } from '../scope-view';
import { select } from '../selection';
import type { ITerm } from '../timeline/terms';
import { Awaited } from './awaited';
import { Chosen } from './chosen';
import { CostTable } from './cost-table';
import type { CurveData, IShownCurve } from './curve-data';
import { curveTerm } from './curve-terms';
import { More } from './more';
import { PhaseTable } from './phase-table';
import type { IValueAt } from './point-card';
import { Serving } from './serving';
import { axisWords, type ICurveSettings } from './settings';

interface IProps {
  readonly data: CurveData;
  readonly shown: IShownCurve;
  readonly scope: IScope;
  readonly settings: ICurveSettings;
  /** The place of the axis that was chosen; null for none. */
  readonly chosen: number | null;
  readonly theme: ITheme;
  readonly trans: ITranslation;
  readonly actions: IScopeActions;
  readonly onSettings: (change: Partial<ICurveSettings>) => void;
  readonly onUnchoose: () => void;
  readonly onExplain: (term: ITerm, anchor: HTMLElement) => void;
  readonly onHide: () => void;
}

/** What stands below the plot of a curve. */
export function Foot(props: IProps): ComponentChild {
  const { data, shown, settings, trans } = props;
  const { measureTerm, isError } = shown;
  const averaged =
    isError && measureTerm !== 'accuracy' ? 'error' : measureTerm;
  return (
    <>
      <p class="jp-Sparkglass-curveAxis">{axisWords(settings.axis, trans)}</p>
      {props.chosen !== null && <Point {...props} place={props.chosen} />}
      {data.curve.lines.map(line => (
        <Awaited key={line.id} {...props} line={line} />
      ))}
      {shown.served.map(served => (
        <Serving key={served.key} {...props} served={served} />
      ))}
      <PhaseTable
        phases={shown.phases}
        rows={shown.phaseRows}
        measure={curveTerm(averaged, trans).name}
        trans={trans}
      />
      <CostTable {...props} rows={shown.costs} measure={measureTerm} />
      <More {...props} curve={data.curve} />
    </>
  );
}

/** The point that was chosen, and the ways from it that there are. */
function Point(props: IProps & { place: number }): ComponentChild {
  const { data, scope, settings, trans, actions, place } = props;
  const { goToRun } = actions;
  const values = data.valuesAt(place, settings);
  const queryOf = ({ queryRunId }: IValueAt) =>
    scope.queries().find(({ query }) => query.runId === queryRunId);
  // Only what is in this scope can be gone to in its other tabs.
  const jobOf = ({ jobs }: IValueAt) => {
    const parts = scope.parts();
    return jobs.find(({ application, job }) =>
      parts.some(
        part => part.application === application && part.jobs.includes(job)
      )
    );
  };
  return (
    <Chosen
      axis={settings.axis}
      place={place}
      values={values}
      happened={data.happenedAt(place, settings)}
      trans={trans}
      cellName={actions.cellName}
      onBatch={
        values.some(queryOf)
          ? value => {
              const entry = queryOf(value);
              if (entry) {
                select({
                  application: entry.application.ordinal,
                  queryRunId: entry.query.runId
                });
                actions.showTab('streams');
              }
            }
          : null
      }
      onJob={
        values.some(jobOf)
          ? value => {
              const found = jobOf(value);
              if (found) {
                select({
                  application: found.application.ordinal,
                  stageKey: found.job.stages.at(-1)?.key
                });
                actions.showTab('stages');
              }
            }
          : null
      }
      onCell={
        goToRun ? ({ cellRunId }) => cellRunId && goToRun(cellRunId) : null
      }
      onClose={props.onUnchoose}
    />
  );
}
