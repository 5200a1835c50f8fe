export * from './kernel-source';
export * from './port';
