import { readInWorker } from './worker-client';
import type { ReadLog } from './reader';

/** `readLog` in a Web Worker; on the page where none can start. */
export const readLogInWorker: ReadLog = readInWorker(
  () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
);
