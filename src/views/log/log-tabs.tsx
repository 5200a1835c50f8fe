import type { ITranslation } from '../../draw/words';

/** The tabs of an opened application, in order. */
export const LOG_TABS = ['overview', 'timeline', 'stages', 'tasks'] as const;
export type LogTab = (typeof LOG_TABS)[number];

interface ITabsProps {
  /** Makes the ids of this view's parts unique in the page. */
  readonly id: string;
  readonly tab: LogTab;
  readonly trans: ITranslation;
  readonly onSelect: (tab: LogTab) => void;
}

/** The row of tabs; arrow keys go from one to the next. */
export function LogTabs({ id, tab, trans, onSelect }: ITabsProps) {
  const move = (event: KeyboardEvent): void => {
    const at = LOG_TABS.indexOf(tab);
    const to = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: LOG_TABS.length - 1
    }[event.key];
    const wanted = to === undefined ? undefined : LOG_TABS[to];
    if (wanted) {
      event.preventDefault();
      onSelect(wanted);
      (event.currentTarget as HTMLElement)
        .querySelectorAll<HTMLElement>('[role=tab]')
        [LOG_TABS.indexOf(wanted)]?.focus();
    }
  };
  return (
    <div
      class="jp-Sparkglass-tabs"
      role="tablist"
      aria-label={trans.__('Views of the application')}
      onKeyDown={move}
    >
      {LOG_TABS.map(name => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`${id}-tab-${name}`}
          aria-selected={tab === name}
          aria-controls={`${id}-panel`}
          tabIndex={tab === name ? 0 : -1}
          class="jp-Sparkglass-tab"
          title={tabReason(name, trans)}
          onClick={() => onSelect(name)}
        >
          {tabWord(name, trans)}
        </button>
      ))}
    </div>
  );
}

function tabWord(tab: LogTab, trans: ITranslation): string {
  switch (tab) {
    case 'overview':
      return trans.__('Overview');
    case 'timeline':
      return trans.__('Timeline');
    case 'stages':
      return trans.__('Stages');
    case 'tasks':
      return trans.__('Tasks');
  }
}

function tabReason(tab: LogTab, trans: ITranslation): string {
  switch (tab) {
    case 'overview':
      return trans.__('Jobs and executors over time');
    case 'timeline':
      return trans.__('Which core worked on what, and when');
    case 'stages':
      return trans.__('The steps between shuffles, and how they hang together');
    case 'tasks':
      return trans.__('Every task with its numbers');
  }
}
