/** What kind of trouble an error text tells of. */
export type FailureKind =
  | 'cancelled'
  /** Not an error: another copy of the task, or enough of the others, were done. */
  | 'superseded'
  /** Its stage was given up because of another task. */
  | 'stageFailed'
  | 'memory'
  | 'disk'
  | 'resultSize'
  | 'serialisation'
  | 'shuffleLost'
  | 'executorLost'
  | 'workerCrash'
  | 'missingFile'
  | 'python'
  | 'other';

/** Where in the user's Python code an error was raised. */
export interface IFailurePlace {
  readonly file: string;
  readonly isCell: boolean;
  readonly line: number;
  readonly code: string | null;
}

/** An error text, read. */
export interface IFailure {
  readonly kind: FailureKind;
  /** The line that says most, such as `ZeroDivisionError: division by zero`. */
  readonly headline: string;
  readonly place: IFailurePlace | null;
  /** How often Spark tried the task, when the text says so. */
  readonly tries: number | null;
}

// The first that matches counts: a cancelled or lost task may carry a Python
// traceback too.
const KINDS: readonly (readonly [FailureKind, RegExp])[] = [
  [
    'cancelled',
    /^(?:Stage cancelled: )?(?:\[SPARK_JOB_CANCELLED\] )?Job \d+ cancelled\b/
  ],
  [
    'superseded',
    /^(?:Stage cancelled: )?(?:Stage finished|another attempt succeeded)/
  ],
  ['stageFailed', /^Stage cancelled: /],
  [
    'memory',
    /OutOfMemoryError|\bMemoryError\b|exceeding (?:\w+ )?memory limits|UNABLE_TO_ACQUIRE_MEMORY/i
  ],
  ['disk', /No space left on device/i],
  ['resultSize', /maxResultSize/],
  [
    'serialisation',
    /NotSerializableException|PicklingError|cannot pickle|could not serialize/i
  ],
  [
    'shuffleLost',
    /FetchFailed|Missing an output location for shuffle|MetadataFetchFailed/
  ],
  [
    'executorLost',
    /ExecutorLostFailure|Executor heartbeat timed out|\bworker lost\b|Remote RPC client disassociated|Command exited with code/i
  ],
  ['workerCrash', /Python worker exited unexpectedly|PYTHON_WORKER_CRASHED/i],
  [
    'missingFile',
    /FileNotFoundE(?:rror|xception)|PATH_NOT_FOUND|Path does not exist|FAILED_READ_FILE/
  ],
  ['python', /Traceback \(most recent call last\)|PythonException/]
];

/** Read an error text of Spark's: a stage's failure reason or a task's error. */
export function readFailure(text: string): IFailure {
  const kind = KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
  const tries = /failed (\d+) times/.exec(text)?.[1];
  return {
    kind,
    headline: headlineOf(text),
    place: placeOf(text),
    tries: tries ? Number(tries) : null
  };
}

function headlineOf(text: string): string {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  const traceback = lines.findIndex(line => line.includes('Traceback (most'));
  if (traceback >= 0) {
    // Python says last what went wrong; Spark's own stack comes after it.
    const java = lines.findIndex(
      (l, i) => i > traceback && l.startsWith('at ')
    );
    const last = lines
      .slice(traceback, java < 0 ? undefined : java)
      .reverse()
      .find(line => /^[A-Za-z_][\w.]*(?:: |$)/.test(line) && !isState(line));
    if (last) {
      return trimmed(last);
    }
  }
  const lost = /^FetchFailed\(BlockManagerId\((\S+), (\S+), /.exec(text);
  return lost
    ? `FetchFailed: executor ${lost[1]} on ${lost[2]}`
    : trimmed(lines[0] ?? '');
}

function isState(line: string): boolean {
  return line.startsWith('SQLSTATE:');
}

/** Without the preambles that only repeat which task of which stage it was. */
function trimmed(line: string): string {
  return line
    .replace(/^Stage cancelled: /, '')
    .replace(/^Job aborted due to stage failure: /, '')
    .replace(/^Task .*? most recent failure: Lost task .*?\): /, '')
    .replace(/^\[[A-Z_.]+\] /, '')
    .replace(/\s*SQLSTATE: \w+$/, '');
}

/** The last frame of a traceback that is not in a library. */
function placeOf(text: string): IFailurePlace | null {
  const frame = /^\s*File "([^"]+)", line (\d+), in .*\n(?:[ \t]+(\S.*))?/gm;
  let place: IFailurePlace | null = null;
  for (const [, path = '', line, code] of text.matchAll(frame)) {
    if (
      !/[\\/](?:site-packages|dist-packages|pyspark|lib[\\/]python)/.test(path)
    ) {
      place = {
        file: path.replace(/^.*[\\/]/, ''),
        isCell: /ipykernel_|^<(?:ipython-input|stdin)/.test(path),
        line: Number(line),
        code: code && !/^File "|^[\^~\s]+$/.test(code) ? code : null
      };
    }
  }
  return place;
}
