import {
  applicationInfo,
  applicationList,
  listed,
  oneAttempt,
  type Attempts
} from './applications';
import { environmentInfo } from './environment';
import { executorList } from './executors';
import { Failure, notFound } from './failure';
import { jobList, oneJob } from './jobs';
import { writeJson, type Json } from './json';
import { processList } from './processes';
import { Query } from './query';
import type { IServed, IServedLog } from './served';
import {
  oneStageAttempt,
  oneTaskSummary,
  stageAttempts,
  stageList
} from './stages';
import { executionList, oneExecution } from './sql';
import { oneRdd, rddList } from './storage';
import { attemptAt, taskList } from './tasks';

/** What the History Server answers: JSON, or a status and why. */
export type Answer =
  | { readonly status: 200; readonly text: string }
  | { readonly status: number; readonly message: string };

/**
 * Answer a path of Spark's REST API about event logs, as the History Server answers.
 *
 * @param path - what follows `/api/v1/`, for example `applications/local-1/stages?status=complete`.
 * @param now - ms since 1970; applications that have not ended are as old as this.
 */
export function answer(
  logs: readonly IServedLog[],
  path: string,
  now: number
): Answer {
  try {
    return { status: 200, text: writeJson(resource(logs, path, now)) };
  } catch (error) {
    if (error instanceof Failure) {
      return { status: error.status, message: error.message };
    }
    throw error;
  }
}

function resource(
  logs: readonly IServedLog[],
  path: string,
  now: number
): Json {
  const [, before = '', after = ''] = /^([^?]*)\??(.*)$/s.exec(path)!;
  const steps = before
    .replace(/^\/?(api\/v1\/)?/, '')
    .replace(/\/$/, '')
    .split('/')
    .map(decoded);
  const query = new Query(after);
  const [first, id, ...rest] = steps;
  if (first === 'version' && id === undefined) {
    return { spark: versionOf(logs) };
  }
  if (first !== 'applications') {
    throw notFound();
  }
  if (id === undefined) {
    return applicationList(logs, query, now);
  }
  const attempts = listed(logs).find(
    ([newest]) => newest!.application.id === id
  );
  if (rest.length === 0) {
    if (!attempts) {
      throw notFound(`unknown app: ${id}`);
    }
    return applicationInfo(attempts);
  }
  const target = { attempts, id, attemptId: null, query, now };
  const answered = ofAttempt(target, rest);
  if (answered) {
    return answered();
  }
  const [attemptId, ...inner] = rest;
  if (inner.length === 0) {
    return oneAttempt(attempts, id, attemptId!);
  }
  const again = ofAttempt({ ...target, attemptId: attemptId! }, inner);
  if (!again) {
    throw notFound(`/api/v1/${before.replace(/^\/?(api\/v1\/)?/, '')}`);
  }
  return again();
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    throw new Failure(400, 'Bad Request');
  }
}

/** The version of the newest log: its History Server is the one that reads all others too. */
function versionOf(logs: readonly IServedLog[]): string {
  const versions = logs.map(log => log.application.sparkVersion);
  const newest = versions.sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true })
  );
  const version = newest[newest.length - 1];
  if (version === undefined) {
    throw notFound('no event log to tell the version of');
  }
  return version;
}

interface ITarget {
  readonly attempts: Attempts | undefined;
  readonly id: string;
  readonly attemptId: string | null;
  readonly query: Query;
  readonly now: number;
}

/** Paths of Spark that are about something else than what is answered here. */
const UNANSWERED = /^(logs|threads|streaming|connect)$/;

/** What answers the steps behind an application or an attempt, or null when no resource has that path. */
function ofAttempt(
  target: ITarget,
  steps: readonly string[]
): (() => Json) | null {
  const { query } = target;
  const [name, second, third] = steps;
  const whenServed = (read: (served: IServed) => Json) => (): Json =>
    read(servedBy(target));
  if (steps.length === 1) {
    switch (name) {
      case 'jobs':
        return whenServed(served => jobList(served, query));
      case 'executors':
      case 'allexecutors':
        return whenServed(served => executorList(served, name === 'executors'));
      case 'allmiscellaneousprocess':
        return whenServed(processList);
      case 'environment':
        return whenServed(environmentInfo);
      case 'sql':
        return whenServed(served => executionList(served, query));
      case 'stages':
        return () => stageList(() => servedBy(target), query);
    }
  }
  if (name === 'jobs' && steps.length === 2 && isNumber(second)) {
    return whenServed(served => oneJob(served, second!));
  }
  if (name === 'sql' && steps.length === 2) {
    return ofSql(target, second!);
  }
  if (name === 'storage' && second === 'rdd') {
    if (steps.length === 2) {
      return whenServed(rddList);
    }
    if (steps.length === 3 && isNumber(third)) {
      return whenServed(served => oneRdd(served, third!));
    }
  }
  if (name === 'stages') {
    return whenServed(served => ofStage(served, steps.slice(1), query));
  }
  if (name === 'executors' && third === 'threads' && steps.length === 3) {
    return () => threads(target, second!);
  }
  if (UNANSWERED.test(name ?? '')) {
    return () => unanswered(name!);
  }
  return null;
}

/** What follows `sql/`. */
function ofSql(target: ITarget, step: string): (() => Json) | null {
  if (step === 'sqlTable') {
    return () => unanswered(step);
  }
  return isNumber(step)
    ? () => oneExecution(servedBy(target), step, target.query)
    : null;
}

function unanswered(name: string): never {
  throw new Failure(501, `${name} is not answered from event logs here.`);
}

/** `executors/{id}/threads`: only of what lives. */
function threads(target: ITarget, executorId: string): never {
  if (executorId !== 'driver' && !/^\d*$/.test(executorId)) {
    throw new Failure(400, "Invalid executorId: neither 'driver' nor number.");
  }
  servedBy(target);
  throw new Failure(
    503,
    'Thread dumps not available through the history server.'
  );
}

/** What follows `stages/`. */
function ofStage(
  served: IServed,
  steps: readonly string[],
  query: Query
): Json {
  const [stageId, attemptId, what] = steps;
  if (!isNumber(stageId) || steps.length > 3) {
    throw notFound();
  }
  if (attemptId === undefined) {
    return stageAttempts(served, stageId!, query);
  }
  if (!isNumber(attemptId)) {
    throw notFound();
  }
  switch (what) {
    case undefined:
      return oneStageAttempt(served, stageId!, attemptId!, query);
    case 'taskSummary':
      return oneTaskSummary(served, stageId!, attemptId!, query);
    case 'taskList':
      return taskList(served, attemptAt(served, stageId!, attemptId!), query);
    case 'taskTable':
      return unanswered(what);
    default:
      throw notFound();
  }
}

function isNumber(step: string | undefined): boolean {
  return /^\d+$/.test(step ?? '');
}

/** The log of an attempt; without one in the path, the attempt that has no id. */
function servedBy(target: ITarget): IServed {
  const { attempts, id, attemptId, now } = target;
  const log = attempts?.find(
    other => other.application.attemptId === attemptId
  );
  if (!log) {
    throw notFound(
      `no such app: ${attemptId === null ? id : `${id}/${attemptId}`}`
    );
  }
  return { log, application: log.application, now };
}
