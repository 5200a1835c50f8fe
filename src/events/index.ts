export * from './batch';
export * from './columns';
export * from './eventlog-line';
export * from './frame';
export * from './rows';
export * from './spark';
export * from './sparkglass';
