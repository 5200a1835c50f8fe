/** Tabs whose view takes a scope and fills what it is put into. */
export const SCOPE_TABS = [
  'curve',
  'streams',
  'partitions',
  'shuffles',
  'plan',
  'lineage',
  'advice'
] as const;
export type ScopeTab = (typeof SCOPE_TABS)[number];

/** A view that a tab opens. */
export type TabName = 'overview' | 'timeline' | 'stages' | 'tasks' | ScopeTab;

/** Whether a tab is one of these. */
export function isScopeTab(tab: TabName): tab is ScopeTab {
  return (SCOPE_TABS as readonly TabName[]).includes(tab);
}
