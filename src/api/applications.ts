import { notFound } from './failure';
import { writeTime, type Json } from './json';
import type { Query } from './query';
import { isSince, type IServedLog } from './served';

/** The attempts at one application, newest first. */
export type Attempts = readonly IServedLog[];

/** Attempts by application, the one that ended last first; one that has not ended comes last. */
export function listed(logs: readonly IServedLog[]): Attempts[] {
  const byId = new Map<string, IServedLog[]>();
  for (const log of logs) {
    const { id } = log.application;
    byId.set(id, [...(byId.get(id) ?? []), log]);
  }
  const applications = [...byId.values()].map(attempts =>
    attempts.sort((a, b) => startOf(b) - startOf(a))
  );
  return applications.sort(([a], [b]) => {
    const later = endOf(b!) - endOf(a!);
    return later || (b!.application.id < a!.application.id ? -1 : 1);
  });
}

/** `applications` */
export function applicationList(
  logs: readonly IServedLog[],
  query: Query,
  now: number
): Json {
  const statuses = query.names('status', ['COMPLETED', 'RUNNING']);
  const started = [
    query.time('minDate', '2010-01-01'),
    query.time('maxDate', '3000-01-01')
  ] as const;
  const ended = [
    query.time('minEndDate', '2010-01-01'),
    query.time('maxEndDate', '3000-01-01')
  ] as const;
  const limit = query.int('limit', Infinity);
  const found = listed(logs).filter(attempts => {
    const running = !isCompleted(attempts[0]!);
    const status = running ? 'RUNNING' : 'COMPLETED';
    return (
      (statuses.length === 0 || statuses.includes(status)) &&
      attempts.some(
        attempt =>
          within(startOf(attempt), started) &&
          (running ? ended[1] > now : within(endOf(attempt), ended))
      )
    );
  });
  return found.slice(0, Math.max(0, limit)).map(applicationInfo);
}

function within(
  time: number,
  [least, most]: readonly [number, number]
): boolean {
  return time >= least && time <= most;
}

/** `ApplicationInfo` */
export function applicationInfo(attempts: Attempts): Json {
  const { id, name } = attempts[0]!.application;
  return { id, name, attempts: attempts.map(attemptInfo) };
}

/**
 * `applications/{id}/{attempt}`
 *
 * @throws Failure 404
 */
export function oneAttempt(
  attempts: Attempts | undefined,
  id: string,
  attemptId: string
): Json {
  const found = attempts?.find(log => log.application.attemptId === attemptId);
  if (!found) {
    throw notFound(`unknown app ${id}, attempt ${attemptId}`);
  }
  return attemptInfo(found);
}

function isCompleted(log: IServedLog): boolean {
  return log.application.endTime !== null;
}

function startOf(log: IServedLog): number {
  return log.application.startTime ?? -1;
}

function endOf(log: IServedLog): number {
  return log.application.endTime ?? -1;
}

/** `ApplicationAttemptInfo` */
function attemptInfo(log: IServedLog): Json {
  const app = log.application;
  const start = startOf(log);
  const end = endOf(log);
  const named = isSince(app, 4, 2);
  return {
    attemptId: app.attemptId,
    startTime: writeTime(start),
    endTime: writeTime(end),
    lastUpdated: writeTime(log.modifiedTime),
    duration: isCompleted(log) ? end - start : 0,
    sparkUser: app.user,
    completed: isCompleted(log),
    appSparkVersion: app.sparkVersion,
    exitCode: isSince(app, 4, 3) ? app.exitCode : undefined,
    logSourceName: named ? log.folder : undefined,
    logSourceFullPath: named ? log.folder : undefined,
    startTimeEpoch: start,
    endTimeEpoch: end,
    lastUpdatedEpoch: log.modifiedTime
  };
}
