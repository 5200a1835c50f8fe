export { LogView, type ILogViewOptions } from './log-view';
export type { IReading } from './log-head';
