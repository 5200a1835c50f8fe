import { signal, type Signal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { PHASE_NAMES, phaseVariable, type PhaseName } from '../../draw/palette';
import { formatCount, formatDuration, formatShare } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { TermButton } from '../term-button';
import { ToolButton } from '../tool-button';
import type { ILaneRow } from '../../analysis/timeline-table';
import { markTerm, phaseTerm, type ITerm, type MarkName } from './terms';

/** A long task, in the table for screen readers. */
export interface ILongTask {
  /** Row of the task table. */
  readonly key: number;
  readonly title: string;
  readonly durationMs: number;
  readonly state: string;
}

/** What the shell shows; the view writes it, Preact redraws what changed. */
export class ShellState {
  /** The verdict, one sentence. */
  readonly verdict: Signal<string> = signal('');
  readonly isEmpty: Signal<boolean> = signal(true);
  /** Tasks whose detail was dropped, so that they can't be drawn. */
  readonly dropped: Signal<number> = signal(0);
  readonly isFit: Signal<boolean> = signal(true);
  readonly isLegendOpen: Signal<boolean> = signal(true);
  /** Part of the tasks' time by phase. */
  readonly phaseShares: Signal<readonly number[]> = signal([]);
  readonly gcShare: Signal<number> = signal(0);
  readonly marks: Signal<readonly MarkName[]> = signal([]);
  readonly lanes: Signal<readonly ILaneRow[]> = signal([]);
  readonly longest: Signal<readonly ILongTask[]> = signal([]);
  /** Said aloud when it changes. */
  readonly spoken: Signal<string> = signal('');
}

/** What the shell's buttons do. */
export interface IShellActions {
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  toggleLegend(): void;
  explain(term: ITerm, anchor: HTMLElement): void;
  hideExplanation(): void;
}

interface IShellProps {
  state: ShellState;
  actions: IShellActions;
  trans: ITranslation;
}

/** Verdict and buttons. */
export function Head({ state, actions, trans }: IShellProps): ComponentChild {
  return (
    <div class="jp-Sparkglass-timeline-head">
      <div class="jp-Sparkglass-verdict" title={state.verdict.value}>
        {state.verdict}
      </div>
      {!state.isEmpty.value && (
        <div class="jp-Sparkglass-tools" data-sparkglass-no-picture="">
          <ToolButton
            label={trans.__('Zoom out')}
            disabled={state.isFit.value}
            onClick={actions.zoomOut}
            path="M3 7.25h10v1.5H3z"
          />
          <ToolButton
            label={trans.__('Zoom in')}
            onClick={actions.zoomIn}
            path="M3 7.25h4.25V3h1.5v4.25H13v1.5H8.75V13h-1.5V8.75H3z"
          />
          <ToolButton
            label={trans.__('Show everything')}
            disabled={state.isFit.value}
            onClick={actions.fit}
            path="M2 3h1.5v10H2zM12.5 3H14v10h-1.5zM4.5 8l3-2.75v2h1v-2l3 2.75-3 2.75v-2h-1v2z"
          />
          <ToolButton
            label={trans.__('Legend')}
            pressed={state.isLegendOpen.value}
            onClick={actions.toggleLegend}
            path="M2 3h3v3H2zM7 3.75h7v1.5H7zM2 9.5h3v3H2zM7 10.25h7v1.5H7z"
          />
        </div>
      )}
    </div>
  );
}

function Term(props: {
  term: ITerm;
  swatch: ComponentChild;
  share: number | null;
  actions: IShellActions;
}): ComponentChild {
  const { term, actions } = props;
  return (
    <li>
      <TermButton
        onExplain={anchor => actions.explain(term, anchor)}
        onHide={actions.hideExplanation}
      >
        {props.swatch}
        {term.name}
        {props.share !== null && <em>{formatShare(props.share)}</em>}
        <span class="jp-Sparkglass-unseen">{`${term.what} ${term.good}`}</span>
      </TermButton>
    </li>
  );
}

/** What colours and marks mean: only those that occur. */
export function Legend({ state, actions, trans }: IShellProps): ComponentChild {
  if (!state.isLegendOpen.value || state.isEmpty.value) {
    return null;
  }
  const phases = PHASE_NAMES.map((name, p) => ({
    name: name as PhaseName,
    share: state.phaseShares.value[p] ?? 0
  })).filter(phase => phase.share > 0);
  return (
    <ul class="jp-Sparkglass-legend" aria-label={trans.__('Legend')}>
      {phases.map(({ name, share }) => (
        <Term
          key={name}
          term={phaseTerm(name, trans)}
          swatch={<i style={{ background: `var(${phaseVariable(name)})` }} />}
          share={share}
          actions={actions}
        />
      ))}
      {state.marks.value.map(mark => (
        <Term
          key={mark}
          term={markTerm(mark, trans)}
          swatch={<i class={`jp-Sparkglass-mark jp-mod-${mark}`} />}
          share={mark === 'gc' ? state.gcShare.value : null}
          actions={actions}
        />
      ))}
    </ul>
  );
}

/** More lanes than this are not read out one by one. */
const MOST_ROWS = 32;

/** The picture as tables, for who cannot see it. */
export function Unseen({
  state,
  trans
}: Omit<IShellProps, 'actions'>): ComponentChild {
  return (
    <div class="jp-Sparkglass-unseen">
      <table>
        <caption>{trans.__('How busy each core was')}</caption>
        <thead>
          <tr>
            <th scope="col">{trans.__('Executor')}</th>
            <th scope="col">{trans.__('Core')}</th>
            <th scope="col">{trans.__('Tasks')}</th>
            <th scope="col">{trans.__('Busy')}</th>
          </tr>
        </thead>
        <tbody>
          {state.lanes.value.slice(0, MOST_ROWS).map(lane => (
            <tr key={`${lane.executor} ${lane.core}`}>
              <th scope="row">{lane.executor}</th>
              <td>{lane.core + 1}</td>
              <td>{formatCount(lane.tasks)}</td>
              <td>{formatShare(lane.busyShare)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>{trans.__('The tasks that took longest')}</caption>
        <thead>
          <tr>
            <th scope="col">{trans.__('Task')}</th>
            <th scope="col">{trans.__('Duration')}</th>
            <th scope="col">{trans.__('State')}</th>
          </tr>
        </thead>
        <tbody>
          {state.longest.value.map(task => (
            <tr key={task.key}>
              <th scope="row">{task.title}</th>
              <td>{formatDuration(task.durationMs)}</td>
              <td>{task.state}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div aria-live="polite">{state.spoken}</div>
    </div>
  );
}

/** What stands where there is nothing to draw yet. */
export function Empty({
  state,
  trans
}: Omit<IShellProps, 'actions'>): ComponentChild {
  if (!state.isEmpty.value) {
    return null;
  }
  return (
    <p class="jp-Sparkglass-empty">
      {state.dropped.value > 0
        ? trans.__(
            'There were more tasks than could be kept one by one: what they add up to is in the other tabs.'
          )
        : trans.__(
            'Spark cuts the work of a stage into tasks, one a partition; each will appear here, on the core that runs it.'
          )}
    </p>
  );
}
