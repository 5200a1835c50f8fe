import { Reason, type ITaskEndReason } from '../../../events';

const FETCH_FAILED =
  /^FetchFailed\((?:null|BlockManagerId\((.*?), (.*?), (\d+), .*?\)), shuffleId=(-?\d+), mapIndex=(-?\d+|Unknown), mapId=(-?\d+), reduceId=(-?\d+), message=\n([\s\S]*)$/;
const EXECUTOR_LOST =
  /^ExecutorLostFailure \(executor (.*?) exited (caused by one of|unrelated to) the running tasks\)(?: Reason: ([\s\S]*))?$/;
const COMMIT_DENIED =
  /^TaskCommitDenied \(Driver denied task commit\) for job: (-?\d+), partition: (-?\d+), attemptNumber: (-?\d+)$/;

/** `Int.MinValue`, as Spark writes a map index that it does not know. */
const UNKNOWN_MAP_INDEX = -2147483648;

/**
 * A `Task End Reason` as Spark's event log has it, so that Spark makes the same text of it (`TaskFailedReason.toErrorString`).
 *
 * A row keeps that text only (2,000 characters of it), so it is taken apart again. The status store, from which the past of a session is
 * read, calls every failure an exception: there the text says more than the code.
 *
 * @param code - a value of `Reason`.
 * @param text - the row's error; empty when there is none.
 * @returns `UnknownReason`, as Spark has it too, where the text does not say what the code says.
 */
export function taskEndReason(code: number, text: string): ITaskEndReason {
  switch (code) {
    case Reason.success:
      return { Reason: 'Success' };
    case Reason.resubmitted:
      return { Reason: 'Resubmitted' };
    case Reason.taskResultLost:
      return { Reason: 'TaskResultLost' };
    case Reason.taskKilled:
      return { Reason: 'TaskKilled', 'Kill Reason': text };
    case Reason.fetchFailed:
    case Reason.executorLostFailure:
    case Reason.taskCommitDenied:
      return ofText(text) ?? { Reason: 'UnknownReason' };
    case Reason.exceptionFailure:
      return ofText(text) ?? exception(text);
    default:
      return { Reason: 'UnknownReason' };
  }
}

function ofText(text: string): ITaskEndReason | null {
  if (text.startsWith('TaskResultLost (')) {
    return { Reason: 'TaskResultLost' };
  }
  const lost = EXECUTOR_LOST.exec(text);
  if (lost) {
    return {
      Reason: 'ExecutorLostFailure',
      'Executor ID': lost[1],
      'Exit Caused By App': lost[2] === 'caused by one of',
      ...(lost[3] !== undefined && { 'Loss Reason': lost[3] })
    };
  }
  const denied = COMMIT_DENIED.exec(text);
  if (denied) {
    return {
      Reason: 'TaskCommitDenied',
      'Job ID': Number(denied[1]),
      'Partition ID': Number(denied[2]),
      'Attempt Number': Number(denied[3])
    };
  }
  const fetch = FETCH_FAILED.exec(text);
  return fetch && fetchFailed(fetch);
}

function fetchFailed(match: RegExpExecArray): ITaskEndReason {
  const [, executor, host, port, shuffle, mapIndex, map, reduce, message] =
    match;
  return {
    Reason: 'FetchFailed',
    ...(executor !== undefined && {
      'Block Manager Address': {
        'Executor ID': executor,
        Host: host,
        Port: Number(port)
      }
    }),
    'Shuffle ID': Number(shuffle),
    'Map ID': Number(map),
    'Map Index': mapIndex === 'Unknown' ? UNKNOWN_MAP_INDEX : Number(mapIndex),
    'Reduce ID': Number(reduce),
    // A text that was cut has lost its end.
    Message: message!.replace(/\n\)$/, '')
  };
}

/** The text is the whole stack trace; it begins with what `Throwable.toString` says. */
function exception(text: string): ITaskEndReason {
  const head = text.split('\n\tat ', 1)[0]!.trimEnd();
  const colon = head.indexOf(': ');
  return {
    Reason: 'ExceptionFailure',
    'Class Name': colon < 0 ? head : head.slice(0, colon),
    Description: colon < 0 ? '' : head.slice(colon + 2),
    // Spark shows the full text where there is one.
    'Stack Trace': [],
    'Full Stack Trace': text
  };
}
