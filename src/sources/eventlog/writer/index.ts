export * from './log-writer';
