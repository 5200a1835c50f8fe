export * from './eventlog-source';
export * from './files';
export * from './layout';
export { isRollingFolder, parseLogName } from './log-name';
export type { LogProblem } from './problems';
export * from './reader';
