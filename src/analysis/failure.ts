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

const TRACEBACK = 'Traceback (most recent call last):';

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

/**
 * The same failure in at most so many characters: for a Python error its first line, the place and the exception, which is what
 * {@link readFailure} reads; of any other text the beginning.
 */
export function shortFailure(text: string, most: number): string {
  if (text.length <= most) {
    return text;
  }
  const last = exceptionOf(text);
  if (last === null) {
    return text.slice(0, most);
  }
  const head = (text.split('\n')[0] ?? '').slice(0, Math.floor(most / 3));
  const ways = [
    [head, TRACEBACK, placesOf(text).pop()?.text, last],
    [head, TRACEBACK, last],
    [last]
  ];
  const fits = ways
    .map(parts => parts.filter(part => part !== undefined).join('\n'))
    .find(short => short.length <= most);
  return fits ?? last.slice(0, most);
}

function headlineOf(text: string): string {
  const last = exceptionOf(text);
  if (last !== null) {
    return trimmed(last);
  }
  const lost = /^FetchFailed\(BlockManagerId\((\S+), (\S+), /.exec(text);
  return lost
    ? `FetchFailed: executor ${lost[1]} on ${lost[2]}`
    : trimmed(linesOf(text)[0] ?? '');
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
}

/** The line of a Python traceback that names the exception; null where there is none. */
function exceptionOf(text: string): string | null {
  const lines = linesOf(text);
  const traceback = lines.findIndex(line => line.includes('Traceback (most'));
  if (traceback < 0) {
    return null;
  }
  // Python says last what went wrong; Spark's own stack comes after it.
  const java = lines.findIndex((l, i) => i > traceback && l.startsWith('at '));
  return (
    lines
      .slice(traceback, java < 0 ? undefined : java)
      .reverse()
      .find(line => /^[A-Za-z_][\w.]*(?:: |$)/.test(line) && !isState(line)) ??
    null
  );
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
  return placesOf(text).pop()?.place ?? null;
}

/** The frames of a traceback that are in no library, outermost first, each with its own text. */
function placesOf(text: string): { place: IFailurePlace; text: string }[] {
  const frame = /^\s*File "([^"]+)", line (\d+), in .*\n(?:[ \t]+(\S.*))?/gm;
  return [...text.matchAll(frame)]
    .filter(
      ([, path = '']) =>
        !/[\\/](?:site-packages|dist-packages|pyspark|lib[\\/]python)/.test(
          path
        )
    )
    .map(([whole, path = '', line, code]) => ({
      place: {
        file: path.replace(/^.*[\\/]/, ''),
        isCell: /ipykernel_|^<(?:ipython-input|stdin)/.test(path),
        line: Number(line),
        code: code && !/^File "|^[\^~\s]+$/.test(code) ? code : null
      },
      text: whole
    }));
}
