import { LOCALITIES } from '../events';
import { TaskState, type Application } from '../model';
import {
  isSpeculative,
  numberReader,
  STATE_NAMES,
  stageName,
  textReader,
  type TaskColumn
} from './task-columns';
import type { Operator, TaskTerm } from './task-query';

/** Says whether a row passes. */
type Test = (row: number) => boolean;

/** The columns that a word without a column is looked for in. */
const WORDS = ['state', 'executor', 'host', 'locality', 'error'] as const;

/** What the views call things, so that the words on screen can be searched for. */
export interface IFilterWords {
  /** Words for the states, by `TaskState`. */
  readonly states: readonly string[];
  /** How a stage is called, by its place in `stageList`. */
  readonly stage: (ordinal: number) => string;
}

/**
 * The rows that meet all terms, in their order.
 *
 * @param now - driver time in ms since 1970, for tasks that run.
 * @returns the same array when there is no term.
 */
export function filterRows(
  application: Application,
  rows: Int32Array,
  terms: readonly TaskTerm[],
  words: IFilterWords,
  now: number
): Int32Array {
  let left = rows;
  for (const term of terms) {
    const test = testOf(application, term, words, now);
    const passed = new Int32Array(left.length);
    let count = 0;
    for (let i = 0; i < left.length; i++) {
      const row = left[i]!;
      if (test(row) !== term.isNot) {
        passed[count++] = row;
      }
    }
    left = passed.subarray(0, count);
  }
  return left;
}

function testOf(
  application: Application,
  term: TaskTerm,
  words: IFilterWords,
  now: number
): Test {
  switch (term.kind) {
    case 'number': {
      const read = numberReader(application, term.column, now);
      return compare(read, term.operator, term.value);
    }
    case 'text':
      return textTest(application, term.column, term.text, term.isWhole, words);
    case 'any': {
      const tests = WORDS.map(column =>
        textTest(application, column, term.text, false, words)
      );
      tests.push(stageTitleTest(application, term.text, words));
      const id = /^\d+$/.test(term.text) ? Number(term.text) : -1;
      const { taskId } = application.tasks;
      return row => taskId[row] === id || tests.some(test => test(row));
    }
  }
}

function compare(
  read: (row: number) => number,
  operator: Operator,
  value: number
): Test {
  switch (operator) {
    case '<':
      return row => read(row) < value;
    case '<=':
      return row => read(row) <= value;
    case '>':
      return row => read(row) > value;
    case '>=':
      return row => read(row) >= value;
    case '=':
      return row => read(row) === value;
    case '!=':
      return row => read(row) !== value;
  }
}

/**
 * Words repeat: each is looked at once, and a row costs one look into a table.
 */
function textTest(
  application: Application,
  column: TaskColumn,
  text: string,
  isWhole: boolean,
  words: IFilterWords
): Test {
  const { tasks, stageList, strings } = application;
  const wanted = text.toLowerCase();
  const matches = (word: string): boolean =>
    isWhole
      ? word.toLowerCase() === wanted
      : word.toLowerCase().includes(wanted);
  switch (column) {
    case 'stage': {
      const passes = stageList.map(
        stage => stageName(stage) === wanted || String(stage.id) === wanted
      );
      return row => passes[tasks.stage[row]!] ?? false;
    }
    case 'state': {
      const passes = STATE_NAMES.map(
        (name, state) => matches(name) || matches(words.states[state] ?? '')
      );
      const copies = wanted !== '' && 'speculative'.startsWith(wanted);
      return row =>
        passes[tasks.state[row]!]! ||
        (copies && isSpeculative(application, row));
    }
    case 'executor':
    case 'host': {
      const passes = strings.map(matches);
      const values = tasks[column];
      return row => passes[values[row]!] ?? false;
    }
    case 'locality': {
      const passes = LOCALITIES.map(matches);
      return row => passes[tasks.locality[row]!] ?? false;
    }
    default: {
      // Most tasks have no error: those need no look.
      const passes = strings.map(matches);
      const read = textReader(application, 'error');
      return row => {
        const error = tasks.error[row]!;
        return error > 0
          ? (passes[error - 1] ?? false)
          : tasks.state[row] === TaskState.failed && matches(read(row));
      };
    }
  }
}

function stageTitleTest(
  application: Application,
  text: string,
  words: IFilterWords
): Test {
  const wanted = text.toLowerCase();
  const passes = application.stageList.map(
    (stage, ordinal) =>
      stageName(stage) === wanted ||
      words.stage(ordinal).toLowerCase().includes(wanted)
  );
  const { tasks } = application;
  return row => passes[tasks.stage[row]!] ?? false;
}
