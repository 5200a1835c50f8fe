import { REASONS, Reason } from './columns';
import { listOf } from './fields';
import type { IBlockManagerId, ITaskEndReason } from './spark';

/** `Int.MinValue`: the map index of a fetch failure that does not know it. */
const UNKNOWN_MAP_INDEX = -2147483648;

/** The number in the column `reason` for a `Task End Reason`. */
export function reasonCode(reason: ITaskEndReason | undefined): number {
  const code = (REASONS as readonly string[]).indexOf(reason?.Reason ?? '');
  return code > 0 ? code : Reason.other;
}

/**
 * The text that Spark shows for it: the kill reason, or `TaskFailedReason.toErrorString` of Spark 4.2.
 *
 * @returns null for a success.
 */
export function errorText(reason: ITaskEndReason): string | null {
  switch (reasonCode(reason)) {
    case Reason.success:
      return null;
    case Reason.resubmitted:
      return 'Resubmitted (resubmitted due to lost executor)';
    case Reason.fetchFailed:
      return fetchFailed(reason);
    case Reason.exceptionFailure:
      return exceptionFailure(reason);
    case Reason.taskResultLost:
      return 'TaskResultLost (result lost from block manager)';
    case Reason.taskKilled:
      return reason['Kill Reason'] ?? 'unknown reason';
    case Reason.taskCommitDenied:
      return `TaskCommitDenied (Driver denied task commit) for job: ${reason['Job ID'] ?? -1}, partition: ${reason['Partition ID'] ?? -1}, attemptNumber: ${reason['Attempt Number'] ?? -1}`;
    case Reason.executorLostFailure:
      return executorLost(reason);
    default:
      return reason.Reason ?? 'UnknownReason';
  }
}

function fetchFailed(reason: ITaskEndReason): string {
  const address = reason['Block Manager Address'];
  const mapIndex = reason['Map Index'] ?? UNKNOWN_MAP_INDEX;
  const from = address ? blockManager(address) : 'null';
  const map = mapIndex === UNKNOWN_MAP_INDEX ? 'Unknown' : mapIndex;
  return `FetchFailed(${from}, shuffleId=${reason['Shuffle ID'] ?? -1}, mapIndex=${map}, mapId=${reason['Map ID'] ?? -1}, reduceId=${reason['Reduce ID'] ?? -1}, message=\n${reason.Message ?? 'Unknown reason'}\n)`;
}

function blockManager(id: IBlockManagerId): string {
  return `BlockManagerId(${id['Executor ID'] ?? ''}, ${id.Host ?? ''}, ${id.Port ?? 0}, None)`;
}

function exceptionFailure(reason: ITaskEndReason): string {
  if (typeof reason['Full Stack Trace'] === 'string') {
    return reason['Full Stack Trace'];
  }
  const stack = listOf(reason['Stack Trace']).map(
    element =>
      `        ${element['Declaring Class'] ?? ''}.${element['Method Name'] ?? ''}(${element['File Name'] ?? 'Unknown Source'}:${element['Line Number'] ?? -1})`
  );
  return `${reason['Class Name'] ?? ''}: ${reason.Description ?? ''}\n${stack.join('\n')}`;
}

function executorLost(reason: ITaskEndReason): string {
  const cause =
    (reason['Exit Caused By App'] ?? true)
      ? 'caused by one of the running tasks'
      : 'unrelated to the running tasks';
  const why = reason['Loss Reason'];
  return `ExecutorLostFailure (executor ${reason['Executor ID'] ?? 'Unknown'} exited ${cause})${why === undefined ? '' : ` Reason: ${why}`}`;
}
