export { OverviewView, type IOverviewOptions } from './overview-view';
export { overviewVerdict } from './verdict-words';
