import type { ITranslation } from '../draw/words';
import type { TabName } from './tab-names';

interface ITabListProps<T extends TabName> {
  /** Makes the ids of tabs and panel unique in the page: `…-tab-stages`, `…-panel`. */
  readonly id: string;
  /** What the tabs are of, for a screen reader. */
  readonly label: string;
  /** In order. */
  readonly tabs: readonly T[];
  readonly tab: T;
  readonly trans: ITranslation;
  readonly onSelect: (tab: T) => void;
}

/** A row of tabs; arrow keys go from one to the next. */
export function TabList<T extends TabName>({
  id,
  label,
  tabs,
  tab,
  trans,
  onSelect
}: ITabListProps<T>) {
  const move = (event: KeyboardEvent): void => {
    const at = tabs.indexOf(tab);
    const last = tabs.length - 1;
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
    const wanted = tabs[to];
    if (wanted) {
      event.preventDefault();
      onSelect(wanted);
      const list = event.currentTarget as HTMLElement;
      list.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
    }
  };
  return (
    <div
      class="jp-Sparkglass-tabs"
      role="tablist"
      aria-label={label}
      onKeyDown={move}
    >
      {tabs.map(name => (
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

function tabWord(tab: TabName, trans: ITranslation): string {
  switch (tab) {
    case 'overview':
      return trans.__('Overview');
    case 'curve':
      return trans.__('Curve');
    case 'streams':
      return trans.__('Stream');
    case 'timeline':
      return trans.__('Timeline');
    case 'stages':
      return trans.__('Stages');
    case 'tasks':
      return trans.__('Tasks');
    case 'partitions':
      return trans.__('Partitions');
    case 'shuffles':
      return trans.__('Shuffles');
    case 'plan':
      return trans.__('Plan');
    case 'lineage':
      return trans.__('Lineage');
    case 'advice':
      return trans.__('Advice');
  }
}

function tabReason(tab: TabName, trans: ITranslation): string {
  switch (tab) {
    case 'overview':
      return trans.__('Jobs and executors over time');
    case 'curve':
      return trans.__(
        'How well models learn, row by row and in batches, and what it costs'
      );
    case 'streams':
      return trans.__('What a streaming query reads, batch by batch');
    case 'timeline':
      return trans.__('Which core worked on what, and when');
    case 'stages':
      return trans.__('The steps between shuffles, and how they hang together');
    case 'tasks':
      return trans.__('Every task with its numbers');
    case 'partitions':
      return trans.__(
        'How the rows, bytes and time are spread over partitions'
      );
    case 'shuffles':
      return trans.__('Which map task sent how much to which reduce partition');
    case 'plan':
      return trans.__('What Spark SQL decided to do, operator by operator');
    case 'lineage':
      return trans.__(
        'Which partitions were made of which, and what is cached'
      );
    case 'advice':
      return trans.__('Where the time went, and what would make it faster');
  }
}
