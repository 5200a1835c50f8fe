/**
 * What `ISink.problem` gets from a log, and what its detail says. The detail begins with the name of the file where it matters.
 *
 * - `unreadable`: `<file>: <error>`; the file could not be read (further).
 * - `missingFile`: `<log>: events_<n>`; a file of a rolling log is not there, what others hold is shown.
 * - `wrongCodec`: `<file>: <codec of its name>, <codec of its bytes>`; it was read as what its bytes are.
 * - `corrupt`: `<file>: <cause>`; it cannot be unpacked after some place, what came before is shown.
 * - `cut`: `<file>: <cause>`, with `line <n>` before the cause of a line; it ends too early although nobody writes to it any more.
 * - `badLine`: `<file>: line <n>: <cause>`; only the first few of a log, the model counts them all.
 * - `longLine`: `<file>: line <n>: <bytes>`; it is longer than the bound and was left out.
 * - `empty`: `<log>`; there is nothing in it.
 */
export type LogProblem =
  | 'unreadable'
  | 'missingFile'
  | 'wrongCodec'
  | 'corrupt'
  | 'cut'
  | 'badLine'
  | 'longLine'
  | 'empty';

/** The words of an error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
