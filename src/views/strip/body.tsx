import { useRef } from 'preact/hooks';
import type { ITranslation } from '../../draw/words';
import { PictureButtons } from '../picture';
import { TabList } from '../tab-list';
import { runScope } from '../../analysis/scope';
import { tabsFor } from '../open-view';
import type { IStripActions, IStripModel } from './model';
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
        <TabList
          id={id}
          label={trans.__('Details of this run')}
          tabs={tabsFor(runScope(strip.run))}
          tab={strip.tab}
          trans={trans}
          onSelect={tab => actions.selectTab(tab)}
        />
        {actions.openDetails && (
          <button
            type="button"
            class="jp-Sparkglass-button jp-mod-quiet jp-Sparkglass-openDetails"
            title={trans.__('Open in a tab: as large as the window')}
            aria-label={trans.__('Open in a tab')}
            onClick={actions.openDetails}
          >
            <span aria-hidden="true">⤢</span>
          </button>
        )}
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
