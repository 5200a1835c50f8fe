import {
  Column,
  COLUMN_COUNT,
  COLUMNS,
  type ISparkEvent,
  type ITaskRows
} from '../events';
import {
  TaskFlag,
  TaskState,
  type Application,
  type StageAttempt,
  type TaskTable
} from '../model';
import { shortFailure } from './failure';

/** Rows to keep, ascending: failed and killed ones, the longest, and an even sample of the others. */
export function chooseRows(
  tasks: TaskTable,
  rows: Int32Array,
  most: number
): Int32Array {
  if (rows.length <= most) {
    return rows;
  }
  // A task that was run again because its output was lost must not count twice: once as the row that is kept, once in a sum.
  const once = rows.filter(
    row => (tasks.flags[row]! & TaskFlag.resubmitted) === 0
  );
  const chosen = new Set<number>();
  const failed = once.filter(row => tasks.state[row]! >= TaskState.failed);
  for (const row of failed.subarray(0, Math.floor(most / 4))) {
    chosen.add(row);
  }
  const byDuration = Int32Array.from(once).sort(
    (a, b) => tasks.durationMs[b]! - tasks.durationMs[a]!
  );
  for (const row of byDuration.subarray(0, Math.floor(most / 4))) {
    chosen.add(row);
  }
  const room = once.length > 0 ? most - chosen.size : 0;
  for (let i = 0; i < room; i++) {
    chosen.add(once[Math.floor((i * once.length) / room)]!);
  }
  return Int32Array.from(chosen).sort();
}

/** The strings that the kept rows use, numbered anew. */
export class StringTable {
  readonly values: string[] = [];

  constructor(
    private readonly all: readonly string[],
    private readonly longest: number
  ) {}

  index(old: number): number {
    let index = this.known.get(old);
    if (index === undefined) {
      index = this.values.length;
      this.known.set(old, index);
      this.values.push(shortFailure(this.all[old] ?? '', this.longest));
    }
    return index;
  }

  private readonly known = new Map<number, number>();
}

/** The kept rows as the protocol has them; `after` is left to the caller. */
export function recordRows(
  application: Application,
  kept: Int32Array,
  strings: StringTable
): ITaskRows {
  const tasks = application.tasks;
  // A task whose output was lost ended twice: as a success, and later as resubmitted.
  const lost = kept.filter(
    row => (tasks.flags[row]! & TaskFlag.resubmitted) !== 0
  );
  const n = kept.length + lost.length;
  const columns: (Float64Array | null)[] = Array.from(
    { length: COLUMN_COUNT },
    () => null
  );
  const fill = (column: number, value: (row: number) => number): void => {
    const values = new Float64Array(n);
    let some = false;
    for (let i = 0; i < n; i++) {
      const v = value(i < kept.length ? kept[i]! : lost[i - kept.length]!);
      values[i] = v;
      some ||= v !== 0;
    }
    columns[column] = some ? values : null;
  };
  columns[Column.after] = new Float64Array(n);
  const stage = (row: number): StageAttempt | undefined =>
    application.stageList[tasks.stage[row]!];
  fill(Column.kind, row => (tasks.state[row] === TaskState.running ? 0 : 1));
  fill(Column.stageId, row => stage(row)?.id ?? 0);
  fill(Column.stageAttemptId, row => stage(row)?.attempt ?? 0);
  fill(Column.index, row => tasks.index[row]!);
  fill(Column.partitionId, row => tasks.partitionId[row]!);
  fill(Column.launchTime, row => tasks.launchTime[row]!);
  fill(Column.executor, row => strings.index(tasks.executor[row]!));
  fill(Column.host, row => strings.index(tasks.host[row]!));
  fill(Column.locality, row => tasks.locality[row]!);
  // The protocol knows the low four bits; the others are the model's own.
  fill(Column.flags, row => tasks.flags[row]! & 15);
  fill(Column.reason, row => tasks.reason[row]!);
  fill(Column.error, row =>
    tasks.error[row]! > 0 ? strings.index(tasks.error[row]! - 1) + 1 : 0
  );
  for (const column of [Column.taskId, Column.attempt, ...METRIC_COLUMNS]) {
    const values = tasks.column(column).values;
    fill(column, row => values[row]!);
  }
  if (lost.length > 0) {
    columns[Column.reason]!.fill(RESUBMITTED, kept.length);
  }
  return { length: n, columns };
}

/** Index into `REASONS`. */
const RESUBMITTED = 2;

/** Everything from the duration on. */
const METRIC_COLUMNS = Array.from(
  { length: COLUMN_COUNT - Column.durationMs },
  (_, i) => Column.durationMs + i
);

/** A task that ended twice counts as what it ended as last, so that the tasks add up. */
function countedAs(state: number, flags: number): string {
  if (state === TaskState.running) {
    return 'Started';
  }
  if (state === TaskState.failed || (flags & TaskFlag.resubmitted) !== 0) {
    return 'Failed';
  }
  return state === TaskState.succeeded ? 'Succeeded' : 'Killed';
}

/** What the rows that are not kept add up to, one event a stage attempt. */
export function droppedSums(
  application: Application,
  rows: Int32Array,
  kept: Int32Array
): ISparkEvent[] {
  const tasks = application.tasks;
  const stages = new Map<number, Record<string, number>>();
  const sums = new Map<number, Float64Array>();
  let next = 0;
  for (const row of rows) {
    if (row === kept[next]) {
      next++;
      continue;
    }
    const ordinal = tasks.stage[row]!;
    let counts = stages.get(ordinal);
    if (!counts) {
      counts = { Started: 0, Succeeded: 0, Failed: 0, Killed: 0, Rows: 0 };
      stages.set(ordinal, counts);
      sums.set(ordinal, new Float64Array(COLUMN_COUNT));
    }
    counts.Rows!++;
    const state = tasks.state[row]!;
    const flags = tasks.flags[row]!;
    const name = countedAs(state, flags);
    counts[name]!++;
    if (name !== 'Started') {
      // Every one of them started.
      counts.Started!++;
    }
    const launch = tasks.launchTime[row]!;
    counts['First Launch Time'] = Math.min(
      counts['First Launch Time'] ?? Infinity,
      launch
    );
    counts['Last Finish Time'] = Math.max(
      counts['Last Finish Time'] ?? 0,
      launch + tasks.durationMs[row]!
    );
    if ((flags & TaskFlag.metrics) !== 0 || state !== TaskState.running) {
      const total = sums.get(ordinal)!;
      for (const column of METRIC_COLUMNS) {
        total[column]! += tasks.column(column).values[row]!;
      }
    }
  }
  return [...stages].map(([ordinal, counts]) => {
    const stage = application.stageList[ordinal];
    const total = sums.get(ordinal)!;
    const named: Record<string, number> = {};
    for (const column of METRIC_COLUMNS) {
      if (total[column] !== 0) {
        named[COLUMNS[column]!.name] = total[column]!;
      }
    }
    return {
      Event: 'SparkglassTasksDropped',
      'Stage ID': stage?.id ?? 0,
      'Stage Attempt ID': stage?.attempt ?? 0,
      ...counts,
      Sums: named
    } as ISparkEvent;
  });
}
