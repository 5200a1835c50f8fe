import { TASK_COLUMNS, type TaskColumn } from './task-columns';

/** How a figure is compared. */
export type Operator = '<' | '<=' | '>' | '>=' | '=' | '!=';

/** A condition; all of a query's must hold. */
export type TaskTerm =
  /** The text occurs in any column of words. */
  | { readonly kind: 'any'; readonly text: string; readonly isNot: boolean }
  | {
      readonly kind: 'text';
      readonly column: TaskColumn;
      readonly text: string;
      /** The whole of it, not a part. */
      readonly isWhole: boolean;
      readonly isNot: boolean;
    }
  | {
      readonly kind: 'number';
      readonly column: TaskColumn;
      readonly operator: Operator;
      /** In the column's unit. */
      readonly value: number;
      readonly isNot: boolean;
    };

/** Why a query can't be read; the views put it into words. */
export type QueryError =
  | {
      readonly kind: 'noColumn';
      readonly name: string;
      readonly near: string | null;
    }
  | { readonly kind: 'noValue'; readonly name: string }
  | { readonly kind: 'noNumber'; readonly name: string; readonly text: string }
  | {
      readonly kind: 'noUnit';
      readonly name: string;
      readonly unit: string;
      readonly units: readonly string[];
    }
  | { readonly kind: 'noOrder'; readonly name: string }
  | { readonly kind: 'openQuote' };

/** A query, read. */
export type TaskQuery =
  | { readonly terms: readonly TaskTerm[]; readonly error: null }
  | { readonly terms: null; readonly error: QueryError };

/** Names that a query may call a column by. */
export const QUERY_NAMES: ReadonlyMap<string, TaskColumn> = new Map<
  string,
  TaskColumn
>([
  ['id', 'taskId'],
  ['task', 'taskId'],
  ['stage', 'stage'],
  ['index', 'index'],
  ['attempt', 'attempt'],
  ['state', 'state'],
  ['status', 'state'],
  ['executor', 'executor'],
  ['host', 'host'],
  ['locality', 'locality'],
  ['duration', 'durationMs'],
  ['delay', 'schedulerDelayMs'],
  ['deserialise', 'deserializeTimeMs'],
  ['deserialize', 'deserializeTimeMs'],
  ['run', 'runTimeMs'],
  ['gc', 'gcTimeMs'],
  ['serialise', 'resultSerializationTimeMs'],
  ['serialize', 'resultSerializationTimeMs'],
  ['getting', 'gettingResultMs'],
  ['input', 'inputBytes'],
  ['inputrows', 'inputRecords'],
  ['output', 'outputBytes'],
  ['outputrows', 'outputRecords'],
  ['read', 'shuffleReadBytes'],
  ['readrows', 'shuffleRecordsRead'],
  ['wait', 'shuffleFetchWaitTimeMs'],
  ['write', 'shuffleBytesWritten'],
  ['writerows', 'shuffleRecordsWritten'],
  ['writetime', 'shuffleWriteTimeNs'],
  ['spill', 'diskBytesSpilled'],
  ['memoryspill', 'memoryBytesSpilled'],
  ['memory', 'peakExecutionMemoryBytes'],
  ['error', 'error']
]);

const MS = new Map([
  ['ms', 1],
  ['s', 1000],
  ['min', 60000],
  ['m', 60000],
  ['h', 3600000]
]);
// Spark counts in powers of 1024, whichever way the unit is spelt.
const BYTES = new Map(
  ['b', 'k', 'm', 'g', 't'].flatMap((letter, power) => {
    const value = 1024 ** power;
    return power === 0
      ? [['b', value] as const]
      : [letter, `${letter}b`, `${letter}ib`].map(u => [u, value] as const);
  })
);
const COUNTS = new Map([
  ['k', 1e3],
  ['m', 1e6],
  ['g', 1e9]
]);

const TOKEN =
  /\s*(-)?(?:([A-Za-z]+)\s*(<=|>=|!=|<|>|=|:(?!:))\s*)?("[^"]*"?|(?:[\d.]+\s*[A-Za-z]+|\S+)?)/y;

/**
 * Read a filter: words to find, `column:text`, `column > 100ms`; all of them
 * must hold, `-` in front turns one round, `"…"` keeps spaces together.
 */
export function readQuery(text: string): TaskQuery {
  const terms: TaskTerm[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const match = TOKEN.exec(text)!;
    const [, minus, name, operator, raw = ''] = match;
    const value = isAmount(name, raw) ? raw : firstWord(raw);
    TOKEN.lastIndex -= raw.length - value.length;
    if (value.startsWith('"') && (value.length < 2 || !value.endsWith('"'))) {
      return { terms: null, error: { kind: 'openQuote' } };
    }
    const read =
      name === undefined
        ? anyTerm(value, minus !== undefined)
        : columnTerm(name, operator!, value, minus !== undefined);
    if (read && 'error' in read) {
      return { terms: null, error: read.error };
    }
    if (read) {
      terms.push(read);
    }
  }
  return { terms, error: null };
}

/** Whether a number and the word behind it belong together: `> 100 ms`. */
function isAmount(name: string | undefined, raw: string): boolean {
  const column = QUERY_NAMES.get(name?.toLowerCase() ?? '');
  const unit = /\s([A-Za-z]+)$/.exec(raw)?.[1]?.toLowerCase();
  return (
    column !== undefined &&
    unit !== undefined &&
    TASK_COLUMNS[column] !== 'text' &&
    (MS.has(unit) || BYTES.has(unit))
  );
}

function firstWord(raw: string): string {
  return raw.startsWith('"') ? raw : raw.split(/\s/)[0]!;
}

function anyTerm(value: string, isNot: boolean): TaskTerm | null {
  const text = unquoted(value);
  return text === '' ? null : { kind: 'any', text, isNot };
}

function unquoted(value: string): string {
  return (value.startsWith('"') ? value.slice(1, -1) : value).trim();
}

function columnTerm(
  name: string,
  operator: string,
  value: string,
  isNot: boolean
): TaskTerm | { error: QueryError } {
  const column = QUERY_NAMES.get(name.toLowerCase());
  if (!column) {
    return { error: { kind: 'noColumn', name, near: nearestName(name) } };
  }
  const text = unquoted(value);
  if (text === '') {
    return { error: { kind: 'noValue', name } };
  }
  if (TASK_COLUMNS[column] === 'text') {
    if (!/^(?:=|!=|:)$/.test(operator)) {
      return { error: { kind: 'noOrder', name } };
    }
    return {
      kind: 'text',
      column,
      text,
      isWhole: operator !== ':',
      isNot: isNot !== (operator === '!=')
    };
  }
  const number = readNumber(name, column, text);
  return typeof number === 'number'
    ? {
        kind: 'number',
        column,
        operator: (operator === ':' ? '=' : operator) as Operator,
        value: number,
        isNot
      }
    : { error: number };
}

function readNumber(
  name: string,
  column: TaskColumn,
  text: string
): number | QueryError {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*([A-Za-z]*)$/.exec(text);
  if (!match) {
    return { kind: 'noNumber', name, text };
  }
  const [, digits, unit = ''] = match;
  const kind = TASK_COLUMNS[column];
  const isTime = kind === 'ms' || kind === 'ns';
  const units = isTime ? MS : kind === 'bytes' ? BYTES : COUNTS;
  const times = unit === '' ? 1 : units.get(unit.toLowerCase());
  if (times === undefined || (unit !== '' && kind === 'id')) {
    const known = isTime
      ? ['ms', 's', 'min', 'h']
      : kind === 'bytes'
        ? ['B', 'KiB', 'MiB', 'GiB']
        : [];
    return { kind: 'noUnit', name, unit, units: known };
  }
  return Number(digits) * times * (kind === 'ns' ? 1e6 : 1);
}

/** The known name that is most like a mistyped one; null when none is close. */
function nearestName(name: string): string | null {
  const wanted = name.toLowerCase();
  let nearest: string | null = null;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const known of QUERY_NAMES.keys()) {
    const distance = known.startsWith(wanted) ? 1 : edits(wanted, known);
    if (distance < least) {
      least = distance;
      nearest = known;
    }
  }
  return nearest;
}

/** How many letters must change, come or go (Levenshtein). */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same));
    }
    row = next;
  }
  return row[b.length]!;
}
