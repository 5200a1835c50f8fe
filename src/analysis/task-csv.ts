import type { Application } from '../model';
import {
  isText,
  numberReader,
  TASK_COLUMNS,
  textReader,
  type TaskColumn
} from './task-columns';

/** Rows that are put together before they join the text: strings are built in pieces that stay small. */
const PIECE = 4096;

/** No JavaScript engine holds a longer string than about this (V8: 2^29 − 24). */
const LONGEST = 2 ** 28;

/**
 * Rows as CSV (RFC 4180): a line of column names, which carry their units, and a line a task; launch times are ISO 8601, numbers bare.
 *
 * @returns the text in pieces, to be joined by nothing: a file may be longer than a string can be.
 */
export function* csvPieces(
  application: Application,
  rows: Int32Array,
  columns: readonly TaskColumn[],
  now: number
): Generator<string> {
  const readers = columns.map(column => cellReader(application, column, now));
  yield `${columns.join(',')}\r\n`;
  for (let from = 0; from < rows.length; from += PIECE) {
    const lines: string[] = [];
    for (let i = from; i < Math.min(from + PIECE, rows.length); i++) {
      const row = rows[i]!;
      lines.push(readers.map(read => read(row)).join(','));
    }
    yield `${lines.join('\r\n')}\r\n`;
  }
}

/**
 * Rows as CSV in one string, for the clipboard.
 *
 * @returns null when it would be longer than a string can be.
 */
export function tasksAsCsv(
  application: Application,
  rows: Int32Array,
  columns: readonly TaskColumn[],
  now: number
): string | null {
  const pieces: string[] = [];
  let length = 0;
  for (const piece of csvPieces(application, rows, columns, now)) {
    length += piece.length;
    if (length > LONGEST) {
      return null;
    }
    pieces.push(piece);
  }
  return pieces.join('');
}

function cellReader(
  application: Application,
  column: TaskColumn,
  now: number
): (row: number) => string {
  if (isText(column)) {
    const read = textReader(application, column);
    return row => quoted(read(row));
  }
  const read = numberReader(application, column, now);
  return TASK_COLUMNS[column] === 'time'
    ? row => isoTime(read(row))
    : row => String(read(row));
}

function isoTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** In quotes where a comma, a quote or a line break would be misread. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
