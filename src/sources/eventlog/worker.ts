import { WorkerEnd } from './worker-end';
import type { IPort } from './worker-messages';

new WorkerEnd(self as unknown as IPort);
