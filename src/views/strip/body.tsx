import { useRef } from 'preact/hooks';
import type { ITranslation } from '../../draw/words';
import { PictureButtons } from '../picture';
import {
  STRIP_TABS,
  type IStripActions,
  type IStripModel,
  type StripTab
} from './model';
import { plannedReason } from './sentence';
import { TabContent } from './tab-content';

/** The body may be dragged between these, in pixels. */
export const LEAST_HEIGHT_PX = 96;
export const MOST_HEIGHT_PX = 800;

interface IProps {
  readonly strip: IStripModel;
  readonly actions: IStripActions;
  readonly trans: ITranslation;
  readonly id: string;
}

/** The open part of a strip: tabs, what the chosen one shows, and an edge to drag. */
export function StripBody({ strip, actions, trans, id }: IProps) {
  const panel = useRef<HTMLDivElement>(null);
  if (strip.summary.state === 'planned') {
    return (
      <div class="jp-Sparkglass-stripPlan" id={`${id}-body`}>
        <p>{plannedReason(strip.run.dataFrames, trans)}</p>
        <ul>
          {strip.run.dataFrames.map(note => (
            <li key={note.name}>
              <code>{note.name}</code>: {note.operations.join(' → ')}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <div
      class="jp-Sparkglass-stripBody"
      id={`${id}-body`}
      style={{ height: `${strip.heightPx}px` }}
    >
      <div class="jp-Sparkglass-tabRow">
        <div
          class="jp-Sparkglass-tabs"
          role="tablist"
          aria-label={trans.__('Details of this run')}
          onKeyDown={event => moveAlong(event, strip.tab, actions)}
        >
          {STRIP_TABS.map(tab => (
            <button
              key={tab}
              type="button"
              role="tab"
              id={`${id}-tab-${tab}`}
              aria-selected={strip.tab === tab}
              aria-controls={`${id}-panel`}
              tabIndex={strip.tab === tab ? 0 : -1}
              class="jp-Sparkglass-tab"
              title={tabReason(tab, trans)}
              onClick={() => actions.selectTab(tab)}
            >
              {tabWord(tab, trans)}
            </button>
          ))}
        </div>
        <PictureButtons
          view={() => panel.current}
          name={`cell-${strip.run.number}-${strip.tab}`}
          trans={trans}
        />
      </div>
      <div
        ref={panel}
        class="jp-Sparkglass-tabPanel"
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${strip.tab}`}
      >
        <TabContent strip={strip} actions={actions} trans={trans} />
      </div>
      <Edge strip={strip} actions={actions} trans={trans} />
    </div>
  );
}

/** Arrow keys go from tab to tab, as in every tab list. */
function moveAlong(
  event: KeyboardEvent,
  tab: StripTab,
  actions: IStripActions
): void {
  const at = STRIP_TABS.indexOf(tab);
  const last = STRIP_TABS.length - 1;
  const to =
    event.key === 'ArrowRight'
      ? Math.min(at + 1, last)
      : event.key === 'ArrowLeft'
        ? Math.max(at - 1, 0)
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? last
            : -1;
  const wanted = STRIP_TABS[to];
  if (wanted) {
    event.preventDefault();
    actions.selectTab(wanted);
    const list = event.currentTarget as HTMLElement;
    list.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
  }
}

function tabWord(tab: StripTab, trans: ITranslation): string {
  switch (tab) {
    case 'timeline':
      return trans.__('Timeline');
    case 'stages':
      return trans.__('Stages');
    case 'tasks':
      return trans.__('Tasks');
  }
}

function tabReason(tab: StripTab, trans: ITranslation): string {
  switch (tab) {
    case 'timeline':
      return trans.__('Which core worked on what, and when');
    case 'stages':
      return trans.__('The steps between shuffles, and how they hang together');
    case 'tasks':
      return trans.__('Every task with its numbers');
  }
}

/** The lower edge: drag it, or move it with the arrow keys. */
function Edge({ strip, actions, trans }: Omit<IProps, 'id'>) {
  const set = (height: number): void =>
    actions.resize(
      Math.round(Math.min(MOST_HEIGHT_PX, Math.max(LEAST_HEIGHT_PX, height)))
    );
  const drag = (event: PointerEvent): void => {
    const edge = event.currentTarget as HTMLElement;
    const from = event.clientY;
    const height = strip.heightPx;
    edge.setPointerCapture(event.pointerId);
    const move = (e: PointerEvent): void => set(height + e.clientY - from);
    const end = (): void => {
      edge.removeEventListener('pointermove', move);
      edge.removeEventListener('pointerup', end);
      edge.removeEventListener('pointercancel', end);
    };
    edge.addEventListener('pointermove', move);
    edge.addEventListener('pointerup', end);
    edge.addEventListener('pointercancel', end);
    event.preventDefault();
  };
  return (
    <div
      class="jp-Sparkglass-edge"
      role="separator"
      aria-orientation="horizontal"
      aria-label={trans.__('Height of the details')}
      aria-valuenow={strip.heightPx}
      aria-valuemin={LEAST_HEIGHT_PX}
      aria-valuemax={MOST_HEIGHT_PX}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={event => {
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          event.preventDefault();
          set(strip.heightPx + (event.key === 'ArrowDown' ? 24 : -24));
        }
      }}
    />
  );
}
