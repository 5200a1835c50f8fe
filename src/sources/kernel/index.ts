export * from './frame-feed';
export * from './kernel-source';
export * from './port';
