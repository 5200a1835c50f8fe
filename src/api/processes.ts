import { writeTime, type Json } from './json';
import type { IServed } from './served';

/** `allmiscellaneousprocess`, by id as text. */
export function processList(served: IServed): Json {
  return [...served.application.processes.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(process => ({
      id: process.id,
      hostPort: process.hostPort,
      isActive: true,
      totalCores: process.cores,
      addTime: writeTime(process.addTime),
      processLogs: Object.fromEntries(process.logs)
    }));
}
